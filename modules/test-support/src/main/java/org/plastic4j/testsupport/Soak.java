package org.plastic4j.testsupport;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.lang.management.OperatingSystemMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import org.bytedeco.javacpp.Pointer;

/**
 * A process that works for a while, looked at again and again: what it keeps of each piece of work shows as growth. It prints a
 * line a look, which its parent reads.
 */
public final class Soak {
    /** The property that makes these tests so many times as long. */
    public static final String TIMES = "plastic4j.soak.times";

    private static final String PREFIX = "soak ";
    private static final long PAUSE_MILLIS = 1_000;
    private static final int QUARTERS = 4;
    /** Two kilobytes that are kept of each of thousands of calls are more; the last things that are made once are less. */
    private static final long MOST_HEAP = 3 << 20;
    /** C2 and the allocator of native memory still take some when all pools are filled. */
    private static final long MOST_RESIDENT = 12 << 20;
    /** A look may fall into the writing of a file. */
    private static final long MOST_FILES = 2;

    private Soak() {}

    /**
     * One look at a process.
     *
     * @param heap bytes of Java objects that are still in use
     * @param resident bytes of the whole process in memory
     * @param files open files
     */
    public record Look(long heap, long resident, long files) {
        private static Look now() {
            System.gc();
            OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
            long files = system instanceof UnixOperatingSystemMXBean unix ? unix.getOpenFileDescriptorCount() : 0;
            // As the collection left them: a thread that works makes new objects at once.
            long heap = ManagementFactory.getMemoryPoolMXBeans().stream()
                    .filter(pool -> pool.getType() == MemoryType.HEAP && pool.getCollectionUsage() != null)
                    .mapToLong(pool -> pool.getCollectionUsage().getUsed())
                    .sum();
            return new Look(heap, Pointer.physicalBytes(), files);
        }

        private static Look parse(String line) {
            long[] values = Arrays.stream(line.substring(PREFIX.length()).split(" "))
                    .mapToLong(Long::parseLong)
                    .toArray();
            return new Look(values[0], values[1], values[2]);
        }
    }

    /**
     * @param usual how much work there is otherwise
     * @return how much there is to be
     */
    public static long work(long usual) {
        return usual * Long.getLong(TIMES, 1);
    }

    /**
     * Looks at this process until it ends, in a thread of its own.
     *
     * @param out where its lines go
     */
    public static void watch(PrintStream out) {
        Thread thread = new Thread(
                () -> {
                    while (true) {
                        Look look = Look.now();
                        out.println(PREFIX + look.heap + " " + look.resident + " " + look.files);
                        try {
                            Thread.sleep(PAUSE_MILLIS);
                        } catch (InterruptedException e) {
                            return;
                        }
                    }
                },
                "soak");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * How much more there was of everything in the last quarter of a process's life than in its second one; in the first one,
     * code is compiled and pools are filled.
     *
     * @param output what the process printed
     * @return the smaller one of the differences of the least and of the medians
     * @throws IllegalArgumentException if it was too short to tell
     */
    public static Look growth(List<String> output) {
        List<Look> looks = output.stream()
                .filter(line -> line.startsWith(PREFIX))
                .map(Look::parse)
                .toList();
        if (looks.size() < 2 * QUARTERS) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "Expected at least %d looks, found %d.", 2 * QUARTERS, looks.size()));
        }
        return new Look(growth(looks, Look::heap), growth(looks, Look::resident), growth(looks, Look::files));
    }

    /**
     * Asserts that a process has kept nothing of its work.
     *
     * @param what the work, with how much of it there was
     * @param output what the process printed
     * @return the figures
     */
    public static String assertNothingWasKept(String what, List<String> output) {
        Look growth = growth(output);
        String figures = String.format(
                Locale.ROOT,
                "%s: %+,d KiB of Java objects, %+,d KiB resident, %+d open files",
                what,
                growth.heap >> 10,
                growth.resident >> 10,
                growth.files);
        assertThat(growth.heap).as(figures).isLessThan(MOST_HEAP);
        assertThat(growth.resident).as(figures).isLessThan(MOST_RESIDENT);
        assertThat(growth.files).as(figures).isLessThanOrEqualTo(MOST_FILES);
        return figures;
    }

    /** What is kept raises the least of a quarter and its median; what a call has in its hands at some looks, one of them. */
    private static long growth(List<Look> looks, ToLongFunction<Look> value) {
        int quarter = looks.size() / QUARTERS;
        long[] before = sorted(looks.subList(quarter, 2 * quarter), value);
        long[] after = sorted(looks.subList(looks.size() - quarter, looks.size()), value);
        return Math.min(after[0] - before[0], after[quarter / 2] - before[quarter / 2]);
    }

    private static long[] sorted(List<Look> looks, ToLongFunction<Look> value) {
        return looks.stream().mapToLong(value).sorted().toArray();
    }
}
