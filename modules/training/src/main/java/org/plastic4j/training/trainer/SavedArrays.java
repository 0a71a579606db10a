package org.plastic4j.training.trainer;

import java.util.Locale;
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
     * @param current the arrays to overwrite
     * @param where where the saved ones are from, for messages
     * @throws UserError if a name, a shape or a type differs; nothing is overwritten then
     */
    public static void restore(Map<String, INDArray> saved, Map<String, INDArray> current, String where) {
        check(saved, current, where);
        current.forEach((name, array) -> array.assign(saved.get(name)));
    }

    static void check(Map<String, INDArray> saved, Map<String, INDArray> current, String where) {
        if (!saved.keySet().equals(current.keySet())) {
            throw new UserError(String.format(
                    Locale.ROOT, "%s: expected the arrays %s, found %s", where, current.keySet(), saved.keySet()));
        }
        current.forEach((name, array) -> {
            INDArray found = saved.get(name);
            if (!array.equalShapes(found) || array.dataType() != found.dataType()) {
                throw new UserError(String.format(
                        Locale.ROOT, "%s: %s: expected %s, found %s", where, name, describe(array), describe(found)));
            }
        });
    }

    private static String describe(INDArray array) {
        return array.dataType() + " " + java.util.Arrays.toString(array.shape());
    }
}
