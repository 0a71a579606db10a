package org.plastic4j.core;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.cell.Initialisation;
import org.plastic4j.core.cell.PlasticCell;
import org.plastic4j.core.cell.PlasticParameters;
import org.plastic4j.core.cell.PlasticReadout;
import org.plastic4j.core.convolution.ConvolutionLayer;
import org.plastic4j.core.convolution.ConvolutionParameters;
import org.plastic4j.core.convolution.ConvolutionStack;
import org.plastic4j.core.encoder.FusedEncoder;
import org.plastic4j.core.lifetime.FusedLifetime;
import org.plastic4j.core.lifetime.Lifetime;
import org.plastic4j.core.lifetime.LifetimeInputs;
import org.plastic4j.core.lifetime.RecordedLifetime;
import org.plastic4j.core.readout.FusedReadout;
import org.plastic4j.core.readout.ReadoutInputs;
import org.plastic4j.core.rule.Oja;
import org.plastic4j.core.rule.PlasticityRule;

/** Small graphs, each with one of this library's ops between a placeholder "x" and the loss "loss"; all are double. */
enum SmallGraphs {
    LIFETIME(5, 4, 8) {
        @Override
        SDVariable output(SameDiff graph, SDVariable x) {
            return lifetime(new FusedLifetime(), graph, x);
        }
    },
    RECORDED(5, 4, 8) {
        @Override
        SDVariable output(SameDiff graph, SDVariable x) {
            SDVariable y = graph.constant("lived", random(7, 5, 4, 8));
            return new RecordedLifetime().build(graph, "op", CELL, cellParameters(graph, CELL), x, y);
        }
    },
    READOUT(5, 2, 6) {
        @Override
        SDVariable output(SameDiff graph, SDVariable x) {
            PlasticReadout readout = new PlasticReadout(6, 4, Alpha.PER_CONNECTION, new Oja());
            PlasticParameters parameters =
                    PlasticParameters.create(graph, readout, INITIAL.draw(readout, DataType.DOUBLE, 1));
            SDVariable drive = graph.constant("labels", random(8, 5, 2, 4));
            return new FusedReadout()
                    .build(graph, "op", readout, parameters, ReadoutInputs.of(x, drive))
                    .y();
        }
    },
    ENCODER(2, 6, 5, 1) {
        @Override
        SDVariable output(SameDiff graph, SDVariable x) {
            ConvolutionStack stack = new ConvolutionStack(6, 5, 1, List.of(new ConvolutionLayer(3, 2, 4)));
            ConvolutionParameters parameters =
                    ConvolutionParameters.create(graph, stack, ConvolutionParameters.draw(stack, DataType.DOUBLE, 1));
            return new FusedEncoder().encode(graph, "op", stack, parameters, x);
        }
    };

    static final PlasticCell CELL = new PlasticCell(8, Alpha.PER_CONNECTION, new Oja());
    private static final Initialisation INITIAL = new Initialisation(0.3, 0.3, 0.1);

    private final long[] shape;

    SmallGraphs(long... shape) {
        this.shape = shape;
    }

    abstract SDVariable output(SameDiff graph, SDVariable x);

    SameDiff graph() {
        SameDiff graph = SameDiff.create();
        return withLoss(graph, output(graph, graph.placeHolder("x", DataType.DOUBLE, shape)));
    }

    /** {@link #LIFETIME} in any execution, by any rule. */
    static SameDiff graph(Lifetime lifetime, PlasticityRule rule) {
        SameDiff graph = SameDiff.create();
        SDVariable x = graph.placeHolder("x", DataType.DOUBLE, LIFETIME.shape);
        return withLoss(graph, lifetime(lifetime, graph, x, new PlasticCell(8, Alpha.PER_CONNECTION, rule)));
    }

    private static SameDiff withLoss(SameDiff graph, SDVariable y) {
        y.mul(y).sum().rename("loss").markAsLoss();
        return graph;
    }

    static SDVariable lifetime(Lifetime lifetime, SameDiff graph, SDVariable x) {
        return lifetime(lifetime, graph, x, CELL);
    }

    private static SDVariable lifetime(Lifetime lifetime, SameDiff graph, SDVariable x, PlasticCell cell) {
        return lifetime.build(graph, "op", cell, cellParameters(graph, cell), LifetimeInputs.driven(x))
                .y();
    }

    private static PlasticParameters cellParameters(SameDiff graph, PlasticCell cell) {
        return PlasticParameters.create(graph, cell, INITIAL.draw(cell, DataType.DOUBLE, 1));
    }

    INDArray x() {
        return random(3, shape);
    }

    static INDArray random(long seed, long... shape) {
        Random random = new Random(seed);
        INDArray array = Nd4j.create(DataType.DOUBLE, shape);
        for (long k = 0; k < array.length(); k++) {
            array.putScalar(k, random.nextGaussian());
        }
        return array;
    }

    static Map<String, INDArray> fed(INDArray x) {
        return Map.of("x", x);
    }
}
