package org.plastic4j.core.graph;

import java.util.Locale;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Environment;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Whether ND4J's native library computes what it should in this process. It takes the number of its threads from the
 * environment as it is: with OMP_NUM_THREADS=0 its sums are whatever was in memory, and with -1 they overwrite the stack
 * and end the process.
 */
public final class Nd4jCheck {
    private static final int SUMMED = 100_000;
    private static final int SIZE = 37;
    private static boolean passed;

    private Nd4jCheck() {}

    /** {@return what is wrong, in one sentence; empty where nothing is} Its first call takes some milliseconds. */
    public static synchronized Optional<String> fault() {
        if (passed) {
            return Optional.empty();
        }
        // First, since what is computed with such numbers may end the process.
        Environment environment = Nd4j.getEnvironment();
        int threads = Math.min(environment.maxThreads(), environment.maxMasterThreads());
        Optional<String> fault = threads < 1
                ? Optional.of(String.format(
                        Locale.ROOT,
                        "ND4J would compute with %d threads, as OMP_NUM_THREADS, SD_MAX_THREADS or SD_MASTER_THREADS in the"
                                + " environment asks for, and give wrong results: expected at least 1, or none of them",
                        threads))
                : wrongResult();
        passed = fault.isEmpty();
        return fault;
    }

    /**
     * The same for those who cannot go on.
     *
     * @throws IllegalStateException with the sentence
     */
    public static void require() {
        fault().ifPresent(sentence -> {
            throw new IllegalStateException(sentence);
        });
    }

    private static Optional<String> wrongResult() {
        MemoryWorkspace none = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces();
        try (none;
                INDArray ones = Nd4j.ones(DataType.FLOAT, SUMMED);
                INDArray left = Nd4j.ones(DataType.FLOAT, SIZE, SIZE);
                INDArray product = left.mmul(left)) {
            double sum = ones.sumNumber().doubleValue();
            double entry =
                    product.minNumber().doubleValue() + product.maxNumber().doubleValue();
            return sum == SUMMED && entry == 2 * SIZE
                    ? Optional.empty()
                    : Optional.of(String.format(
                            Locale.ROOT,
                            "ND4J's native library computes wrong results here: expected %d for the sum of as many ones and"
                                    + " %d for twice an entry of a product, found %s and %s",
                            SUMMED,
                            2 * SIZE,
                            sum,
                            entry));
        }
    }
}
