package org.plastic4j.core.op;

import java.util.EnumMap;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.plastic4j.core.cell.PlasticCell;
import org.plastic4j.core.kernel.HostArrays;
import org.plastic4j.core.kernel.LifetimeTensors;
import org.plastic4j.core.kernel.NotFiniteInput;
import org.plastic4j.core.kernel.StepKernel;
import org.plastic4j.core.spec.LifetimeSpec;
import org.plastic4j.core.spec.Slot;
import org.plastic4j.core.spec.TensorCheck;

/**
 * The fused op's lifetimes one step at a time, by the same loops. It checks shapes and types, and that all is finite ({@link
 * NotFiniteInput}); which arrays there are is for the caller to see to. Not for several threads at once.
 */
public final class FusedSteps {
    private final String where;
    private final LifetimeSpec spec;
    private final int batch;
    private final int neurons;
    private final DataType type;
    private final StepKernel kernel;

    /**
     * Lifetimes at rest.
     *
     * @param where how errors call this
     * @param parameters w, alpha and the rule's, as far as the cell has them; w says whether the type is FLOAT or DOUBLE
     * @throws IllegalArgumentException if a parameter does not fit, or is not finite
     */
    public FusedSteps(String where, PlasticCell cell, int batch, Map<Slot, INDArray> parameters) {
        this.where = where;
        this.batch = batch;
        spec = new LifetimeSpec(cell.rule(), cell.alpha(), false, false, false, false);
        neurons = cell.neurons();
        type = parameters.get(Slot.W).dataType();
        TensorCheck.require(
                type == DataType.FLOAT || type == DataType.DOUBLE,
                where,
                Slot.W.label(),
                "type FLOAT or DOUBLE",
                parameters.get(Slot.W));
        kernel = Kernels.forType(type).steps(tensors(parameters));
        begin(Map.of());
    }

    private LifetimeTensors tensors(Map<Slot, INDArray> arrays) {
        LifetimeTensors tensors = LifetimeTensors.undriven(where, spec, arrays, type, batch, neurons);
        tensors.requireFinite(where);
        return tensors;
    }

    /**
     * Reads parameters anew, and begins from rest.
     *
     * @throws IllegalArgumentException if a parameter does not fit, or is not finite
     */
    public void load(Map<Slot, INDArray> parameters) {
        kernel.load(tensors(parameters));
        begin(Map.of());
    }

    /**
     * Begins from a state.
     *
     * @param state y0, hebb0 and eligibility0; zero where missing
     * @throws IllegalArgumentException if an array does not fit, or is not finite
     */
    public void begin(Map<Slot, INDArray> state) {
        kernel.begin(tensors(state));
    }

    /**
     * Lives a step in which no neuron is clamped.
     *
     * @param drive [B, n]
     * @return y, [B, n]
     * @throws IllegalArgumentException if the drive does not fit, or is not finite; the step is then not lived
     */
    public INDArray step(INDArray drive) {
        INDArray y = activity();
        step(drive, y);
        return y;
    }

    /**
     * Lives a step in which no neuron is clamped, into an array of the caller's.
     *
     * @param drive [B, n]
     * @param y receives the outputs, [B, n], dense in C order
     * @throws IllegalArgumentException if an array does not fit, or is not finite; the step is then not lived
     */
    public void step(INDArray drive, INDArray y) {
        require(Slot.DRIVE, drive);
        require("y", y);
        TensorCheck.require(HostArrays.isDense(y), where, "y", "a dense array in C order", y);
        requireFinite(Slot.DRIVE, drive);
        kernel.step(drive, null, null, y);
    }

    /**
     * Lives a step.
     *
     * @param drive [B, n]
     * @param mask 1 where a neuron is clamped, 0 elsewhere, [B, n]
     * @param value the output of clamped neurons, [B, n]
     * @return y, [B, n]
     * @throws IllegalArgumentException if an array does not fit, or is not finite; the step is then not lived
     */
    public INDArray step(INDArray drive, INDArray mask, INDArray value) {
        require(Slot.DRIVE, drive);
        require(Slot.MASK, mask);
        require(Slot.VALUE, value);
        requireFinite(Slot.DRIVE, drive);
        requireFinite(Slot.VALUE, value);
        INDArray y = activity();
        kernel.step(drive, mask, value, y);
        return y;
    }

    private void require(Slot slot, INDArray array) {
        require(slot.label(), array);
    }

    private void require(String tensor, INDArray array) {
        TensorCheck.require(
                array.rank() == 2 && array.size(0) == batch && array.size(1) == neurons,
                where,
                tensor,
                "shape [" + batch + ", " + neurons + "]",
                array);
        TensorCheck.require(array.dataType() == type, where, tensor, "type " + type + " as w's", array);
    }

    /** As the fused op does; of a mask, the kernel sees that it is binary. */
    private void requireFinite(Slot slot, INDArray array) {
        NotFiniteInput.refuse(where, slot.label(), array);
    }

    private INDArray activity() {
        return Nd4j.createUninitializedDetached(type, batch, neurons);
    }

    /** The state after the last step: y0, and hebb0 and eligibility0 as far as there are such traces. */
    public Map<Slot, INDArray> state() {
        INDArray y = activity();
        INDArray[] traces = new INDArray[spec.traces()];
        for (int k = 0; k < traces.length; k++) {
            traces[k] = Nd4j.createUninitializedDetached(type, batch, neurons, neurons);
        }
        kernel.store(y, traces);
        Map<Slot, INDArray> state = new EnumMap<>(Slot.class);
        state.put(Slot.Y0, y);
        if (traces.length > 0) {
            state.put(Slot.HEBB0, traces[0]);
        }
        if (traces.length > 1) {
            state.put(Slot.ELIGIBILITY0, traces[1]);
        }
        return state;
    }
}
