package org.plastic4j.core.op;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ops.OpContext;
import org.plastic4j.core.kernel.LifetimeTensors;
import org.plastic4j.core.spec.LifetimeSpec;

/** An op of lifetimes of n neurons, of which the arguments say what it computes. */
abstract class LifetimeOp extends HostOp {
    LifetimeOp() {}

    LifetimeOp(SameDiff graph, LifetimeSpec spec, int neurons, SDVariable... arguments) {
        super(graph, arguments);
        spec.writeTo(this);
        addIArgument(neurons);
    }

    final LifetimeSpec spec() {
        return LifetimeSpec.readFrom(this);
    }

    /** The first inputs of the context, checked. */
    final LifetimeTensors tensors(OpContext context) {
        return LifetimeTensors.of(where(), spec(), neurons(), context);
    }

    /** n, which the inputs are held against: without it, a cell of any size would take what fits together. */
    final int neurons() {
        long[] sizes = iArgs();
        if (sizes.length != 1) {
            throw new IllegalStateException("Op " + opName() + " " + getOwnName()
                    + ": expected 1 size in its arguments, found " + sizes.length
                    + "; the graph was saved by another version.");
        }
        return Math.toIntExact(sizes[0]);
    }
}
