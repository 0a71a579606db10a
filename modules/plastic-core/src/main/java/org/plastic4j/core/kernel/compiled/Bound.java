package org.plastic4j.core.kernel.compiled;

import java.util.IdentityHashMap;
import java.util.Map;
import org.plastic4j.core.kernel.compiled.LoopBuilder.Bits;
import org.plastic4j.core.kernel.compiled.LoopBuilder.Vector;

/** A range around zero, made before a loop. Vectors are given as variables, since both operations may read one twice. */
interface Bound {
    /** The vector, its values limited to the range. */
    Vector clip(Vector a);

    /** {@code then} where {@code a} lies within the range or on its ends, else 0. */
    Vector within(Vector a, Vector then);

    /** {@code then} where {@code a} lies within the range and not on its ends, else 0. */
    Vector inside(Vector a, Vector then);

    /** By the larger and the smaller of two: branches would keep the compiler from making vectors of a loop. */
    record ByExtremes(LoopBuilder loop, float limit) implements Bound {
        /** Times this, the difference of two neighbouring floats near a limit is much more than 1. */
        private static final float LARGE = 1e38f;

        @Override
        public Vector clip(Vector a) {
            return a.min(loop.number(limit)).max(loop.number(-limit));
        }

        @Override
        public Vector within(Vector a, Vector then) {
            return then.mul(zeroOrOne(room(a).add(loop.number(1))));
        }

        @Override
        public Vector inside(Vector a, Vector then) {
            return then.mul(zeroOrOne(room(a)));
        }

        /** Between a value and the next bound, as a large number; negative outside. */
        private Vector room(Vector a) {
            return loop.number(limit).sub(a.abs()).mul(loop.number(LARGE));
        }

        private Vector zeroOrOne(Vector a) {
            return a.min(loop.number(1)).max(loop.zero());
        }
    }

    /** Without the sign, floats are ordered as the integers of their bits are. */
    final class ByBits implements Bound {
        private static final int LAST_BIT = 31;

        private final LoopBuilder loop;
        private final Bits limit;
        private final Bits above;
        private final Bits magnitude;
        /** What has been formed of a vector, since clip and gradient ask for the same. */
        private final Map<Vector, Bits> sizes = new IdentityHashMap<>();

        ByBits(LoopBuilder loop, float limit) {
            this.loop = loop;
            this.limit = loop.let(loop.number(limit).bits());
            above = loop.let(this.limit.plus(1));
            magnitude = loop.let(
                    loop.number(Float.intBitsToFloat(Integer.MAX_VALUE)).bits());
        }

        private Bits size(Vector a) {
            Bits known = sizes.get(a);
            if (known == null) {
                known = loop.let(a.bits().and(magnitude));
                sizes.put(a, known);
            }
            return known;
        }

        @Override
        public Vector clip(Vector a) {
            Bits size = size(a);
            return size.min(limit).or(a.bits().xor(size)).floats();
        }

        @Override
        public Vector within(Vector a, Vector then) {
            return lessThan(above, a, then);
        }

        @Override
        public Vector inside(Vector a, Vector then) {
            return lessThan(limit, a, then);
        }

        private Vector lessThan(Bits end, Vector a, Vector then) {
            return size(a).sub(end).shift(LAST_BIT).and(then.bits()).floats();
        }
    }
}
