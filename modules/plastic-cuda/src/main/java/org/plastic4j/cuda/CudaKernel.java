package org.plastic4j.cuda;

import java.nio.ByteBuffer;
import java.util.Arrays;
import jcuda.CudaException;
import jcuda.NativePointerObject;
import jcuda.Pointer;
import jcuda.driver.CUfunction;
import jcuda.driver.CUfunction_attribute;
import jcuda.driver.JCudaDriver;

/** A function on the device. Launches are done one after the other, in the order of the calls. */
final class CudaKernel {
    private final CudaDevice device;
    private final CUfunction function;

    CudaKernel(CudaDevice device, CUfunction function) {
        this.device = device;
        this.function = function;
    }

    /**
     * How many blocks the device holds at a time, if each has so much shared memory of its own.
     *
     * @return 0 where it cannot have that much
     */
    int residentBlocks(int threads, int sharedBytes) {
        device.makeCurrent();
        try {
            JCudaDriver.cuFuncSetAttribute(
                    function, CUfunction_attribute.CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES, sharedBytes);
        } catch (CudaException e) {
            return 0;
        }
        int[] blocks = {0};
        JCudaDriver.cuOccupancyMaxActiveBlocksPerMultiprocessor(blocks, function, threads, sharedBytes);
        return blocks[0] * device.multiprocessors();
    }

    /** A grid of blocks that wait for each other while they run: all of them have to be resident. */
    void launchTogether(int blocks, int threads, int sharedBytes, ByteBuffer arguments) {
        device.makeCurrent();
        JCudaDriver.cuLaunchCooperativeKernel(
                function, blocks, 1, 1, threads, 1, 1, sharedBytes, null, Pointer.to(Pointer.to(arguments)));
    }

    /** The same with arguments as for {@link #launch}, and no shared memory of its own. */
    void launchTogether(int blocks, int threads, Object... arguments) {
        device.makeCurrent();
        JCudaDriver.cuLaunchCooperativeKernel(function, blocks, 1, 1, threads, 1, 1, 0, null, pointers(arguments));
    }

    /**
     * A grid of blocks that know nothing of each other.
     *
     * @param arguments {@link DeviceArray}s, integers, longs and floats, as the kernel has them; null for a null pointer
     */
    void launch(int blocksX, int blocksY, int blocksZ, int threads, Object... arguments) {
        device.makeCurrent();
        JCudaDriver.cuLaunchKernel(
                function, blocksX, blocksY, blocksZ, threads, 1, 1, 0, null, pointers(arguments), null);
    }

    private static Pointer pointers(Object... arguments) {
        return Pointer.to(Arrays.stream(arguments).map(CudaKernel::pointer).toArray(NativePointerObject[]::new));
    }

    private static Pointer pointer(Object argument) {
        if (argument == null) {
            return Pointer.to(new long[] {0});
        } else if (argument instanceof DeviceArray array) {
            return Pointer.to(new long[] {array.address()});
        } else if (argument instanceof Integer number) {
            return Pointer.to(new int[] {number});
        } else if (argument instanceof Long number) {
            return Pointer.to(new long[] {number});
        } else if (argument instanceof Float number) {
            return Pointer.to(new float[] {number});
        }
        throw new IllegalArgumentException("not an argument of a kernel: " + argument.getClass());
    }
}
