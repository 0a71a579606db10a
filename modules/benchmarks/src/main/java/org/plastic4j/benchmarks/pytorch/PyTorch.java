package org.plastic4j.benchmarks.pytorch;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import java.net.URL;
import java.util.Locale;
import java.util.Optional;
import org.plastic4j.training.RunFailure;

/** PyTorch, as DJL brings it: whether it is here, and its one start in the process. */
public final class PyTorch {
    /** What Maven's native artifact brings, for whatever platform. */
    private static final String BUNDLE = "native/lib/pytorch.properties";

    private static Engine engine;

    private PyTorch() {}

    /** @return why there is no PyTorch for this platform on the class path; empty where there is */
    public static Optional<String> missing() {
        URL bundle = PyTorch.class.getClassLoader().getResource(BUNDLE);
        return bundle != null
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "there is no PyTorch 2.7 for %s %s in ai.djl.pytorch:pytorch-native-cpu",
                        System.getProperty("os.name"),
                        System.getProperty("os.arch")));
    }

    /**
     * Starts PyTorch, without any network.
     *
     * @param threads how many threads an op may use; the first start decides for the process
     * @throws RunFailure if its libraries do not load here
     */
    public static synchronized void start(int threads) {
        if (engine != null) {
            return;
        }
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
        System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
        System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
        try {
            engine = Engine.getEngine("PyTorch");
        } catch (EngineException | LinkageError e) {
            throw new RunFailure(String.format(Locale.ROOT, "PyTorch's libraries do not load (%s)", e.getMessage()), e);
        }
    }

    /** @return the version that runs */
    public static synchronized String version() {
        return started().getVersion();
    }

    /** @return the version of DJL */
    public static String djlVersion() {
        return Engine.getDjlVersion();
    }

    static synchronized Engine started() {
        if (engine == null) {
            throw new IllegalStateException("PyTorch has not been started.");
        }
        return engine;
    }

    static NDManager manager() {
        return started().newBaseManager();
    }
}
