package org.plastic4j.dl4j;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.recurrent.BaseRecurrentLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.iter.NdIndexIterator;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.plastic4j.core.cell.PlasticCell;
import org.plastic4j.core.lifetime.FusedLifetime;
import org.plastic4j.core.lifetime.UnrolledLifetime;

/** What Deeplearning4j makes of a {@link PlasticRnn}: the input weights here, the lifetime in {@link LifetimeGraph}. */
final class PlasticRnnLayer extends BaseRecurrentLayer<PlasticRnn> {
    private static final long serialVersionUID = 1;

    /** Which graph: the unrolled one is built for a length, the fused one takes any. */
    private record Kind(boolean goesOn, long steps) {}

    /** What the layer sees, as the lifetime takes it: the input [T B, nIn] and the drive [T, B, n]. */
    private record Seen(INDArray input, INDArray drive) {}

    private final transient Map<Kind, LifetimeGraph> graphs = new HashMap<>();
    /**
     * What the last forward pass went on from. The gradient is that of what was lived: in truncated backpropagation a
     * MultiLayerNetwork carries the state forward, and then asks for the gradient as if there had been none.
     */
    private transient Map<String, INDArray> startedFrom = Map.of();

    PlasticRnnLayer(NeuralNetConfiguration conf, DataType dataType) {
        super(conf, dataType);
    }

    @Override
    public Type type() {
        return Type.RECURRENT;
    }

    @Override
    public boolean isPretrainLayer() {
        return false;
    }

    /** In the order of the flat array itself. */
    @Override
    public void setParams(INDArray values) {
        if (values != paramsFlattened) {
            paramsFlattened.assign(values.reshape(paramsFlattened.shape()));
        }
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        return build(Map.of(), training, workspaces, null);
    }

    @Override
    public INDArray rnnTimeStep(INDArray input, LayerWorkspaceMgr workspaces) {
        setInput(input, workspaces);
        return build(stateMap, false, workspaces, stateMap);
    }

    @Override
    public INDArray rnnActivateUsingStoredState(
            INDArray input, boolean training, boolean storeLastForTBPTT, LayerWorkspaceMgr workspaces) {
        setInput(input, workspaces);
        return build(stateMap, training, workspaces, storeLastForTBPTT ? tBpttStateMap : null);
    }

    /**
     * Lives the input.
     *
     * @param start the state to go on from; empty for rest
     * @param end where the final state goes; null if it is not wanted
     * @return y, [B, n, T]
     */
    private INDArray build(
            Map<String, INDArray> start, boolean training, LayerWorkspaceMgr workspaces, Map<String, INDArray> end) {
        assertInputSet(false);
        PlasticCell cell = layerConf().cell();
        if (end != null && !cell.states().isEmpty()) {
            throw mistake("expected a rule without states of neurons to go on with later, found "
                    + cell.rule().key() + ".");
        }
        startedFrom = Map.copyOf(start);
        applyDropOutIfNecessary(training, workspaces);
        MemoryWorkspace none = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces();
        try {
            Seen seen = see(training, workspaces);
            long steps = seen.drive.size(0);
            requireRest(training, workspaces);
            Map<String, INDArray> lived = graph(!start.isEmpty(), steps)
                    .build(inCell(training, workspaces), seen.drive, started(start, seen), end != null);
            INDArray y = lived.get(LifetimeGraph.Y);
            if (end != null) {
                Map<String, INDArray> state = new HashMap<>(lived);
                state.put(
                        LifetimeGraph.Y,
                        y.get(NDArrayIndex.point(steps - 1), NDArrayIndex.all(), NDArrayIndex.all())
                                .dup('c'));
                end.clear();
                end.putAll(state);
            }
            INDArray output = workspaces.dup(ArrayType.ACTIVATIONS, masked(y).permute(1, 2, 0), 'f');
            y.close();
            return output;
        } finally {
            none.close();
        }
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        return backprop(epsilon, startedFrom, workspaces);
    }

    @Override
    public Pair<Gradient, INDArray> tbpttBackpropGradient(
            INDArray epsilon, int tbpttBackLength, LayerWorkspaceMgr workspaces) {
        if (tbpttBackLength < input.size(2)) {
            throw mistake("expected a backward length of truncated BPTT of at least the segment's " + input.size(2)
                    + " steps, found " + tbpttBackLength + ".");
        }
        return backprop(epsilon, startedFrom, workspaces);
    }

