package org.plastic4j.core.spec;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.nd4j.autodiff.samediff.SDVariable;
import org.plastic4j.core.cell.PlasticLayer;
import org.plastic4j.core.cell.PlasticParameters;

/**
 * The variables of a graph that lifetimes are made of.
 *
 * @param spec what lifetimes with these inputs are
 * @param inputs in the order of its signature
 */
public record LifetimeVariables(LifetimeSpec spec, List<SDVariable> inputs) {
    /**
     * Those of a layer, all of them of known shapes that fit.
     *
     * @param where what takes them
     * @param inputs those that are no parameters; those that the layer cannot have are left out
     * @param steps T, or {@link Signature#ANY}
     * @throws IllegalArgumentException if there are other parameters than the layer has, or a variable does not fit
     */
    public static LifetimeVariables of(
            String where, PlasticLayer layer, PlasticParameters parameters, Map<Slot, SDVariable> inputs, long steps) {
        parameters.requireFor(layer);
        Set<Slot> given = inputs.keySet().stream()
                .filter(slot -> LifetimeSpec.mayHave(layer, slot))
                .collect(Collectors.toSet());
        LifetimeSpec spec = new LifetimeSpec(layer, given);
        Map<String, SDVariable> all = new HashMap<>(parameters.variables());
        inputs.forEach((slot, variable) -> all.put(slot.label(), variable));
        List<SDVariable> ordered = spec.signature().inputs().stream()
                .map(input -> all.get(input.label()))
                .toList();
        spec.signature().requireKnown(where, ordered, steps);
        return new LifetimeVariables(spec, ordered);
    }

    /** The one of this label, if it is there. */
    private Optional<SDVariable> find(String label) {
        List<Signature.Input> labels = spec.signature().inputs();
        return IntStream.range(0, inputs.size())
                .filter(k -> labels.get(k).label().equals(label))
                .mapToObj(inputs::get)
                .findFirst();
    }

    /** One that lifetimes of a layer may have or leave out. */
    public Optional<SDVariable> find(Slot slot) {
        return find(slot.label());
    }

    /** One that they have. */
    public SDVariable get(Slot slot) {
        return get(slot.label());
    }

    /** The one of this label, such as the key of what a rule learns. */
    public SDVariable get(String label) {
        return find(label).orElseThrow();
    }

    /** The inputs as an op takes them. */
    public SDVariable[] arguments() {
        return inputs.toArray(SDVariable[]::new);
    }
}
