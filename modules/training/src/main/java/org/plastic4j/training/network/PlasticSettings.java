package org.plastic4j.training.network;

import java.util.Optional;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.cell.Initialisation;
import org.plastic4j.core.cell.PlasticCell;
import org.plastic4j.training.Decimals;
import org.plastic4j.training.config.Kebab;
import org.plastic4j.training.config.Require;

/**
 * A plastic layer: what it is, how it begins and how it is executed.
 *
 * @param alpha a plasticity coefficient per connection, one shared by all, or absent for a network without plasticity
 * @param rule how Hebbian traces change
 * @param bound what traces are kept within, for the rules that have a bound; 1 where it is empty
 * @param weightScale standard deviation of the initial fixed weights
 * @param alphaScale standard deviation of the initial plasticity coefficients
 * @param eta initial plasticity rate, for the rules that have one
 * @param execution how lifetimes are executed
 */
public record PlasticSettings(
        Alpha alpha,
        Rule rule,
        Optional<Double> bound,
        double weightScale,
        double alphaScale,
        double eta,
        Execution execution) {
    /** Checks the settings. */
    public PlasticSettings {
        bound.ifPresent(value -> {
            Require.that("bound", value, rule.isBounded(), "none for the rule " + Kebab.of(rule) + ", which has none");
            Require.positive("bound", value);
        });
        Require.notNegative("weightScale", weightScale);
        Require.notNegative("alphaScale", alphaScale);
        Require.notNegative("eta", eta);
        double largest = rule.rule(Rule.USUAL_BOUND).largestInitialEta();
        Require.that(
                "eta",
                eta,
                eta <= largest,
                "a number from 0 to %s to begin the rule %s with"
                        .formatted(Decimals.shortest(largest), Kebab.of(rule)));
    }

    /**
     * @param neurons the layer's size
     * @return the layer
     */
    public PlasticCell cell(int neurons) {
        return new PlasticCell(neurons, alpha, rule.rule(bound.orElse(Rule.USUAL_BOUND)));
    }

    /** @return how its parameters begin */
    public Initialisation initialisation() {
        return new Initialisation(weightScale, alphaScale, eta);
    }
}