    private Pair<Gradient, INDArray> backprop(
            INDArray epsilon, Map<String, INDArray> start, LayerWorkspaceMgr workspaces) {
        assertInputSet(true);
        applyDropOutIfNecessary(true, workspaces);
        MemoryWorkspace none = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces();
        try {
            Seen seen = see(true, workspaces);
            long steps = seen.drive.size(0);
            long batch = seen.drive.size(1);
            INDArray slope = masked(epsilon.castTo(dataType).permute(2, 0, 1).dup('c'));
            Map<String, INDArray> found = graph(!start.isEmpty(), steps)
                    .gradients(inCell(true, workspaces), seen.drive, started(start, seen), slope);
            Gradient gradient = new DefaultGradient(gradientsFlattened);
            INDArray ofDrive = sinceBeginning(found.get(LifetimeGraph.DRIVE))
                    .reshape('c', steps * batch, layerConf().getNOut());
            gradientViews.forEach((key, view) -> {
                switch (key) {
                    case PlasticParamInitializer.INPUT_WEIGHTS ->
                        view.assign(seen.input.transpose().mmul(ofDrive));
                    case PlasticParamInitializer.BIAS -> view.assign(ofDrive.sum(0));
                    // In a lifetime of one step, no other parameter has a part.
                    default -> {
                        INDArray value = found.get(PlasticParamInitializer.inCell(key));
                        view.assign(value == null ? view.like() : value);
                    }
                }
                gradient.gradientForVariable().put(key, view);
            });
            INDArray weights = getParamWithNoise(PlasticParamInitializer.INPUT_WEIGHTS, true, workspaces);
            INDArray ofInput = ofDrive.mmul(weights.transpose())
                    .reshape('c', steps, batch, layerConf().getNIn())
                    .permute(1, 2, 0);
            INDArray next = workspaces.dup(ArrayType.ACTIVATION_GRAD, ofInput, 'f');
            found.values().stream().filter(Objects::nonNull).forEach(INDArray::close);
            weightNoiseParams.clear();
            return new Pair<>(gradient, backpropDropOutIfPresent(next));
        } finally {
            none.close();
        }
    }

    private Seen see(boolean training, LayerWorkspaceMgr workspaces) {
        long inputs = layerConf().getNIn();
        if (input.rank() != 3 || input.size(1) != inputs) {
            throw mistake("expected an input of shape [batch, " + inputs + ", time], found "
                    + Arrays.toString(input.shape()) + ".");
        }
        requireFinite("input", input);
        params.forEach(this::requireFinite);
        long batch = input.size(0);
        long steps = input.size(2);
        INDArray flat = input.castTo(dataType).permute(2, 0, 1).dup('c').reshape('c', steps * batch, inputs);
        INDArray drive = flat.mmul(getParamWithNoise(PlasticParamInitializer.INPUT_WEIGHTS, training, workspaces))
                .addiRowVector(getParamWithNoise(PlasticParamInitializer.BIAS, training, workspaces))
                .dup('c')
                .reshape('c', steps, batch, layerConf().getNOut());
        requireFinite("x W + b", drive);
        return new Seen(flat, sinceBeginning(drive));
    }

    /** What the lifetime would reject as well, but by its own names and without the layer's. */
    private void requireFinite(String tensor, INDArray array) {
        // Only a sum that is not finite is worth a look at every value; one of finite values may overflow.
        if (Double.isFinite(array.sumNumber().doubleValue())) {
            return;
        }
        NdIndexIterator indices = new NdIndexIterator('c', array.shape());
        while (indices.hasNext()) {
            long[] index = indices.next();
            double value = array.getDouble(index);
            if (!Double.isFinite(value)) {
                throw mistake(
                        tensor + ": expected finite numbers, found " + value + " at " + Arrays.toString(index) + ".");
            }
        }
    }

    private IllegalArgumentException mistake(String sentence) {
        return new IllegalArgumentException("PlasticRnn, " + layerId() + ": " + sentence);
    }

    private Map<String, INDArray> started(Map<String, INDArray> start, Seen seen) {
        long batch = seen.drive.size(1);
        if (!start.isEmpty() && start.get(LifetimeGraph.Y).size(0) != batch) {
            throw mistake("expected " + start.get(LifetimeGraph.Y).size(0)
                    + " examples as in the state to go on from, found " + batch
                    + "; rnnClearPreviousState begins anew.");
        }
        start.forEach((name, state) -> requireFinite(name + " of the state to go on from", state));
        for (int b = 0; !start.isEmpty() && maskArray != null && b < batch; b++) {
            int first = firstStep(b);
            if (first > 0
                    && first < maskArray.size(1)
                    && start.get(LifetimeGraph.Y).getRow(b).amaxNumber().doubleValue() > 0) {
                throw mistake("expected a mask that begins with 1, since the lifetime of example " + b
                        + " has begun before and does not pause, found 0 at step 0.");
            }
        }
        return start;
    }

