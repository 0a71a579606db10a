package org.plastic4j.cuda;

import java.util.Optional;
import org.plastic4j.core.accelerator.LifetimeAccelerator.Shape;

/**
 * How lifetimes are spread over a device: the blocks of a group partition one lifetime's columns, the groups the batch. All
 * blocks run at the same time, since those of a group wait for each other.
 *
 * @param layout of the kernels
 * @param kernel the kernel
 * @param sharedBytes of its dynamic shared memory
 * @param slices blocks in a group
 * @param teams groups, at most one for each lifetime
 */
record KernelPlan(KernelLayout layout, CudaKernel kernel, int sharedBytes, int slices, int teams) {

    /** Forward and backward, in one layout. */
    record Pair(KernelPlan forward, KernelPlan backward) {}

    /** Empty if the device is too small for so many neurons. */
    static Optional<Pair> of(CudaDevice device, Shape shape) {
        KernelRule rule = KernelRule.of(shape.spec());
        for (KernelLayout layout : KernelLayout.values()) {
            if (layout.fits(shape.neurons())) {
                int rows = layout.isResident() ? 0 : 2 * shape.neurons() * Float.BYTES;
                int traces = layout.isResident() ? rule.traces() * layout.cells() * layout.threads() * Float.BYTES : 0;
                Optional<KernelPlan> forward = of(device, shape, layout, "live_", rows);
                Optional<KernelPlan> backward = of(device, shape, layout, "back_", traces);
                if (forward.isPresent() && backward.isPresent()) {
                    return Optional.of(new Pair(forward.get(), backward.get()));
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<KernelPlan> of(
            CudaDevice device, Shape shape, KernelLayout layout, String name, int sharedBytes) {
        CudaKernel kernel = device.kernel(KernelRule.of(shape.spec()).ptx(), name + layout.key());
        int blocks = kernel.residentBlocks(layout.threads(), sharedBytes);
        int panels = layout.panels(shape.neurons());
        int slices = Math.min(panels, blocks);
        if (slices == 0 || KernelLayout.ceiling(panels, slices) > layout.panelsABlock()) {
            return Optional.empty();
        }
        return Optional.of(
                new KernelPlan(layout, kernel, sharedBytes, slices, Math.min(shape.batch(), blocks / slices)));
    }

    void launch(LifetimeArguments arguments) {
        kernel.launchTogether(slices * teams, layout.threads(), sharedBytes, arguments.bytes());
    }
}
