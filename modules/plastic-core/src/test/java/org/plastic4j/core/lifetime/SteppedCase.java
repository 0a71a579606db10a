package org.plastic4j.core.lifetime;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.plastic4j.core.cell.PlasticCell;

/** The lifetimes of a {@link LifetimeCase}, one step at a time. */
final class SteppedCase {
    private SteppedCase() {}

    /** A stepper at the state that the case begins from. */
    static LifetimeStepper begin(LifetimeCase lifetimes, DataType type) {
        Map<String, INDArray> arrays = new LinkedHashMap<>();
        lifetimes.arrays().forEach((name, array) -> arrays.put(name, array.castTo(type)));
        PlasticCell cell = lifetimes.cell();
        LifetimeStepper stepper = new LifetimeStepper(
                cell, arrays, (int) lifetimes.arrays().get("y0").size(0));
        if (lifetimes.fromState()) {
            stepper.restore(new LifetimeState(
                    arrays.get("y0"),
                    cell.isPlastic() ? Optional.of(arrays.get("hebb0")) : Optional.empty(),
                    cell.hasEligibility() ? Optional.of(arrays.get("eligibility0")) : Optional.empty()));
        }
        return stepper;
    }

    /** An input of the case at step t, counted from 0. */
    static INDArray at(LifetimeCase lifetimes, String name, int t, DataType type) {
        return lifetimes
                .arrays()
                .get(name)
                .get(NDArrayIndex.point(t), NDArrayIndex.all(), NDArrayIndex.all())
                .castTo(type);
    }

    /** A step with this external input, clamped as the case says. */
    static INDArray step(LifetimeStepper stepper, LifetimeCase lifetimes, int t, INDArray input) {
        DataType type = input.dataType();
        return lifetimes.clamped()
                ? stepper.step(input, at(lifetimes, "clamp", t, type), at(lifetimes, "value", t, type))
                : stepper.step(input);
    }
}
