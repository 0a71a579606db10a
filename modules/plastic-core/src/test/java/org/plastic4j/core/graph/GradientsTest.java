package org.plastic4j.core.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.imports.converters.ImportClassMapping;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/** A gradient function that is prepared is SameDiff's own, without what SameDiff prints of it. */
class GradientsTest {
    private final PrintStream systemOut = System.out;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream replaced = new PrintStream(printed, true, StandardCharsets.UTF_8);

    @BeforeEach
    void listen() {
        System.setOut(replaced);
    }

    @AfterEach
    void restore() {
        System.setOut(systemOut);
    }

    private static SameDiff graph() {
        SameDiff graph = SameDiff.create();
        SDVariable x = graph.var("x", Nd4j.createFromArray(0.5, -1.5));
        SDVariable c = graph.constant("c", Nd4j.createFromArray(2.0, 3.0));
        graph.math().tanh(x.mul(c)).sum().rename("loss").markAsLoss();
        return graph;
    }

    private String lines() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    @Test
    void nothingIsPrintedAndTheGradientsAreTheSame() {
        Map<String, INDArray> expected = graph().calculateGradients(Map.of(), "x");
        assertThat(lines()).contains("Added differentiated op");
        printed.reset();

        SameDiff graph = graph();
        Gradients.prepare(graph);
        assertThat(graph.calculateGradients(Map.of(), "x")).isEqualTo(expected);
        assertThat(lines()).isEmpty();
    }

    @Test
    void gradientsOfOtherVariablesCanBeComputedToo() {
        SameDiff graph = graph();
        Gradients.prepare(graph, "c");
        assertThat(graph.calculateGradients(Map.of(), "x", "c").keySet()).containsExactlyInAnyOrder("x", "c");
        assertThat(lines()).isEmpty();
    }

    @Test
    void whatIsPrintedMeanwhileIsPassedOn() {
        ImportClassMapping.getOpNameMapping().put(Talkative.NAME, new Talkative());
        SameDiff graph = SameDiff.create();
        SDVariable x = graph.var("x", Nd4j.createFromArray(0.5, -1.5));
        new Talkative(graph, x).outputVariable().sum().rename("loss").markAsLoss();
        Gradients.prepare(graph);
        assertThat(lines().lines())
                .containsExactly("from this thread", "Added differentiated op of another thread, \u00fc");
    }

    @Test
    void standardOutputIsItselfAgainAlsoAfterAFailure() {
        Gradients.prepare(graph());
        assertThat(System.out).isSameAs(replaced);
        SameDiff without = SameDiff.create();
        assertThatThrownBy(() -> Gradients.prepare(without)).isInstanceOf(RuntimeException.class);
        assertThat(System.out).isSameAs(replaced);
    }

    /** Prints while it is differentiated. SameDiff copies ops by their registered names. */
    public static final class Talkative extends DynamicCustomOp {
        static final String NAME = "talkative_for_a_test";

        public Talkative() {
            // SameDiff's.
        }

        Talkative(SameDiff graph, SDVariable x) {
            super(graph, x);
        }

        @Override
        public String opName() {
            return NAME;
        }

        @Override
        public long opHash() {
            return NAME.hashCode();
        }

        @Override
        public int getNumOutputs() {
            return 1;
        }

        @Override
        public List<DataType> calculateOutputDataTypes(List<DataType> inputs) {
            return inputs;
        }

        @Override
        public Map<String, Object> propertiesForFunction() {
            return Map.of();
        }

        @Override
        public void configureFromArguments() {
            // It has none.
        }

        @Override
        public List<SDVariable> doDiff(List<SDVariable> gradients) {
            System.out.println("from this thread");
            CompletableFuture.runAsync(() -> System.out.println("Added differentiated op of another thread, \u00fc"))
                    .join();
            return gradients;
        }
    }
}
