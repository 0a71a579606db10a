package org.plastic4j.playground.draw;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.cell.PlasticParameters;
import org.plastic4j.core.cell.PlasticReadout;
import org.plastic4j.core.convolution.ConvolutionLayer;
import org.plastic4j.core.convolution.ConvolutionParameters;
import org.plastic4j.core.convolution.ConvolutionStack;
import org.plastic4j.core.encoder.FusedEncoder;
import org.plastic4j.core.lifetime.LifetimeOutputs;
import org.plastic4j.core.readout.FusedReadout;
import org.plastic4j.core.readout.ReadoutInputs;
import org.plastic4j.data.omniglot.Characters;
import org.plastic4j.playground.network.TrainedNetwork;
import org.plastic4j.training.network.RuleNames;

/** The network of the Omniglot experiment, one drawing at a time. */
public final class DrawingNetwork {
    private static final String DRAWING = "drawing";
    private static final String DRIVE = "drive";
    private static final String TRACE = "trace";

    private final SameDiff graph = SameDiff.create();
    private final PlasticReadout readout;
    private final double labelClamp;
    private final String y;
    private final String next;

    /**
     * A drawing that the network sees.
     *
     * @param pixels {@link Characters#SIDE} by SIDE, from 0 for paper to 1 for ink
     * @param label the class that it is told to be of; empty for one that it is asked for
     */
    public record Sight(float[] pixels, OptionalInt label) {}

    /**
     * What the network makes of a drawing.
     *
     * @param probabilities one a class, before the trace changes
     * @param trace the Hebbian trace of the readout after it, [features, classes]
     */
    public record Step(float[] probabilities, float[] trace) {}

    /**
     * Builds the network.
     *
     * @param trained a network of the Omniglot experiment
     * @throws IllegalArgumentException if its parameters are not those of its settings
     */
    public DrawingNetwork(TrainedNetwork trained) {
        TrainedNetwork.Origin origin = trained.origin();
        ConvolutionStack stack = new ConvolutionStack(
                Characters.SIDE,
                Characters.SIDE,
                1,
                Collections.nCopies(
                        origin.integer("network.layers"),
                        new ConvolutionLayer(
                                origin.integer("network.kernel"),
                                origin.integer("network.stride"),
                                origin.integer("network.filters"))));
        readout = new PlasticReadout(
                stack.output().length(),
                origin.integer("task.ways"),
                Alpha.valueOf(
                        origin.setting("network.alpha").toUpperCase(Locale.ROOT).replace('-', '_')),
                RuleNames.rule(origin.setting("network.rule")));
        labelClamp = origin.number("network.labelClamp");
        SDVariable drawing = graph.placeHolder(DRAWING, DataType.FLOAT, 1, stack.height(), stack.width(), 1);
        SDVariable drive = graph.placeHolder(DRIVE, DataType.FLOAT, 1, 1, readout.outputs());
        SDVariable trace = graph.placeHolder(TRACE, DataType.FLOAT, 1, readout.inputs(), readout.outputs());
        SDVariable features = new FusedEncoder()
                .encode(
                        graph,
                        "embedding",
                        stack,
                        ConvolutionParameters.create(graph, stack, trained.parameters()),
                        drawing)
                .reshape(1, 1, readout.inputs());
        LifetimeOutputs step = new FusedReadout()
                .build(
                        graph,
                        "step",
                        readout,
                        PlasticParameters.create(graph, readout, trained.parameters()),
                        ReadoutInputs.of(features, drive).from(trace));
        y = step.y().name();
        next = step.hebb().orElseThrow().name();
    }

    /** @return how many classes there are */
    public int classes() {
        return readout.outputs();
    }

    /** @return how many features a drawing has: the rows of a trace */
    public int features() {
        return readout.inputs();
    }

    /**
     * Lives a lifetime from its beginning, when the trace is zero.
     *
     * @param lifetime what the network sees, in order
     * @return what it makes of each
     */
    public synchronized List<Step> run(List<Sight> lifetime) {
        List<Step> steps = new ArrayList<>();
        float[] trace = new float[readout.inputs() * readout.outputs()];
        for (Sight sight : lifetime) {
            float[] drive = new float[readout.outputs()];
            sight.label().ifPresent(label -> drive[label] = (float) labelClamp);
            try (INDArray pixels =
                            Nd4j.createFromArray(sight.pixels()).reshape('c', 1, Characters.SIDE, Characters.SIDE, 1);
                    INDArray clamp = Nd4j.createFromArray(drive).reshape('c', 1, 1, readout.outputs());
                    INDArray before =
                            Nd4j.createFromArray(trace).reshape('c', 1, readout.inputs(), readout.outputs())) {
                Map<String, INDArray> outputs =
                        graph.output(Map.of(DRAWING, pixels, DRIVE, clamp, TRACE, before), y, next);
                trace = values(outputs.get(next));
                steps.add(new Step(values(outputs.get(y)), trace));
            }
        }
        return steps;
    }

    private static float[] values(INDArray array) {
        try (INDArray copy = array.dup('c')) {
            return copy.data().asFloat();
        }
    }
}
