package org.plastic4j.cuda;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import jcuda.CudaException;
import jcuda.driver.CUcontext;
import jcuda.driver.CUdevice;
import jcuda.driver.CUdevice_attribute;
import jcuda.driver.CUfunction;
import jcuda.driver.CUmodule;
import jcuda.driver.JCudaDriver;
import org.plastic4j.core.accelerator.LifetimeAccelerator.Unavailable;

/**
 * A GPU, through NVIDIA's driver alone: no CUDA toolkit is needed. Its kernels come as PTX, which the driver compiles for
 * the card when one is needed, and keeps for the next program.
 *
 * <p>For one thread at a time; it may be another one in every call.
 */
public final class CudaDevice implements AutoCloseable {
    /** Turing, for which the PTX is made. */
    private static final int LEAST_CAPABILITY = 75;

    private static final int TENS = 10;

    /** Why JCuda could not be loaded: when it is tried once more, the JVM does not say. */
    private static volatile String firstProblem = "";

    private final CUdevice device;
    private final CUcontext context = new CUcontext();
    private final String name;
    private final int capability;
    private final int multiprocessors;
    private final Map<String, CUmodule> modules = new HashMap<>();
    private final Map<String, CudaKernel> kernels = new HashMap<>();

    private CudaDevice(CUdevice device) {
        this.device = device;
        name = nameOf(device);
        capability = TENS * attribute(CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR)
                + attribute(CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR);
        multiprocessors = attribute(CUdevice_attribute.CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT);
    }

    /**
     * {@return the first GPU}
     *
     * @throws Unavailable if there is none, or none that this library's kernels run on
     */
    public static CudaDevice open() throws Unavailable {
        CUdevice first = new CUdevice();
        try {
            JCudaDriver.setExceptionsEnabled(true);
            JCudaDriver.cuInit(0);
            int[] count = {0};
            JCudaDriver.cuDeviceGetCount(count);
            if (count[0] == 0) {
                throw new Unavailable("NVIDIA's driver finds no GPU");
            }
            JCudaDriver.cuDeviceGet(first, 0);
        } catch (LinkageError e) {
            throw new Unavailable(missing(e), e);
        } catch (CudaException e) {
            throw new Unavailable("NVIDIA's driver does not start (" + e.getMessage() + ")", e);
        }
        CudaDevice device = new CudaDevice(first);
        if (device.capability < LEAST_CAPABILITY) {
            throw new Unavailable("expected a GPU of compute capability 7.5 (Turing) or later, found " + device.name
                    + " of " + device.capability / TENS + "." + device.capability % TENS);
        }
        try {
            JCudaDriver.cuDevicePrimaryCtxRetain(device.context, first);
            device.kernel("vectors", "sum_all");
            return device;
        } catch (CudaException e) {
            throw new Unavailable(
                    "NVIDIA's driver cannot use " + device.name + " (" + e.getMessage()
                            + "): expected one for CUDA 13.0 (580) or later",
                    e);
        }
    }

    /** JCuda says at length what it tried; in it is the name of the library that was not found. */
    private static String missing(LinkageError problem) {
        if (!(problem instanceof NoClassDefFoundError)) {
            firstProblem = String.valueOf(problem.getMessage());
        }
        boolean isBuilt =
                Stream.of("libcuda.so", "nvcuda.dll", "dependent libraries").anyMatch(firstProblem::contains);
        return isBuilt
                ? "NVIDIA's driver is missing"
                : "JCuda has no library for " + System.getProperty("os.name") + " " + System.getProperty("os.arch");
    }

    private static String nameOf(CUdevice device) {
        byte[] name = new byte[256];
        JCudaDriver.cuDeviceGetName(name, name.length, device);
        int end = 0;
        while (end < name.length && name[end] != 0) {
            end++;
        }
        return new String(name, 0, end, StandardCharsets.US_ASCII);
    }

    private int attribute(int which) {
        int[] value = {0};
        JCudaDriver.cuDeviceGetAttribute(value, which, device);
        return value[0];
    }

    /**
     * As the driver calls it, such as {@code NVIDIA H200}.
     *
     * @return its name
     */
    public String name() {
        return name;
    }

    /** How many multiprocessors it has. */
    int multiprocessors() {
        return multiprocessors;
    }

    /** To be called before any call of the driver: it keeps the current device for each thread. */
    void makeCurrent() {
        JCudaDriver.cuCtxSetCurrent(context);
    }

    /** Waits until the device has done all that it was told. */
    public void synchronize() {
        makeCurrent();
        JCudaDriver.cuCtxSynchronize();
    }

    /**
     * A kernel.
     *
     * @param ptx the resource it is in, without its ending
     * @param function its name there
     */
    CudaKernel kernel(String ptx, String function) {
        makeCurrent();
        return kernels.computeIfAbsent(ptx + "/" + function, key -> {
            CUfunction found = new CUfunction();
            JCudaDriver.cuModuleGetFunction(found, modules.computeIfAbsent(ptx, CudaDevice::load), function);
            return new CudaKernel(this, found);
        });
    }

    private static CUmodule load(String ptx) {
        CUmodule module = new CUmodule();
        JCudaDriver.cuModuleLoadData(module, text(ptx));
        return module;
    }

    /** The driver wants a zero behind the text. */
    private static byte[] text(String ptx) {
        try (InputStream in = CudaDevice.class.getResourceAsStream(ptx + ".ptx")) {
            if (in == null) {
                throw new IllegalStateException(ptx + ".ptx is missing from this build of plastic-cuda.");
            }
            byte[] text = in.readAllBytes();
            return Arrays.copyOf(text, text.length + 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Bytes of the card's memory that are free. */
    long freeBytes() {
        makeCurrent();
        long[] free = {0};
        long[] total = {0};
        JCudaDriver.cuMemGetInfo(free, total);
        return free[0];
    }

    @Override
    public void close() {
        makeCurrent();
        modules.values().forEach(JCudaDriver::cuModuleUnload);
        modules.clear();
        kernels.clear();
        JCudaDriver.cuDevicePrimaryCtxRelease(device);
    }
}
