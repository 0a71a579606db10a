package org.plastic4j.dl4j;

import java.util.Arrays;
import java.util.Collection;
import java.util.Objects;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.cell.Initialisation;
import org.plastic4j.core.cell.PlasticCell;
import org.plastic4j.core.graph.Nd4jCheck;
import org.plastic4j.core.rule.DecayingHebb;
import org.plastic4j.core.rule.PlasticityRule;

/**
 * A fully recurrent plastic layer for a {@code MultiLayerNetwork} or a {@code ComputationGraph}: that of {@link PlasticCell}
 * with input weights and a bias,
 *
 * <pre>
 * y(t) = tanh(x(t) W + b + y(t-1) (RW + alpha * H(t)))
 * </pre>
 *
 * with input {@code [B, nIn, T]} and output {@code [B, nOut, T]}. Every example of a batch is one lifetime: y and the traces
 * H begin at zero, except in {@code rnnTimeStep} and in truncated backpropagation through time, where they go on.
 *
 * <p>Parameters, all of them trained by the network's updater: {@code W} [nIn, nOut], {@code b} [nOut], {@code RW} [nOut,
 * nOut], and where the layer is plastic {@code alpha} ([nOut, nOut], or [1] where it is shared) and what the rule learns,
 * such as {@code eta} [1]. W begins by the configuration's weight initialisation, b by its bias, the others by {@link
 * Initialisation}. Regularisation is that of weights for W and RW, that of biases for b, and none for the others.
 *
 * <p>A features mask is honoured where it says that examples are of different lengths: a lifetime begins at the first 1
 * and ends at the last one, and before and after it the output and its gradient are zero. A mask with a 0 in between is
 * rejected, since a lifetime does not pause.
 */
public final class PlasticRnn extends BaseRecurrentLayer {
    private static final long serialVersionUID = 1;

    // Kept as text and numbers: this is what is written to JSON.
    /** The key of the rule. */
    @JsonProperty
    private String rule;

    /** The bound of its traces. */
    @JsonProperty
    private double bound;

    /** How much of a connection is plastic. */
    @JsonProperty
    private Alpha alpha;

    /** The standard deviation of RW at first. */
    @JsonProperty
    private double weightScale;

    /** The standard deviation of alpha at first. */
    @JsonProperty
    private double alphaScale;

    /** The plasticity rate at first. */
    @JsonProperty
    private double eta;

    /** The standard deviation of m at first. */
    @JsonProperty
    private double modulatorScale;

    /** How lifetimes are executed. */
    @JsonProperty
    private Execution execution;

    /** For JSON. */
    PlasticRnn() {}

    private PlasticRnn(Builder builder) {
        super(builder);
        rule = builder.rule.key();
        bound = Double.isFinite(builder.rule.bound()) ? builder.rule.bound() : 1;
        alpha = builder.alpha;
        weightScale = builder.initialisation.weightScale();
        alphaScale = builder.initialisation.alphaScale();
        eta = builder.initialisation.eta();
        modulatorScale = builder.initialisation.modulatorScale();
        execution = builder.execution;
        if (activationFn == null) {
            activationFn = new ActivationTanH();
        }
        initializeConstraints(builder);
    }

    /** How a layer is described. */
    // Deeplearning4j declares build() as of any type that the caller may wish for.
    @SuppressWarnings("unchecked")
    public static final class Builder extends BaseRecurrentLayer.Builder<Builder> {
        private PlasticityRule rule = new DecayingHebb();
        private Alpha alpha = Alpha.PER_CONNECTION;
        private Initialisation initialisation = new Initialisation(0.01, 0.01, 0.01);
        private Execution execution = Execution.FUSED;

        /**
         * How traces change; decaying Hebb unless it is said.
         *
         * @param rule how the trace changes
         * @return this builder
         */
        public Builder rule(PlasticityRule rule) {
            this.rule = Objects.requireNonNull(rule, "rule");
            String bias = PlasticParamInitializer.BIAS;
            if (rule.parameters().stream().anyMatch(parameter -> parameter.key().equals(bias))) {
                throw new IllegalArgumentException("PlasticRnn: expected a rule without a parameter " + bias
                        + ", which is the layer's bias, found " + rule.key() + ".");
            }
            return this;
        }

        /**
         * A plasticity coefficient per connection unless it is said; absent for a layer without plasticity.
         *
         * @param alpha how much of a connection is plastic
         * @return this builder
         */
        public Builder alpha(Alpha alpha) {
            this.alpha = Objects.requireNonNull(alpha, "alpha");
            return this;
        }

        /**
         * How RW, alpha and what the rule learns begin; 0.01 for all scales and eta unless it is said.
         *
         * @param initialisation the scales of the parameters that are drawn
         * @return this builder
         */
        public Builder initialisation(Initialisation initialisation) {
            this.initialisation = Objects.requireNonNull(initialisation, "initialisation");
            return this;
        }

