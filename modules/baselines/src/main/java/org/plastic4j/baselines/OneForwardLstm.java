package org.plastic4j.baselines;

import org.deeplearning4j.nn.conf.CacheMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.layers.recurrent.FwdPassReturn;
import org.deeplearning4j.nn.layers.recurrent.LSTM;
import org.deeplearning4j.nn.layers.recurrent.LSTMHelpers;
import org.deeplearning4j.nn.params.LSTMParamInitializer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Deeplearning4j's LSTM, which goes backward from the forward pass that its prediction is from: the layer alone would go forward
 * a second time for that, which is a third of the whole work.
 */
final class OneForwardLstm extends LSTM {
    private static final long serialVersionUID = 1;

    OneForwardLstm(NeuralNetConfiguration conf) {
        super(conf, DataType.FLOAT);
    }

    /**
     * Runs forward from rest.
     *
     * @param features the input, [B, nIn, T]
     * @param backward whether the gradient will be asked for
     * @return what the units give in the last step, [B, units]
     */
    INDArray last(INDArray features, boolean backward, LayerWorkspaceMgr workspaces) {
        setInput(features, workspaces);
        FwdPassReturn forward = LSTMHelpers.activateHelper(
                this,
                conf(),
                layerConf().getGateActivationFn(),
                features,
                getParam(LSTMParamInitializer.RECURRENT_WEIGHT_KEY),
                getParam(LSTMParamInitializer.INPUT_WEIGHT_KEY),
                getParam(LSTMParamInitializer.BIAS_KEY),
                backward,
                null,
                null,
                backward,
                true,
                LSTMParamInitializer.INPUT_WEIGHT_KEY,
                null,
                false,
                helper,
                CacheMode.NONE,
                workspaces,
                layerConf().isHelperAllowFallback());
        cachedFwdPass = backward ? forward : null;
        return forward.lastAct;
    }
}
