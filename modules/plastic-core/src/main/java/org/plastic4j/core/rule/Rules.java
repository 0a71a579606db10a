package org.plastic4j.core.rule;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.DoubleFunction;

/** The rules that can be named: this library's, then those that are found on the class path. */
final class Rules {
    private static final Map<String, DoubleFunction<PlasticityRule>> SHIPPED = shipped();

    /** What was found last: an op asks at each call, and looking through a class path takes long. */
    private static final AtomicReference<Found> LAST = new AtomicReference<>();

    private record Found(ClassLoader from, Map<String, DoubleFunction<PlasticityRule>> rules) {}

    private Rules() {}

    private static Map<String, DoubleFunction<PlasticityRule>> shipped() {
        Map<String, DoubleFunction<PlasticityRule>> rules = new LinkedHashMap<>();
        rules.put(DecayingHebb.KEY, bound -> new DecayingHebb());
        rules.put(Oja.KEY, bound -> new Oja());
        rules.put(BoundedHebb.HARD_KEY, bound -> new BoundedHebb(Bounding.HARD, bound));
        rules.put(BoundedHebb.SOFT_KEY, bound -> new BoundedHebb(Bounding.SOFT, bound));
        rules.put(Neuromodulated.KEY, bound -> new Neuromodulated(FanOut.NONE, bound));
        rules.put(Neuromodulated.FAN_OUT_KEY, bound -> new Neuromodulated(FanOut.PER_NEURON, bound));
        rules.put(Retroactive.KEY, Retroactive::new);
        rules.put(Abcd.KEY, Abcd::new);
        rules.put(Bcm.KEY, Bcm::new);
        rules.put(Stpn.KEY, bound -> new Stpn());
        return rules;
    }

    /** By key, in the order in which messages name them. */
    private static Map<String, DoubleFunction<PlasticityRule>> all() {
        return with(ServiceLoader.load(RuleProvider.class));
    }

    static Map<String, DoubleFunction<PlasticityRule>> with(Iterable<RuleProvider> providers) {
        Map<String, DoubleFunction<PlasticityRule>> rules = new LinkedHashMap<>(SHIPPED);
        for (RuleProvider provider : providers) {
            String where = provider.getClass().getName();
            if (rules.putIfAbsent(RuleKeys.require(where, provider.key()), provider::create) != null) {
                throw new IllegalArgumentException(
                        where + ": expected a key that no other rule has, found \"" + provider.key() + "\".");
            }
        }
        return rules;
    }

    static List<String> keys() {
        return new ArrayList<>(all().keySet());
    }

    static PlasticityRule of(String key, double bound) {
        Map<String, DoubleFunction<PlasticityRule>> rules = SHIPPED.containsKey(key) ? SHIPPED : found(key);
        if (!rules.containsKey(key)) {
            throw new IllegalArgumentException("Plasticity rule: expected one of " + String.join(", ", rules.keySet())
                    + ", found \"" + key + "\".");
        }
        return rules.get(key).apply(bound);
    }

    /** All rules, looked for again if the key was not among those found last. */
    private static Map<String, DoubleFunction<PlasticityRule>> found(String key) {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        Found last = LAST.get();
        if (last == null || last.from != loader || !last.rules.containsKey(key)) {
            last = new Found(loader, all());
            LAST.set(last);
        }
        return last.rules;
    }
}
