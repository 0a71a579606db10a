package org.plastic4j.core.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner;
import org.nd4j.linalg.factory.Nd4j;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.cell.PlasticCell;
import org.plastic4j.core.kernel.NotFiniteInput;
import org.plastic4j.core.rule.Oja;
import org.plastic4j.core.spec.LifetimeSpec;

class HostExecutionerTest {
    private static final int N = 3;

    private final INDArray drive = Nd4j.linspace(DataType.FLOAT, -1, 0.1, 4 * N).reshape('c', 2, 2, N);
    private final INDArray w = Nd4j.linspace(DataType.FLOAT, 0.5, -0.1, N * N).reshape('c', N, N);
    private final INDArray alpha =
            Nd4j.linspace(DataType.FLOAT, -0.2, 0.1, N * N).reshape('c', N, N);
    private final INDArray eta = Nd4j.createFromArray(0.3f);
    private HostOp<?> op;
    private INDArray y;
    private INDArray hebb;

    @BeforeEach
    void runInAGraph() {
        SameDiff graph = SameDiff.create();
        LifetimeSpec spec = LifetimeSpec.of(new PlasticCell(N, Alpha.PER_CONNECTION, new Oja()));
        SDVariable[] outputs = new FusedLifetimeOp(
                        graph,
                        spec,
                        graph.constant("drive", drive),
                        graph.constant("w", w),
                        graph.constant("alpha", alpha),
                        graph.constant("eta", eta))
                .outputVariables("life");
        Map<String, INDArray> found = graph.output(Map.of(), outputs[0].name(), outputs[1].name());
        y = found.get(outputs[0].name());
        hebb = found.get(outputs[1].name());
        op = new FusedLifetimeOp();
        spec.writeTo(op);
    }

    private OpContext context(INDArray... outputs) {
        OpContext context = Nd4j.getExecutioner().buildContext();
        context.setInputArrays(List.of(drive, w, alpha, eta));
        context.setOutputArrays(outputs);
        return context;
    }

    @Test
    void itIsInItsPlaceOnce() {
        OpExecutioner found = Nd4j.getExecutioner();
        assertThat(Proxy.getInvocationHandler(found)).isInstanceOf(HostExecutioner.class);
        HostExecutioner.install();
        HostExecutioner.takePlace();
        assertThat(Nd4j.getExecutioner()).isSameAs(found);
    }

    @Test
    void anOpThatIsInNoGraphRunsOnItsOwnArguments() {
        op.addInputArgument(drive, w, alpha, eta);
        INDArray[] found = Nd4j.exec((CustomOp) op);
        assertThat(found).containsExactly(y, hebb);
        assertThat(op.outputArguments()).containsExactly(y, hebb);

        found[0].assign(0);
        assertThat(Nd4j.getExecutioner().execAndReturn((CustomOp) op)).isSameAs(op);
        assertThat(found[0]).isEqualTo(y);
    }

    @Test
    void shapesAreThoseOfTheOutputs() {
        assertThat(Nd4j.getExecutioner().calculateOutputShape(op, context()))
                .extracting(shape -> List.of(shape.getShape()[0], shape.getShape()[1], shape.getShape()[2]))
                .containsExactly(List.of(2L, 2L, 3L), List.of(2L, 3L, 3L));
        assertThat(Nd4j.getExecutioner().calculateOutputShape((CustomOp) op)).isEmpty();
    }

    @Test
    void outputsInAnotherOrderAreFilledToo() {
        INDArray ofY = Nd4j.zeros(DataType.FLOAT, N, 2, 2).permute(2, 1, 0);
        INDArray ofHebb = Nd4j.createUninitialized(DataType.FLOAT, new long[] {2, N, N}, 'f');
        OpContext context = context(ofY, ofHebb);
        assertThat(Nd4j.getExecutioner().exec(op, context)).containsExactly(ofY, ofHebb);
        assertThat(ofY).isEqualTo(y);
        assertThat(ofHebb).isEqualTo(hebb);
        assertThat(context.getOutputArray(0)).isSameAs(ofY);
    }

    @Test
    void whatAnOpRejectsComesAsItIs() {
        drive.putScalar(0, Float.NaN);
        assertThatThrownBy(() -> Nd4j.getExecutioner().exec(op, context(y, hebb)))
                .isInstanceOf(NotFiniteInput.class);
    }

    @Test
    void exceptionsOfOtherOpsComeAsTheyAre() {
        assertThatThrownBy(() -> Nd4j.exec(DynamicCustomOp.builder("matmul")
                        .addInputs(Nd4j.zeros(2, 3), Nd4j.zeros(2, 3))
                        .addOutputs(Nd4j.zeros(2, 3))
                        .build()))
                .isExactlyInstanceOf(RuntimeException.class);
    }
}
