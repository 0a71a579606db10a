package org.plastic4j.core.fused;

/** One thread's share of living lifetimes whose traces add up within a bound, one after another. */
final class VectorBoundedLifetime {
    private final BoundedBuffers s;
    private final LifetimeBuffers m;
    private final Share share;
    private final BoundedRates rates;
    private final VectorBoundedForward forward;
    private final boolean clamped;

    VectorBoundedLifetime(LifetimeTensors in, BoundedBuffers s, Share share) {
        this.s = s;
        m = s.m;
        this.share = share;
        rates = new BoundedRates(in, s);
        forward = new VectorBoundedForward(
                s, BoundedTrace.of(in.spec().rule()), in.spec().rule().bound(), rates.eta());
        clamped = in.has(Slot.MASK);
    }

    void live() {
        for (int b = share.firstLifetime(); b < share.endLifetime(); b++) {
            for (int t = 1; t <= m.steps + 1; t++) {
                step(t, b);
            }
        }
    }

    /** Step t of a lifetime; T + 1 brings the traces up to the end. */
    private void step(int t, int b) {
        if (t > 1) {
            rates.follow(t - 1, b, share.firstPanel(), share.endPanel());
        }
        for (int panel = share.firstPanel(); panel < share.endPanel(); panel++) {
            forward.sweep(panel, t, b);
            if (t <= m.steps) {
                activate(panel, t, b);
            }
        }
        if (share.isJoint(m)) {
            share.team().await();
        }
    }

    /** From pre(t) to y(t). */
    private void activate(int panel, int t, int b) {
        int row = m.row(t, b);
        int dense = ((t - 1) * m.batch + b) * m.n;
        for (int j = m.layout.start(panel); j < m.layout.end(panel); j++) {
            boolean held = clamped && m.mask[dense + j] != 0;
            m.y[row + j] = held ? m.value[dense + j] : (float) StrictMath.tanh(m.y[row + j]);
        }
    }
}