        /**
         * How lifetimes are executed; fused unless it is said.
         *
         * @param execution fused, or unrolled as the definition
         * @return this builder
         */
        public Builder execution(Execution execution) {
            this.execution = Objects.requireNonNull(execution, "execution");
            return this;
        }

        /**
         * The layer's configuration.
         *
         * @throws IllegalArgumentException if it asks for something that the layer does not have
         */
        @Override
        public PlasticRnn build() {
            PlasticRnn layer = new PlasticRnn(this);
            layer.check();
            return layer;
        }
    }

    /**
     * Rejects what the layer does not have. The configuration can be changed after the builder's work: by fine-tuning, by
     * the network's defaults, by the type of its input, and as JSON.
     */
    private void check() {
        String where = getLayerName() == null ? "PlasticRnn" : "PlasticRnn \"" + getLayerName() + "\"";
        require(
                getNOut() >= 1 && getNOut() <= PlasticCell.MOST_NEURONS,
                where + ": expected nOut from 1 to " + PlasticCell.MOST_NEURONS + ", found " + getNOut() + ".");
        require(
                getActivationFn() instanceof ActivationTanH,
                where + ": expected activation tanh, the only one of plastic neurons, found " + getActivationFn()
                        + ".");
        require(
                getRnnDataFormat() == RNNFormat.NCW,
                where + ": expected data format NCW, [batch, size, time], found " + getRnnDataFormat() + ".");
        require(
                getWeightInitFnRecurrent() == null,
                where + ": expected no weightInitRecurrent, since recurrent weights begin by initialisation, found"
                        + " one.");
        require(alpha != null, where + ": expected alpha, one of " + Arrays.toString(Alpha.values()) + ", found none.");
        require(
                execution != null,
                where + ": expected execution, one of " + Arrays.toString(Execution.values()) + ", found none.");
        double largest;
        try {
            largest = cell().rule().largestInitialEta();
            initialisation();
        } catch (IllegalArgumentException | NullPointerException e) {
            throw new IllegalArgumentException(where + ": " + e.getMessage(), e);
        }
        require(
                alpha == Alpha.ABSENT || eta <= largest,
                where + ": expected eta from 0 to " + largest + " to begin the rule " + rule + " with, found " + eta
                        + ".");
    }

    private static void require(boolean holds, String sentence) {
        if (!holds) {
            throw new IllegalArgumentException(sentence);
        }
    }

    /** {@return the plastic cell that the layer is} */
    public PlasticCell cell() {
        return new PlasticCell((int) getNOut(), alpha, PlasticityRule.of(rule, bound));
    }

    /** How its parameters begin. */
    Initialisation initialisation() {
        return new Initialisation(weightScale, alphaScale, eta, modulatorScale);
    }

    /** How lifetimes are executed. */
    Execution execution() {
        return execution;
    }

    @Override
    public Layer instantiate(
            NeuralNetConfiguration conf,
            Collection<TrainingListener> trainingListeners,
            int layerIndex,
            INDArray layerParamsView,
            boolean initializeParams,
            DataType networkDataType) {
        if (getNIn() < 1) {
            throw new IllegalArgumentException("PlasticRnn, layer " + layerIndex
                    + ": expected nIn of at least 1, or an input type that it follows from, found " + getNIn() + ".");
        }
        Nd4jCheck.require();
        PlasticRnnLayer layer = new PlasticRnnLayer(conf, networkDataType);
        layer.setListeners(trainingListeners);
        layer.setIndex(layerIndex);
        layer.setParamsViewArray(layerParamsView);
        layer.setParamTable(initializer().init(conf, layerParamsView, initializeParams));
        layer.setConf(conf);
        return layer;
    }

    /** Asked for first wherever the layer is instantiated, to know how many parameters it has. */
    @Override
    public ParamInitializer initializer() {
        check();
        return PlasticParamInitializer.INSTANCE;
    }

    /** Its parameters, and a step's traces for each example: the lifetime keeps outputs, and few traces at a time. */
    @Override
    public LayerMemoryReport getMemoryReport(InputType inputType) {
        long parameters = initializer().numParams(this);
        int updater = (int) getIUpdater().stateSize(parameters);
        long trace = getNOut() * getNOut() * (cell().isPlastic() ? 1 : 0);
        return new LayerMemoryReport.Builder(getLayerName(), PlasticRnn.class, inputType, getOutputType(-1, inputType))
                .standardMemory(parameters, updater)
                .workingMemory(0, trace, 0, 2 * trace)
                .cacheMemory(0, 0)
                .build();
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || other instanceof PlasticRnn that
                        && super.equals(that)
                        && rule.equals(that.rule)
                        && alpha == that.alpha
                        && execution == that.execution
                        && bound == that.bound
                        && initialisation().equals(that.initialisation());
    }

    @Override
    protected boolean canEqual(Object other) {
        return other instanceof PlasticRnn;
    }

    @Override
    public int hashCode() {
        return Objects.hash(super.hashCode(), rule, bound, alpha, execution, initialisation());
    }
}
