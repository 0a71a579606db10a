package org.plastic4j.dl4j.example;

import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The copy task: random symbols, one a step, and then as many steps in which they are to be given again in their order. What
 * is seen then says which symbol is wanted, and no more.
 *
 * @param symbols how many there are
 * @param length how many are to be remembered
 */
record CopyData(int symbols, int length) {
    /** One input a symbol, and one a place. */
    int inputs() {
        return symbols + length;
    }

    int steps() {
        return 2 * length;
    }

    /**
     * A batch of them.
     *
     * @return features [B, symbols + length, 2 length], labels [B, symbols, 2 length], labels that count in the second half
     */
    DataSet draw(int batch, RandomGenerator random) {
        INDArray features = Nd4j.zeros(DataType.FLOAT, batch, inputs(), steps());
        INDArray labels = Nd4j.zeros(DataType.FLOAT, batch, symbols, steps());
        INDArray counted = Nd4j.zeros(DataType.FLOAT, batch, steps());
        for (int b = 0; b < batch; b++) {
            for (int t = 0; t < length; t++) {
                int symbol = random.nextInt(symbols);
                features.putScalar(b, symbol, t, 1);
                // The place is seen with its symbol, and then alone.
                features.putScalar(b, symbols + t, t, 1);
                features.putScalar(b, symbols + t, length + t, 1);
                labels.putScalar(b, symbol, length + t, 1);
                counted.putScalar(b, length + t, 1);
            }
        }
        return new DataSet(features, labels, null, counted);
    }

    /** The share of symbols that are given again rightly. */
    double accuracy(INDArray answers, DataSet asked) {
        INDArray given = answers.argMax(1);
        INDArray wanted = asked.getLabels().argMax(1);
        int right = 0;
        for (int b = 0; b < given.size(0); b++) {
            for (int t = length; t < steps(); t++) {
                right += given.getInt(b, t) == wanted.getInt(b, t) ? 1 : 0;
            }
        }
        return (double) right / (given.size(0) * length);
    }
}
