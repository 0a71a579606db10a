package org.plastic4j.core.op;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.plastic4j.core.kernel.LifetimeTensors;
import org.plastic4j.core.spec.LifetimeSpec;

/** An op of lifetimes, of which the arguments say what it computes. */
abstract class LifetimeOp extends HostOp<LifetimeTensors> {
    LifetimeOp() {}

    LifetimeOp(SameDiff graph, LifetimeSpec spec, SDVariable... arguments) {
        super(graph, arguments);
        spec.writeTo(this);
    }

    final LifetimeSpec spec() {
        return LifetimeSpec.readFrom(this);
    }

    @Override
    LifetimeTensors tensors(List<INDArray> inputs) {
        return new LifetimeTensors(where(), spec(), inputs);
    }
}
