package org.plastic4j.spark.task;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Writes a run's directory as a run does: row by row, with a checkpoint after every third row, which it can resume. */
public final class ScriptedRun {
    private static final int EVERY = 3;

    private final Path run;
    private int row;

    ScriptedRun(Path run) {
        this.run = run;
    }

    /** begin or resume, the run's directory, how many rows, milliseconds a row, and the exit code. */
    public static void main(String[] arguments) throws Exception {
        Thread parent = new Thread(() -> {
            try {
                while (System.in.read() >= 0) {
                    // As runs do, it ends with its standard input.
                }
            } catch (IOException e) {
                // Which is gone.
            }
            Runtime.getRuntime().halt(1);
        });
        parent.setDaemon(true);
        parent.start();
        ScriptedRun run = new ScriptedRun(Path.of(arguments[1]));
        if (arguments[0].equals("begin")) {
            run.begin();
        } else {
            run.resume();
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            synchronized (run) {
                run.checkpoint();
                Runtime.getRuntime().halt(130);
            }
        }));
        int rows = Integer.parseInt(arguments[2]);
        while (run.row < rows) {
            Thread.sleep(Long.parseLong(arguments[3]));
            run.next();
        }
        synchronized (run) {
            run.checkpoint();
            run.record("\"outcome\": \"max-lifetimes\", ");
            System.out.println("all said");
            Runtime.getRuntime().halt(Integer.parseInt(arguments[4]));
        }
    }

    void begin() throws IOException {
        Files.createDirectories(run);
        Files.writeString(run.resolve("config.yaml"), "seed: 1\n");
        record("");
        Files.writeString(run.resolve("metrics.csv"), "lifetimes\n");
    }

    void resume() throws IOException {
        row = rowOfCheckpoint(run);
        List<String> rows = Files.readAllLines(run.resolve("metrics.csv"));
        Files.write(run.resolve("metrics.csv"), rows.subList(0, row + 1));
        record("\"resumed\": " + row + ", ");
    }

    synchronized void next() throws IOException {
        row++;
        Files.writeString(run.resolve("metrics.csv"), row + "\n", StandardOpenOption.APPEND);
        if (row % EVERY == 0) {
            checkpoint();
        }
    }

    /** Where a checkpoint is, which is whole. */
    static int rowOfCheckpoint(Path run) throws IOException {
        String state = Files.readString(run.resolve("checkpoint/state.json"));
        for (String part : List.of("parameters.npz", "optimizer.npz")) {
            if (!Files.readString(run.resolve("checkpoint").resolve(part)).equals(part + state)) {
                throw new IllegalStateException("parts of two checkpoints");
            }
        }
        return Integer.parseInt(state);
    }

    private void checkpoint() {
        try {
            Path next = Files.createDirectories(run.resolve("checkpoint.new"));
            for (String part : List.of("parameters.npz", "optimizer.npz")) {
                Files.writeString(next.resolve(part), part + row);
            }
            Files.writeString(next.resolve("state.json"), Integer.toString(row));
            Path current = run.resolve("checkpoint");
            if (Files.isDirectory(current)) {
                Path old = run.resolve("checkpoint.old");
                Files.move(current, old);
                Files.move(next, current);
                for (String part : List.of("parameters.npz", "optimizer.npz", "state.json")) {
                    Files.delete(old.resolve(part));
                }
                Files.delete(old);
            } else {
                Files.move(next, current);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void record(String more) throws IOException {
        Path next = run.resolve(".run.json");
        Files.write(next, ("{" + more + "\"experiment\": \"scripted\"}").getBytes(StandardCharsets.UTF_8));
        Files.move(next, run.resolve("run.json"), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }
}
