package org.plastic4j.training.trainer;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.plastic4j.training.UserError;

/** Arrays of a checkpoint on their way into a network or an optimizer. */
public final class SavedArrays {
    private SavedArrays() {}

    /**
     * Overwrites arrays by saved ones, all of them or none.
     *
     * @param saved what was saved
     * @param live the arrays to overwrite
     * @param where where the saved ones are from, for messages
     * @throws UserError if a name, a shape or a type differs; nothing is overwritten then
     */
    public static void restore(Map<String, INDArray> saved, Map<String, INDArray> live, String where) {
        check(saved, live, where);
        live.forEach((name, array) -> array.assign(saved.get(name)));
    }

    static void check(Map<String, INDArray> saved, Map<String, INDArray> live, String where) {
        if (!saved.keySet().equals(live.keySet())) {
            throw new UserError("%s: expected the arrays %s, found %s".formatted(where, live.keySet(), saved.keySet()));
        }
        live.forEach((name, array) -> {
            INDArray found = saved.get(name);
            if (!array.equalShapes(found) || array.dataType() != found.dataType()) {
                throw new UserError(
                        "%s: %s: expected %s, found %s".formatted(where, name, describe(array), describe(found)));
            }
        });
    }

    private static String describe(INDArray array) {
        return array.dataType() + " " + java.util.Arrays.toString(array.shape());
    }
}
