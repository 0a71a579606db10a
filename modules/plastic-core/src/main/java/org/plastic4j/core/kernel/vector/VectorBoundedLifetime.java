package org.plastic4j.core.kernel.vector;

import org.plastic4j.core.kernel.LifetimeTensors;
import org.plastic4j.core.spec.Slot;

/** One thread's share of living lifetimes whose traces add up within a bound, one after another. */
final class VectorBoundedLifetime {
    private final BoundedBuffers s;
    private final LifetimeBuffers m;
    private final Share share;
    private final VectorBoundedRates rates;
    private final VectorBoundedForward forward;
    private final boolean clamped;

    VectorBoundedLifetime(LifetimeTensors in, BoundedBuffers s, Share share) {
        this.s = s;
        m = s.m;
        this.share = share;
        rates = new VectorBoundedRates(in, s);
        forward = new VectorBoundedForward(
                s, BoundedTrace.of(in.spec().rule()), in.spec().rule().bound(), rates.eta());
        clamped = in.has(Slot.MASK);
    }

    void live() {
        share.forEachLifetime(m, b -> {
            for (int t = 1; t <= m.steps + 1; t++) {
                step(t, b, clamped);
                if (share.isJoint(m)) {
                    share.team().await();
                }
            }
        });
    }

    /** Step t of all lifetimes of this share, when the one before is over in all shares. */
    void step(int t, boolean isClamped) {
        for (int b = share.firstLifetime(); b < share.endLifetime(); b++) {
            step(t, b, isClamped);
        }
    }

    /** Step t of a lifetime; T + 1 brings the traces up to the end. */
    private void step(int t, int b, boolean isClamped) {
        if (t > 1) {
            rates.follow(t - 1, b, share.firstPanel(), share.endPanel());
        }
        for (int panel = share.firstPanel(); panel < share.endPanel(); panel++) {
            forward.sweep(panel, t, b);
            if (t <= m.steps) {
                VectorLifetime.activate(m, isClamped, panel, t, b);
            }
        }
    }
}
