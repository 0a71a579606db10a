package org.plastic4j.core.kernel.reference;

/** How neurons answer to their pre-activations. */
enum Activation {
    /** {@code y[j] = tanh(pre[j])}, of a recurrent cell. */
    TANH {
        @Override
        void apply(double[] pre, double[] y) {
            for (int j = 0; j < y.length; j++) {
                y[j] = Math.tanh(pre[j]);
            }
        }

        @Override
        void back(double[] y, double[] yGradient, double[] preGradient) {
            for (int j = 0; j < y.length; j++) {
                preGradient[j] = yGradient[j] * (1 - y[j] * y[j]);
            }
        }
    },
    /** {@code y = softmax(pre)}, of a readout. */
    SOFTMAX {
        /** Less the largest, so that an external input of any size, such as one that clamps a label, cannot overflow. */
        @Override
        void apply(double[] pre, double[] y) {
            double largest = Double.NEGATIVE_INFINITY;
            for (double value : pre) {
                largest = Math.max(largest, value);
            }
            double sum = 0;
            for (int j = 0; j < y.length; j++) {
                y[j] = Math.exp(pre[j] - largest);
                sum += y[j];
            }
            for (int j = 0; j < y.length; j++) {
                y[j] /= sum;
            }
        }

        @Override
        void back(double[] y, double[] yGradient, double[] preGradient) {
            double mean = 0;
            for (int j = 0; j < y.length; j++) {
                mean += y[j] * yGradient[j];
            }
            for (int j = 0; j < y.length; j++) {
                preGradient[j] = y[j] * (yGradient[j] - mean);
            }
        }
    };

    /** Fills the outputs. */
    abstract void apply(double[] pre, double[] y);

    /** Fills the gradient with respect to the pre-activations, from that with respect to the outputs y. */
    abstract void back(double[] y, double[] yGradient, double[] preGradient);
}
