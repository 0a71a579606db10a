package org.plastic4j.core.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.plastic4j.core.rule.DecayingHebb;
import org.plastic4j.core.rule.Oja;
import org.plastic4j.core.rule.PlasticityRule;

class InitialisationTest {
    private static PlasticCell cell(String rule, Alpha alpha) {
        return new PlasticCell(3, alpha, PlasticityRule.of(rule, 1));
    }

    @ParameterizedTest
    @CsvSource({
        "decaying_hebb, 1.5, 1.0",
        "oja, 1.0000001, 1.0",
    })
    void anEtaPastWhatTheRuleStandsIsRefused(String rule, double eta, String largest) {
        Initialisation initialisation = new Initialisation(0.1, 0.1, eta);
        String sentence =
                "Initialisation: expected eta from 0 to " + largest + " for rule " + rule + ", found " + eta + ".";
        for (Alpha alpha : new Alpha[] {Alpha.PER_CONNECTION, Alpha.SHARED}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> initialisation.draw(cell(rule, alpha), DataType.FLOAT, 1))
                    .withMessage(sentence);
        }
        PlasticReadout readout = new PlasticReadout(3, 2, Alpha.SHARED, PlasticityRule.of(rule, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> initialisation.draw(readout, DataType.FLOAT, 1))
                .withMessage(sentence);
        // A layer without plasticity has no eta.
        assertThat(initialisation
                        .draw(cell(rule, Alpha.ABSENT), DataType.FLOAT, 1)
                        .keySet())
                .containsExactly("w");
    }

    @ParameterizedTest
    @ValueSource(strings = {"decaying_hebb", "oja", "hard_bound", "soft_bound", "retroactive"})
    void theEndsOfTheRangeAreWithinIt(String rule) {
        double largest = cell(rule, Alpha.SHARED).rule().largestInitialEta();
        for (double eta : new double[] {0, largest}) {
            assertThat(new Initialisation(0.1, 0.1, eta)
                            .draw(cell(rule, Alpha.SHARED), DataType.DOUBLE, 1)
                            .get("eta")
                            .getDouble(0))
                    .isEqualTo(eta);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1e-9, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void numbersThatAreNegativeOrNotFiniteAreRefused(double bad) {
        String found = " that is not negative, found " + bad + ".";
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Initialisation(bad, 0, 0))
                .withMessage("Initialisation: expected a finite weightScale" + found);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Initialisation(0, bad, 0))
                .withMessage("Initialisation: expected a finite alphaScale" + found);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Initialisation(0, 0, bad))
                .withMessage("Initialisation: expected a finite eta" + found);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Initialisation(0, 0, 0, bad))
                .withMessage("Initialisation: expected a finite modulatorScale" + found);
    }

    @Test
    void rulesWithoutDecayAcceptAnyEta() {
        assertThat(new DecayingHebb().largestInitialEta())
                .isEqualTo(new Oja().largestInitialEta())
                .isEqualTo(1);
        assertThat(new Initialisation(0, 0, 30)
                        .draw(cell("hard_bound", Alpha.SHARED), DataType.FLOAT, 1)
                        .get("eta")
                        .getDouble(0))
                .isEqualTo(30);
    }
}
