package org.plastic4j.core.kernel.vector;

import java.lang.ref.SoftReference;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.kernel.LifetimeTensors;
import org.plastic4j.core.kernel.compiled.RuleProgram;
import org.plastic4j.core.spec.LifetimeSpec;

/**
 * The fast kernel's memory for one shape of lifetimes, pooled from call to call. Row vectors are padded to {@code
 * layout.columns}, matrices are in panels; padding is zero throughout.
 */
final class LifetimeBuffers {
    /** How many updates of a trace are held beside it before they are written into it. */
    static final int RANK = 8;

    /** One set is pooled for the next call, unless memory is short or the shape changes. */
    private static final AtomicReference<SoftReference<LifetimeBuffers>> POOLED =
            new AtomicReference<>(new SoftReference<>(null));

    final PanelLayout layout;
    final int steps;
    final int batch;
    final int n;
    final Alpha alphaKind;
    /** Whether a lifetime's rows lie together, for rules that go through lifetimes one by one; else a step's do. */
    private final boolean lifetimesTogether;

    private final int nextRow;
    private final int nextLifetime;
    /** Length of a matrix in panels. */
    final int size;
    /** Lifetimes whose traces are in memory at a time: one after another takes the memory of {@link #matrix}. */
    final int held;

    /** y(0) .. y(T) by {@link #row}: a step's row holds its drive, then its pre-activations, then its outputs. */
    final float[] y;

    final float[] w;
    /** A matrix, also where all connections share one coefficient. */
    final float[] alpha;
    /**
     * A trace for each lifetime that is held: the current one of the forward pass. Empty for rules that add up within a
     * bound, whose traces are in {@link RuleBuffers}.
     */
    final float[] hebb;
    /** Factors of the deferred updates, see {@link VectorForward}: scale [B, columns] and q [B, RANK, columns]. */
    final float[] scale;

    final float[] q;

    /** The clamp mask and values as they came in, [T, B, n]; null until lifetimes are clamped. */
    float[] mask;

    float[] value;

    /** As many zeros as the widest vector holds. */
    final float[] zeros = new float[PanelLayout.COLUMN_UNIT];
    /**
     * The trace before the first step, where none is given: two column blocks of zeros, which are read in the place of all
     * others and stay in the cache.
     */
    final float[] noTrace;

    /** Made when the first gradient is asked for. */
    private GradientBuffers gradients;
    /** Made then too; null where there are none, or too many. */
    private PairSums pairs;
    /** Whether they are of the lifetime that is in these buffers. */
    private boolean pairsStored;
    /** Made for the first rule that is compiled. */
    private RuleBuffers rule;
    /** By thread. */
    private final Map<Integer, Scratch> scratch = new ConcurrentHashMap<>();

    private LifetimeBuffers(
            int steps, int batch, int n, Alpha alphaKind, boolean lifetimesTogether, int blockWidth, boolean holdsAll) {
        this.lifetimesTogether = lifetimesTogether;
        this.steps = steps;
        this.batch = batch;
        this.n = n;
        this.alphaKind = alphaKind;
        layout = new PanelLayout(n, blockWidth);
        size = layout.size();
        boolean plastic = alphaKind != Alpha.ABSENT;
        if (lifetimesTogether) {
            held = 1;
        } else {
            held = holdsAll || layout.panels == 1 ? batch : Math.min(batch, Partition.atATime(size));
        }
        requireRoom((long) held * size, "traces");
        int vectors = Math.multiplyExact(batch, layout.columns);
        nextRow = PanelLayout.apart(lifetimesTogether ? layout.columns : vectors);
        nextLifetime = lifetimesTogether ? Math.multiplyExact(steps + 1, nextRow) : layout.columns;
        long rows = (long) (steps + 1) * nextRow * (lifetimesTogether ? batch : 1);
        if (lifetimesTogether) {
            requireRoom(rows, "outputs");
        }
        y = new float[PanelLayout.padded(Math.toIntExact(rows))];
        w = new float[size];
        alpha = new float[plastic ? size : 0];
        hebb = new float[plastic && !lifetimesTogether ? Math.multiplyExact(held, size) : 0];
        noTrace = new float[plastic ? PanelLayout.padded(2 * blockWidth * layout.blockRows) : 0];
        scale = new float[vectors];
        q = new float[PanelLayout.padded(vectors * RANK)];
    }

