package org.plastic4j.core.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.function.DoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlasticityRuleTest {
    private static final List<DoubleFunction<PlasticityRule>> BOUNDED = List.of(
            bound -> new BoundedHebb(Bounding.HARD, bound),
            bound -> new BoundedHebb(Bounding.SOFT, bound),
            bound -> new Neuromodulated(FanOut.NONE, bound),
            bound -> new Neuromodulated(FanOut.PER_NEURON, bound),
            Retroactive::new);

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.0, -1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void aBoundThatIsNoPositiveNumberIsRefused(double bound) {
        for (DoubleFunction<PlasticityRule> rule : BOUNDED) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> rule.apply(bound))
                    .withMessage("Plasticity rule: expected a finite bound above 0, found " + bound + ".");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> PlasticityRule.of(rule.apply(1).key(), bound));
        }
    }

    @Test
    void everyRuleIsFoundByItsKeyWithItsBound() {
        Stream.concat(Stream.of(new DecayingHebb(), new Oja()), BOUNDED.stream().map(rule -> rule.apply(0.25)))
                .forEach(rule -> {
                    assertThat(PlasticityRule.of(rule.key(), 0.25)).isEqualTo(rule);
                    assertThat(rule.bound())
                            .isEqualTo(
                                    rule instanceof DecayingHebb || rule instanceof Oja
                                            ? Double.POSITIVE_INFINITY
                                            : 0.25);
                });
    }

    @Test
    void anUnknownKeyIsRefusedWithThoseThereAre() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PlasticityRule.of("hebb", 1))
                .withMessage("Plasticity rule: expected one of decaying_hebb, oja, hard_bound, soft_bound,"
                        + " neuromodulated, neuromodulated_fan_out, retroactive, stpn, abcd, gated, saturating, two_traces, ties,"
                        + " random_rule, normalised, antisymmetric, exchanged, found \"hebb\".");
    }
}
