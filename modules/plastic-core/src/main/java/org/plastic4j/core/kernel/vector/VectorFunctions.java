package org.plastic4j.core.kernel.vector;

import org.plastic4j.core.kernel.compiled.NeuronProgram;

/** What the neurons of one thread compute by vectors. */
final class VectorFunctions implements NeuronProgram.Functions {
    private final float[] lanes = new float[PanelLayout.COLUMN_UNIT];

    @Override
    public void tanh(float[] values, int from, int length) {
        VectorTanh.apply(values, from, length);
    }

    @Override
    public float sum(float[] values, int count) {
        return VectorLanes.sumOf(values, count, lanes);
    }
}
