package org.plastic4j.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plastic4j.cli.Launcher;
import org.plastic4j.spark.task.TestFileSystem;
import org.plastic4j.training.trainer.Experiment;
import org.plastic4j.training.trainer.Interrupt;

/** Spark in this process: the way from the command line to the runs and back. */
@Tag("slow")
class LocalModeTest {
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    @BeforeEach
    void configure() {
        System.setProperty("spark.driver.host", "127.0.0.1");
        System.setProperty("spark.driver.bindAddress", "127.0.0.1");
        System.setProperty("spark.plastic4j.roundMillis", "200");
        TestFileSystem.SETTINGS.forEach((name, value) -> System.setProperty("spark.hadoop." + name, value));
    }

    @AfterEach
    void forget() {
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("spark."))
                .forEach(System::clearProperty);
    }

    private int launch(String... arguments) throws ReflectiveOperationException {
        output.reset();
        Constructor<?> experiment =
                Class.forName("org.plastic4j.binarypatterns.BinaryPatterns").getDeclaredConstructor();
        experiment.setAccessible(true);
        List<String> all = new ArrayList<>(List.of("--config", "regression", "--set", "training.maxLifetimes=3"));
        all.addAll(List.of("--set", "training.heldOut=1", "--set", "task.patterns=1"));
        all.addAll(List.of(arguments));
        PrintStream printer = new PrintStream(output, true, StandardCharsets.UTF_8);
        return new Launcher(new Interrupt())
                .launch(all.toArray(String[]::new), (Experiment<?>) experiment.newInstance(), printer, printer);
    }

    private String printed() {
        return output.toString(StandardCharsets.UTF_8);
    }

    /** The store is none that this computer reads as files: what is here is a copy, and the sweep's results are there too. */
    @Test
    void sweepOnAStoreHasTheBytesOfALocalRunHereAndThere() throws Exception {
        Path store = folder.resolve("store");
        Path here = Path.of("runs/test").resolve(Path.of("/").relativize(store));
        try {
            assertThat(launch("--seeds", "4", "--spark", "local[1]", "--out", "test://" + store))
                    .as(printed())
                    .isZero();
            assertThat(printed())
                    .contains("seed 4: Stopped after 3 lifetimes")
                    .endsWith("The seed finished. Directory: " + here + System.lineSeparator());

            Path alone = folder.resolve("alone");
            assertThat(launch("--seed", "4", "--threads", "1", "--out", alone.toString()))
                    .as(printed())
                    .isZero();
            for (Path sweep : List.of(store, here)) {
                assertThat(sweep.resolve("seed-4/metrics.csv")).hasSameBinaryContentAs(alone.resolve("metrics.csv"));
                assertThat(sweep.resolve("seed-4/eval-test.json"))
                        .hasSameTextualContentAs(alone.resolve("eval-test.json"));
                assertThat(sweep.resolve("aggregate.csv")).isNotEmptyFile();
                assertThat(sweep.resolve("seed-4/checkpoint/state.json")).isNotEmptyFile();
                assertThat(sweep.resolve(".driver")).doesNotExist();
                assertThat(sweep.resolve("seed-4/.lock")).doesNotExist();
            }
            assertThat(store.resolve("seed-4/checkpoint/parameters.npz"))
                    .hasSameBinaryContentAs(alone.resolve("checkpoint/parameters.npz"));

            assertThat(launch("--seeds", "4", "--spark", "local[1]", "--out", "test://" + store))
                    .as(printed())
                    .isZero();
            assertThat(printed()).startsWith("1 of 1 seed is finished already in " + here);
        } finally {
            delete(here);
        }
    }

    private static void delete(Path folder) throws Exception {
        if (Files.exists(folder)) {
            try (var all = Files.walk(folder)) {
                for (Path path :
                        all.sorted((left, right) -> right.compareTo(left)).toList()) {
                    Files.delete(path);
                }
            }
            for (Path empty = folder.getParent();
                    empty != null && empty.toFile().list().length == 0;
                    empty = empty.getParent()) {
                Files.delete(empty);
            }
        }
    }

    @Test
    void wrongSettingIsRejectedBeforeThereIsACluster() throws Exception {
        Path out = folder.resolve("runs");

        assertThat(launch("--seeds", "0-2", "--spark", "local[1]", "--out", out.toString(), "--set", "task.bits=0"))
                .isEqualTo(Launcher.USAGE_ERROR);
        assertThat(printed()).isEqualTo("task.bits: expected a positive integer, found 0 (--set task.bits=0).\n");
        assertThat(out).doesNotExist();
    }
}
