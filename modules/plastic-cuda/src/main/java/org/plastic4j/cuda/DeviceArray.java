package org.plastic4j.cuda;

import java.nio.FloatBuffer;
import java.util.Locale;
import jcuda.CudaException;
import jcuda.Pointer;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.JCudaDriver;

/** Values of type float, or words of eight bytes, in a device's memory. Zero when they are made. */
public final class DeviceArray implements AutoCloseable {
    private static final long MIB = 1 << 20;

    private final CudaDevice device;
    private final Address pointer = new Address();
    private final long length;

    /** JCuda tells the number to its own kind alone. */
    private static final class Address extends CUdeviceptr {
        long number() {
            return getNativePointer();
        }
    }

    /** @param bytes of the memory */
    private DeviceArray(CudaDevice device, long length, long bytes) {
        this.device = device;
        this.length = length;
        device.makeCurrent();
        try {
            JCudaDriver.cuMemAlloc(pointer, bytes);
        } catch (CudaException e) {
            throw new IllegalStateException(
                    String.format(
                            Locale.ROOT,
                            "%s has no room for %,d MiB: %,d MiB are free (%s).",
                            device.name(),
                            bytes / MIB,
                            device.freeBytes() / MIB,
                            e.getMessage()),
                    e);
        }
        JCudaDriver.cuMemsetD8(pointer, (byte) 0, bytes);
    }

    /**
     * {@return so many floats}
     *
     * @param device the GPU
     * @param length how many values
     */
    public static DeviceArray floats(CudaDevice device, long length) {
        return new DeviceArray(device, length, Math.max(1, length) * Float.BYTES);
    }

    static DeviceArray words(CudaDevice device, long length) {
        return new DeviceArray(device, length, Math.max(1, length) * Long.BYTES);
    }

    /** {@return how many values there are} */
    public long length() {
        return length;
    }

    long address() {
        return pointer.number();
    }

    /**
     * Copies the first of these values from a direct buffer, all of it from its position 0 on.
     *
     * @param values a buffer no longer than the array
     */
    public void upload(FloatBuffer values) {
        device.makeCurrent();
        JCudaDriver.cuMemcpyHtoD(pointer, Pointer.to(values.duplicate().rewind()), bytes(values));
    }

    /**
     * Copies the first of these values into a direct buffer, which is filled.
     *
     * @param values a buffer no longer than the array
     */
    public void download(FloatBuffer values) {
        download(0, values);
    }

    /**
     * The same from an index on.
     *
     * @param from the index of the first
     * @param values a buffer no longer than the array
     */
    public void download(long from, FloatBuffer values) {
        device.makeCurrent();
        JCudaDriver.cuMemcpyDtoH(
                Pointer.to(values.duplicate().rewind()), pointer.withByteOffset(from * Float.BYTES), bytes(values));
    }

    private static long bytes(FloatBuffer values) {
        return (long) values.limit() * Float.BYTES;
    }

    @Override
    public void close() {
        device.makeCurrent();
        JCudaDriver.cuMemFree(pointer);
    }
}
