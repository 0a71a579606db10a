package org.plastic4j.cuda;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.plastic4j.core.accelerator.LifetimeAccelerator.Shape;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.cell.PlasticCell;
import org.plastic4j.core.rule.PlasticityRule;
import org.plastic4j.core.spec.LifetimeSpec;
import org.plastic4j.core.spec.Slot;

/**
 * This library's side of scripts/gpu-benchmark.py, which takes turns with PyTorch: it reads a command a line and answers
 * with a line.
 *
 * <pre>
 * case RULE BOUND T B n FOLDER   reads drive, w, ... and y_gradient from FOLDER as raw floats; answers with how it is shared out
 * check                          lives the case once and writes y and the gradients to FOLDER; answers "done"
 * time K                         lives it K times with all gradients; answers with the milliseconds of one
 * forward K                      the same without gradients
 * meet K                         has the blocks of the case hand each other n numbers K times; answers with the
 *                                milliseconds of one
 * </pre>
 */
public final class TimedLifetimes {
    private final CudaDevice device;
    private final List<DeviceArray> owned = new ArrayList<>();
    private final Map<Slot, DeviceArray> inputs = new EnumMap<>(Slot.class);
    private final Map<Slot, DeviceArray> gradients = new EnumMap<>(Slot.class);
    private Path folder;
    private DeviceLifetime lifetime;
    private DeviceArray y;
    private DeviceArray yGradient;

    private TimedLifetimes(CudaDevice device) {
        this.device = device;
    }

    /** Without arguments. */
    public static void main(String[] arguments) throws Exception {
        try (CudaDevice device = CudaDevice.open()) {
            TimedLifetimes lifetimes = new TimedLifetimes(device);
            PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
            out.println("ready " + device.name());
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                out.println(lifetimes.answer(line.split(" ")));
            }
        }
    }

    private String answer(String[] command) throws IOException {
        return switch (command[0]) {
            case "case" -> take(command);
            case "check" -> check();
            case "time" -> String.valueOf(millis(Integer.parseInt(command[1]), true));
            case "forward" -> String.valueOf(millis(Integer.parseInt(command[1]), false));
            case "meet" -> String.valueOf(meet(Integer.parseInt(command[1])));
            default -> throw new IllegalArgumentException("no such command: " + command[0]);
        };
    }

    private String take(String[] command) throws IOException {
        owned.forEach(DeviceArray::close);
        owned.clear();
        inputs.clear();
        gradients.clear();
        if (lifetime != null) {
            lifetime.close();
        }
        PlasticityRule rule = PlasticityRule.of(command[1], Double.parseDouble(command[2]));
        int steps = Integer.parseInt(command[3]);
        int batch = Integer.parseInt(command[4]);
        int n = Integer.parseInt(command[5]);
        folder = Path.of(command[6]);
        LifetimeSpec spec = LifetimeSpec.of(new PlasticCell(n, Alpha.PER_CONNECTION, rule));
        Shape shape = new Shape(spec, steps, batch);
        lifetime = DeviceLifetime.of(device, shape).orElseThrow();
        for (Slot slot : spec.inputs()) {
            FloatBuffer numbers = read(slot.name().toLowerCase(Locale.ROOT));
            inputs.put(slot, array(numbers.limit()));
            inputs.get(slot).upload(numbers);
            gradients.put(slot, array(numbers.limit()));
        }
        y = array((long) steps * batch * n);
        yGradient = array((long) steps * batch * n);
        yGradient.upload(read("y_gradient"));
        return lifetime.toString();
    }

    private DeviceArray array(long length) {
        DeviceArray array = DeviceArray.floats(device, length);
        owned.add(array);
        return array;
    }

    private FloatBuffer read(String name) throws IOException {
        try (FileChannel file = FileChannel.open(folder.resolve(name), StandardOpenOption.READ)) {
            ByteBuffer bytes = ByteBuffer.allocateDirect((int) file.size()).order(ByteOrder.nativeOrder());
            while (bytes.hasRemaining() && file.read(bytes) >= 0) {
                // Until all is there.
            }
            return bytes.rewind().asFloatBuffer();
        }
    }

    private String check() throws IOException {
        build(true);
        write("found_y", y);
        for (Slot slot : gradients.keySet()) {
            write("found_" + slot.name().toLowerCase(Locale.ROOT), gradients.get(slot));
        }
        return "done";
    }

    private void write(String name, DeviceArray array) throws IOException {
        ByteBuffer bytes =
                ByteBuffer.allocateDirect((int) array.length() * Float.BYTES).order(ByteOrder.nativeOrder());
        array.download(bytes.asFloatBuffer());
        try (FileChannel file = FileChannel.open(
                folder.resolve(name),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
        }
    }

    private void build(boolean back) {
        lifetime.forward(inputs, y, List.of());
        if (back) {
            lifetime.backward(inputs, y, yGradient, List.of(), gradients);
        }
    }

    private double meet(int times) {
        int n = (int) Math.round(Math.sqrt(inputs.get(Slot.W).length()));
        CudaKernel kernel = device.kernel("vectors", "meet");
        double best = Double.POSITIVE_INFINITY;
        for (int k = 0; k < 5; k++) {
            try (DeviceArray exchange = DeviceArray.words(device, 2L * n)) {
                device.synchronize();
                long start = System.nanoTime();
                kernel.launchTogether(lifetime.slices(), 256, exchange, n, times, 0);
                device.synchronize();
                best = Math.min(best, (System.nanoTime() - start) / 1e6 / times);
            }
        }
        return best;
    }

    private double millis(int times, boolean back) {
        build(back);
        device.synchronize();
        long start = System.nanoTime();
        for (int k = 0; k < times; k++) {
            build(back);
        }
        device.synchronize();
        return (System.nanoTime() - start) / 1e6 / times;
    }
}