    /** Rejects sizes whose indices {@link PanelLayout#INDICES} would mix up. */
    static void requireRoom(long elements, String what) {
        if (elements > PanelLayout.INDICES) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "Expected at most %,d elements in the %s of a batch, found %,d with their padding; "
                            + "make the batch smaller.",
                    PanelLayout.INDICES,
                    what,
                    elements));
        }
    }

    /**
     * Memory for a call.
     *
     * @param blockWidth how many columns a vector has
     * @param together whether the steps of a lifetime lie together
     */
    static LifetimeBuffers acquire(LifetimeTensors in, int blockWidth, boolean together) {
        LifetimeBuffers pooled = POOLED.getAndSet(new SoftReference<>(null)).get();
        Alpha alpha = in.spec().alpha();
        boolean fits = pooled != null
                && pooled.steps == in.steps()
                && pooled.batch == in.batch()
                && pooled.n == in.neurons()
                && pooled.alphaKind == alpha
                && pooled.lifetimesTogether == together;
        return fits ? pooled : of(in, in.steps(), blockWidth, together, false);
    }

    /** Memory for a {@link StepWindow}, which no other call gets, with the traces of all lifetimes at a time. */
    static LifetimeBuffers ofWindow(LifetimeTensors in, int blockWidth, boolean together) {
        return of(in, StepWindow.STEPS, blockWidth, together, true);
    }

    private static LifetimeBuffers of(
            LifetimeTensors in, int steps, int blockWidth, boolean together, boolean holdsAll) {
        LifetimeSpec spec = in.spec();
        return new LifetimeBuffers(steps, in.batch(), in.neurons(), spec.alpha(), together, blockWidth, holdsAll);
    }

    /**
     * Keeps this memory for the next call, unless the lifetimes in it overflowed to infinity or NaN: from the padding, where zeros have
     * to be, these would spread to lifetimes that have nothing to do with them.
     *
     * @param finite whether all that the call computed for every step and neuron is a number
     */
    void release(boolean finite) {
        if (finite) {
            POOLED.set(new SoftReference<>(this));
        }
    }

    GradientBuffers gradients() {
        if (gradients == null) {
            gradients = new GradientBuffers(this);
            pairs = lifetimesTogether ? null : PairSums.of(this);
        }
        return gradients;
    }

    /** For the sums of a lifetime from its first step on: null while no gradient has been asked for. */
    PairSums pairs() {
        return pairs;
    }

    boolean arePairsStored() {
        return pairsStored;
    }

    void setPairsStored(boolean checkpoints) {
        pairsStored = checkpoints;
    }

    RuleBuffers rule(RuleProgram program) {
        if (rule == null || rule.program != program) {
            rule = new RuleBuffers(this, program);
        }
        return rule;
    }

    /** The arrays of a thread's next piece of work. */
    Scratch scratch(int thread) {
        return scratch.computeIfAbsent(thread, missing -> new Scratch()).begin();
    }

    /** Makes room for a clamp. */
    void prepareClamp() {
        if (mask == null) {
            mask = new float[steps * batch * n];
            value = new float[mask.length];
        }
    }

    boolean isPlastic() {
        return alphaKind != Alpha.ABSENT;
    }

    /** How many chunks of RANK steps there are; the last one may have fewer. */
    int chunks() {
        return (steps + RANK - 1) / RANK;
    }

    /** Where step t of lifetime b begins in {@link #mask} and {@link #value}. */
    int clampRow(int t, int b) {
        return ((t - 1) * batch + b) * n;
    }

    /** Where y(t) of lifetime b begins. */
    int row(int t, int b) {
        return PanelLayout.START + t * nextRow + b * nextLifetime;
    }

    /** From y(t) of a lifetime to its y(t+1). */
    int nextRow() {
        return nextRow;
    }

    /** Where the matrix of lifetime b begins among those of all lifetimes that are held. */
    int matrix(int b) {
        return b % held * size;
    }

    /** Where a column block of a lifetime's trace begins; the next column block follows as in any matrix. */
    int traceAt(float[] trace, int b, int column) {
        return trace == noTrace ? PanelLayout.START : matrix(b) + layout.at(column, 0);
    }

    /** Where factor s of lifetime b begins in q. */
    int factor(int b, int s) {
        return PanelLayout.START + (b * RANK + s) * layout.columns;
    }
}
