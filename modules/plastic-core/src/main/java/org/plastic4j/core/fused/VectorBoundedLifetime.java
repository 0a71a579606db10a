package org.plastic4j.core.fused;

/** One thread's share of living lifetimes whose traces add up within a bound. */
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
        if (share.isJoint(m)) {
            share.forEachBlock(m, this::live);
        } else {
            share.forEachBlock(m, Share.OWN_TRACES_AT_A_TIME, this::live);
        }
    }

    private void live(Share block) {
        for (int t = 1; t <= m.steps + 1; t++) {
            step(t, clamped, block);
            if (share.isJoint(m)) {
                share.team().await();
            }
        }
    }

    /** Step t of all lifetimes of this share, when the one before is over in all shares. */
    void step(int t, boolean isClamped) {
        step(t, isClamped, share);
    }

    /**
     * Step t of some lifetimes; T + 1 brings the traces up to the end. They go through W and alpha strip by strip
     * together, which stay in the nearest cache meanwhile.
     */
    private void step(int t, boolean isClamped, Share some) {
        for (int b = some.firstLifetime(); t > 1 && b < some.endLifetime(); b++) {
            rates.follow(t - 1, b, some.firstPanel(), some.endPanel());
        }
        for (int panel = some.firstPanel(); panel < some.endPanel(); panel++) {
            for (int c = 0; c < m.layout.filled(panel); c += VectorForward.LANES.length()) {
                for (int b = some.firstLifetime(); b < some.endLifetime(); b++) {
                    forward.sweep(panel, c, t, b);
                }
            }
            for (int b = some.firstLifetime(); t <= m.steps && b < some.endLifetime(); b++) {
                VectorLifetime.activate(m, isClamped, panel, t, b);
            }
        }
    }
}
