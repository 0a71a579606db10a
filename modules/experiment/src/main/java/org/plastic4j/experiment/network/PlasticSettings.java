package org.plastic4j.experiment.network;

import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.cell.Initialisation;
import org.plastic4j.core.cell.PlasticCell;
import org.plastic4j.experiment.config.Require;

/**
 * A plastic layer: what it is, how it begins and how it is executed.
 *
 * @param alpha a plasticity coefficient per connection, one shared by all, or absent for a network without plasticity
 * @param rule how Hebbian traces change
 * @param weightScale standard deviation of the initial fixed weights
 * @param alphaScale standard deviation of the initial plasticity coefficients
 * @param eta initial plasticity rate
 * @param execution how lifetimes are executed
 */
public record PlasticSettings(
        Alpha alpha, Rule rule, double weightScale, double alphaScale, double eta, Execution execution) {
    /** Checks the settings. */
    public PlasticSettings {
        Require.notNegative("weightScale", weightScale);
        Require.notNegative("alphaScale", alphaScale);
        Require.finite("eta", eta);
    }

    /**
     * @param neurons the layer's size
     * @return the layer
     */
    public PlasticCell cell(int neurons) {
        return new PlasticCell(neurons, alpha, rule.rule());
    }

    /** @return how its parameters begin */
    public Initialisation initialisation() {
        return new Initialisation(weightScale, alphaScale, eta);
    }
}