    /** The cell's parameters, by its names. */
    private Map<String, INDArray> inCell(boolean training, LayerWorkspaceMgr workspaces) {
        Map<String, INDArray> values = new HashMap<>();
        params.keySet()
                .forEach(key ->
                        values.put(PlasticParamInitializer.inCell(key), getParamWithNoise(key, training, workspaces)));
        return values;
    }

    private LifetimeGraph graph(boolean goesOn, long steps) {
        boolean fused = layerConf().execution() == Execution.FUSED;
        return graphs.computeIfAbsent(
                new Kind(goesOn, fused ? 0 : steps),
                kind -> new LifetimeGraph(
                        layerConf().cell(),
                        fused ? new FusedLifetime() : new UnrolledLifetime((int) steps),
                        dataType,
                        kind.goesOn));
    }

    /** Sets what lies before an example's beginning and behind its end to zero, in place. */
    private INDArray masked(INDArray timeMajor) {
        if (maskArray == null) {
            return timeMajor;
        }
        long[] shape = timeMajor.shape();
        INDArray mask = maskArray.castTo(dataType).transpose().dup('c').reshape('c', shape[0], shape[1], 1);
        return timeMajor.muli(mask.broadcast(shape));
    }

    /**
     * Sets what lies before an example's beginning to zero, in place. Without an external input, neurons and traces that
     * are at rest stay at rest: so a lifetime begins at its first step, wherever that is.
     */
    private INDArray sinceBeginning(INDArray timeMajor) {
        for (int b = 0; maskArray != null && b < timeMajor.size(1); b++) {
            int first = firstStep(b);
            if (first > 0) {
                timeMajor
                        .get(NDArrayIndex.interval(0, first), NDArrayIndex.point(b), NDArrayIndex.all())
                        .assign(0);
            }
        }
        return timeMajor;
    }

    /** A rule of somebody else's may change traces that nothing happens to: then no lifetime can begin late. */
    private void requireRest(boolean training, LayerWorkspaceMgr workspaces) {
        for (int b = 0; maskArray != null && b < maskArray.size(0); b++) {
            if (firstStep(b) > 0) {
                INDArray nothing = Nd4j.zeros(dataType, 2, 1, layerConf().getNOut());
                graph(false, 2)
                        .build(inCell(training, workspaces), nothing, Map.of(), true)
                        .forEach((name, state) -> {
                            if (state.amaxNumber().doubleValue() != 0) {
                                throw mistake("expected a mask that begins with 1, since with the rule "
                                        + layerConf().cell().rule().key() + " " + name
                                        + " does not stay at rest, found 0.");
                            }
                            state.close();
                        });
                return;
            }
        }
    }

    /** The first step with a 1 in an example's mask; the number of steps if there is none. */
    private int firstStep(int example) {
        int steps = (int) maskArray.size(1);
        for (int t = 0; t < steps; t++) {
            if (maskArray.getDouble(example, t) != 0) {
                return t;
            }
        }
        return steps;
    }

    /** Examples of different lengths pass; the layers above see the same mask, as those above an LSTM do. */
    @Override
    public Pair<INDArray, MaskState> feedForwardMaskArray(
            INDArray mask, MaskState currentMaskState, int minibatchSize) {
        if (mask != null) {
            requireEnds(mask);
        }
        setMaskArray(mask);
        return new Pair<>(mask, MaskState.Passthrough);
    }

    private void requireEnds(INDArray mask) {
        for (int b = 0; b < mask.size(0); b++) {
            double before = 0;
            boolean ended = false;
            for (int t = 0; t < mask.size(1); t++) {
                double now = mask.getDouble(b, t);
                ended |= now < before;
                if (now != 0 && now != 1 || ended && now == 1) {
                    throw mistake(
                            "expected a mask of 1 from an example's beginning to its end and 0 before and behind it, since"
                                    + " a lifetime does not pause, found " + now + " at step " + t + " of example " + b
                                    + ".");
                }
                before = now;
            }
        }
    }
}
