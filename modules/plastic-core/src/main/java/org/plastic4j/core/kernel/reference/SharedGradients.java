package org.plastic4j.core.kernel.reference;

import java.util.Arrays;
import org.plastic4j.core.cell.PlasticLayer;
import org.plastic4j.core.kernel.WorkerGroup;

/**
 * The gradients of what all lifetimes share: sums over them.
 *
 * @param w n rows of m
 * @param alpha likewise, one for each connection also where they share it; no rows where the layer is not plastic
 * @param rule of the rule's parameters
 */
record SharedGradients(double[][] w, double[][] alpha, RuleValues rule) {
    static SharedGradients zeros(PlasticLayer layer) {
        int n = layer.outputs();
        int m = layer.inputs();
        return new SharedGradients(new double[n][m], new double[layer.isPlastic() ? n : 0][m], RuleValues.zeros(layer));
    }

    void clear() {
        Arrays.stream(w).forEach(row -> Arrays.fill(row, 0));
        Arrays.stream(alpha).forEach(row -> Arrays.fill(row, 0));
        rule.clear();
    }

    /** Adds others, the part of one of so many threads. */
    void add(SharedGradients others, int member, int members) {
        int end = WorkerGroup.part(w.length, member + 1, members);
        for (int j = WorkerGroup.part(w.length, member, members); j < end; j++) {
            Rows.add(others.w[j], w[j]);
            if (j < alpha.length) {
                Rows.add(others.alpha[j], alpha[j]);
            }
        }
        if (member == 0) {
            rule.add(others.rule);
        }
    }
}
