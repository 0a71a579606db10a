package org.plastic4j.dl4j;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.cell.PlasticCell;
import org.plastic4j.core.cell.PlasticParameters;
import org.plastic4j.core.rule.RuleParameter;

/** Which parameters a {@link PlasticRnn} has, where they lie in the network's flat array, and how they begin. */
final class PlasticParamInitializer implements ParamInitializer {
    /** The one there is; it has no state. */
    static final PlasticParamInitializer INSTANCE = new PlasticParamInitializer();
    /** Input weights, [nIn, nOut]. */
    static final String INPUT_WEIGHTS = "W";
    /** The bias, [nOut]. */
    static final String BIAS = "b";
    /** Fixed recurrent weights, [nOut, nOut]: w of the plastic cell. */
    static final String RECURRENT_WEIGHTS = "RW";

    private PlasticParamInitializer() {}

    /** Their shapes, in their order. */
    private static Map<String, long[]> shapes(PlasticRnn layer) {
        long n = layer.getNOut();
        PlasticCell cell = layer.cell();
        Map<String, long[]> shapes = new LinkedHashMap<>();
        shapes.put(INPUT_WEIGHTS, new long[] {layer.getNIn(), n});
        shapes.put(BIAS, new long[] {n});
        shapes.put(RECURRENT_WEIGHTS, new long[] {n, n});
        if (cell.isPlastic()) {
            shapes.put(PlasticParameters.ALPHA, cell.alpha() == Alpha.SHARED ? new long[] {1} : new long[] {n, n});
            for (RuleParameter parameter : cell.ruleParameters()) {
                shapes.put(inNetwork(parameter), parameter.shape(cell.neurons(), cell.neurons()));
            }
        }
        return shapes;
    }

    /** In camel case: Deeplearning4j takes what is behind the last underscore for the parameter's whole name. */
    private static String inNetwork(RuleParameter parameter) {
        StringBuilder name = new StringBuilder();
        for (String word : parameter.key().split("_")) {
            name.append(name.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        }
        return name.toString();
    }

    /** The name that the plastic cell has for a parameter of the network. */
    static String inCell(String key) {
        if (key.equals(RECURRENT_WEIGHTS)) {
            return PlasticParameters.W;
        }
        return key.equals(INPUT_WEIGHTS)
                ? key
                : key.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    private static Map<String, INDArray> views(PlasticRnn layer, INDArray all) {
        INDArray flat = all.reshape(all.length());
        Map<String, INDArray> views = new LinkedHashMap<>();
        long from = 0;
        for (Map.Entry<String, long[]> entry : shapes(layer).entrySet()) {
            long to = from + length(entry.getValue());
            // Input weights as Deeplearning4j has all weights; those of the cell as the cell has them.
            char order = entry.getKey().equals(INPUT_WEIGHTS) ? 'f' : 'c';
            views.put(entry.getKey(), flat.get(NDArrayIndex.interval(from, to)).reshape(order, entry.getValue()));
            from = to;
        }
        return views;
    }

    private static long length(long[] shape) {
        long length = 1;
        for (long size : shape) {
            length *= size;
        }
        return length;
    }

    @Override
    public long numParams(NeuralNetConfiguration conf) {
        return numParams(conf.getLayer());
    }

    @Override
    public long numParams(Layer layer) {
        return shapes((PlasticRnn) layer).values().stream()
                .mapToLong(PlasticParamInitializer::length)
                .sum();
    }

    @Override
    public List<String> paramKeys(Layer layer) {
        return new ArrayList<>(shapes((PlasticRnn) layer).keySet());
    }

    @Override
    public List<String> weightKeys(Layer layer) {
        return List.of(INPUT_WEIGHTS, RECURRENT_WEIGHTS);
    }

    @Override
    public List<String> biasKeys(Layer layer) {
        return List.of(BIAS);
    }

    @Override
    public boolean isWeightParam(Layer layer, String key) {
        return weightKeys(layer).contains(key);
    }

    @Override
    public boolean isBiasParam(Layer layer, String key) {
        return BIAS.equals(key);
    }

    @Override
    public Map<String, INDArray> init(NeuralNetConfiguration conf, INDArray paramsView, boolean initializeParams) {
        PlasticRnn layer = (PlasticRnn) conf.getLayer();
        Map<String, INDArray> views = views(layer, paramsView);
        views.keySet().forEach(conf::addVariable);
        if (initializeParams) {
            long[] shape = {layer.getNIn(), layer.getNOut()};
            INDArray flat = views.get(INPUT_WEIGHTS).reshape('f', new long[] {layer.getNIn() * layer.getNOut()});
            views.put(INPUT_WEIGHTS, layer.getWeightInitFn().init(layer.getNIn(), layer.getNOut(), shape, 'f', flat));
            views.get(BIAS).assign(layer.getBiasInit());
            // The network's own generator, which its seed has set.
            Map<String, INDArray> drawn = layer.initialisation()
                    .draw(layer.cell(), paramsView.dataType(), Nd4j.getRandom().nextLong());
            views.forEach((key, view) -> {
                if (drawn.containsKey(inCell(key))) {
                    view.assign(drawn.get(inCell(key)));
                }
            });
        }
        return views;
    }

    @Override
    public Map<String, INDArray> getGradientsFromFlattened(NeuralNetConfiguration conf, INDArray gradientView) {
        return views((PlasticRnn) conf.getLayer(), gradientView);
    }
}
