package org.plastic4j.core.kernel.reference;

/** One thread's backward pass through one lifetime after another; the equations stand in docs/math.md. */
final class BackwardPass {
    private final ReferenceLifetimes lifetimes;
    private final ReferenceGradients into;
    private final double[][] outputs;
    private final double[][] outputGradients;
    private final double[][] lastGradients;
    private final TraceReplay replay;
    /** G, the gradient with respect to the traces: of step t + 1, then of step t. */
    private final ReferenceTraces traceGradients;
    /** The last lifetime's. */
    final SharedGradients shared;

    /**
     * Sets up what a thread works with.
     *
     * @param outputs y, a row for each step and lifetime
     * @param outputGradients of the loss with respect to y, likewise
     * @param lastGradients with respect to the final traces, [B, m, n] of each kind; none of them where they are zero
     */
    BackwardPass(
            ReferenceLifetimes lifetimes,
            ReferenceGradients into,
            double[][] outputs,
            double[][] outputGradients,
            double[][] lastGradients) {
        this.lifetimes = lifetimes;
        this.into = into;
        this.outputs = outputs;
        this.outputGradients = outputGradients;
        this.lastGradients = lastGradients;
        replay = new TraceReplay(lifetimes, outputs);
        traceGradients = ReferenceTraces.zeros(lifetimes.spec.layer());
        shared = SharedGradients.zeros(lifetimes.spec.layer());
    }

    /** Goes through lifetime b. */
    void run(int b) {
        shared.clear();
        traceGradients.read(lastGradients, b);
        replay.begin(b);
        // With respect to y(t), of all that follows from it in later steps.
        double[] carried = new double[lifetimes.n];
        for (int t = lifetimes.steps; t >= 1; t--) {
            double[] ofBefore = into.x == null ? new double[lifetimes.m] : into.x[lifetimes.row(t, b)];
            back(t, b, replay.at(t), carried, ofBefore);
            if (into.x == null) {
                carried = ofBefore;
            }
        }
        into.y0[b] = carried;
        traceGradients.write(into.firstTraces, b);
    }

    /**
     * One step.
     *
     * @param carried the gradient with respect to y(t) from later steps
     * @param ofBefore the gradient with respect to the pre-synaptic activity is added to it
     */
    private void back(int t, int b, ReferenceTraces traces, double[] carried, double[] ofBefore) {
        int row = lifetimes.row(t, b);
        double[] before = lifetimes.before(outputs, t, b);
        double[] y = outputs[row];
        double[] yGradient = outputGradients[row].clone();
        Rows.add(carried, yGradient);
        if (lifetimes.rule != null) {
            lifetimes.rule.back(traces, before, y, traceGradients, ofBefore, yGradient, shared.rule());
        }
        double[] preGradient = into.drive[row];
        lifetimes.preGradient(row, y, yGradient, preGradient);
        for (int j = 0; into.value != null && j < lifetimes.n; j++) {
            into.value[row][j] = lifetimes.mask[row][j] * yGradient[j];
        }
        for (int j = 0; j < lifetimes.n; j++) {
            throughConnections(j, preGradient[j], before, ofBefore);
            if (lifetimes.rule != null) {
                throughTraces(j, preGradient[j], before, traces.hebb()[j], ofBefore);
            }
        }
    }

    /** Gradients through {@code x W} of the pre-activation of neuron j. */
    private void throughConnections(int j, double g, double[] x, double[] xGradient) {
        double[] w = lifetimes.w[j];
        double[] ofW = shared.w()[j];
        // A loop for each: Java's compiler does not vectorise one that writes several arrays, which might be the same.
        for (int i = 0; i < x.length; i++) {
            ofW[i] += x[i] * g;
        }
        for (int i = 0; i < x.length; i++) {
            xGradient[i] += w[i] * g;
        }
    }

    /** Gradients through {@code x (alpha * H(t))} of the same. */
    private void throughTraces(int j, double g, double[] x, double[] hebb, double[] xGradient) {
        double[] alpha = lifetimes.alpha[j];
        double[] ofAlpha = shared.alpha()[j];
        double[] ofHebb = traceGradients.hebb()[j];
        for (int i = 0; i < x.length; i++) {
            ofAlpha[i] += hebb[i] * (x[i] * g);
        }
        for (int i = 0; i < x.length; i++) {
            xGradient[i] += alpha[i] * hebb[i] * g;
        }
        for (int i = 0; i < x.length; i++) {
            ofHebb[i] += alpha[i] * (x[i] * g);
        }
    }
}
