package org.plastic4j.core.kernel.reference;

import java.util.Arrays;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.spec.Slot;

/** Gradients of a batch of lifetimes, gathered one lifetime at a time; the equations stand in docs/math.md. */
final class PlainGradients {
    private final PlainLifetimes lifetimes;
    private final int n;
    private final double[] drive;
    private final double[] w;
    private final double[] alpha;
    private final RuleNumbers rule;
    private final double[] value;
    private final double[] y0;
    private final double[] hebb0;
    private final double[] eligibility0;

    PlainGradients(PlainLifetimes lifetimes) {
        this.lifetimes = lifetimes;
        n = lifetimes.n;
        int activity = lifetimes.steps * lifetimes.batch * n;
        int traces = lifetimes.spec.traces();
        drive = new double[activity];
        w = new double[n * n];
        alpha = traces > 0 ? new double[n * n] : null;
        rule = RuleNumbers.zeros(lifetimes.spec, n);
        value = lifetimes.mask == null ? null : new double[activity];
        y0 = new double[lifetimes.batch * n];
        hebb0 = traces > 0 ? new double[lifetimes.batch * n * n] : null;
        eligibility0 = traces > 1 ? new double[lifetimes.batch * n * n] : null;
    }

    double[] of(Slot slot) {
        return switch (slot) {
            case DRIVE -> drive;
            case W -> w;
            case ALPHA ->
                lifetimes.spec.alpha() == Alpha.SHARED
                        ? new double[] {Arrays.stream(alpha).sum()}
                        : alpha;
            case ETA, MODULATOR_WEIGHTS, MODULATOR_BIAS, FAN_OUT_WEIGHTS, FAN_OUT_BIAS -> rule.of(slot.ruleParameter());
            case VALUE -> value;
            case Y0 -> y0;
            case HEBB0 -> hebb0;
            case ELIGIBILITY0 -> eligibility0;
            case MASK -> throw new AssertionError("the mask has no gradient");
        };
    }

    /** Goes through lifetime b backwards. */
    void accumulate(int b, double[] outputs, double[] outputGradients, double[][] traceGradients) {
        PlainTraces traces = traceGradients.length == 0
                ? null
                : new PlainTraces(
                        matrix(traceGradients[0], b), traceGradients.length == 1 ? null : matrix(traceGradients[1], b));
        TraceReplay replay = new TraceReplay(lifetimes, b, outputs);
        double[] carried = new double[n];
        for (int t = lifetimes.steps; t >= 1; t--) {
            carried = back(t, b, outputs, outputGradients, replay.at(t), traces, carried);
        }
        System.arraycopy(carried, 0, y0, b * n, n);
        if (traces != null) {
            System.arraycopy(traces.hebb(), 0, hebb0, b * n * n, n * n);
        }
        if (traces != null && traces.eligibility() != null) {
            System.arraycopy(traces.eligibility(), 0, eligibility0, b * n * n, n * n);
        }
    }

    private double[] matrix(double[] matrices, int b) {
        return Arrays.copyOfRange(matrices, b * n * n, (b + 1) * n * n);
    }

    /**
     * One step back: {@code gradients}, those of the traces at t + 1, become those of the traces at t; from {@code
     * carried}, what later steps ask of y(t), follows what this one asks of y(t-1).
     */
    private double[] back(
            int t,
            int b,
            double[] outputs,
            double[] outputGradients,
            PlainTraces traces,
            PlainTraces gradients,
            double[] carried) {
        int row = lifetimes.row(t, b);
        double[] x = lifetimes.outputs(outputs, t - 1, b);
        double[] y = lifetimes.outputs(outputs, t, b);
        double[] dx = new double[n];
        double[] dy = carried.clone();
        for (int j = 0; j < n; j++) {
            dy[j] += outputGradients[row + j];
        }
        if (traces != null) {
            lifetimes.rule.back(traces, x, y, gradients, dx, dy, rule);
        }
        for (int j = 0; j < n; j++) {
            // The mask is 0 or 1, so where a neuron is free its output is tanh(pre).
            double g = dy[j] * (1 - y[j] * y[j]);
            if (value != null) {
                value[row + j] = lifetimes.mask[row + j] * dy[j];
                g *= 1 - lifetimes.mask[row + j];
            }
            drive[row + j] = g;
            throughConnections(j, g, x, traces, gradients, dx);
        }
        return dx;
    }

    /** Gradients through pre_j(t) = drive + y(t-1) (W + alpha H(t)). */
    private void throughConnections(
            int j, double g, double[] x, PlainTraces traces, PlainTraces gradients, double[] dx) {
        for (int i = 0; i < n; i++) {
            int ij = i * n + j;
            double xg = x[i] * g;
            w[ij] += xg;
            double connection = lifetimes.w[ij];
            if (traces != null) {
                alpha[ij] += traces.hebb()[ij] * xg;
                gradients.hebb()[ij] += lifetimes.alpha(ij) * xg;
                connection += lifetimes.alpha(ij) * traces.hebb()[ij];
            }
            dx[i] += connection * g;
        }
    }
}
