package org.plastic4j.core.lifetime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.cell.Initialisation;
import org.plastic4j.core.cell.PlasticCell;
import org.plastic4j.core.cell.PlasticParameters;
import org.plastic4j.core.rule.DecayingHebb;

/** What the README says of agents is {@link AgentExample}, and does what it says. */
class AgentExampleTest {
    private static final Path README = Path.of("../../README.md");
    private static final Path EXAMPLE = Path.of("src/test/java/org/plastic4j/core/lifetime/AgentExample.java");

    @Test
    void readmeShowsTheExampleThatIsCompiledHere() throws Exception {
        Matcher block = Pattern.compile("```java\\R(LifetimeStepper .*?)```", Pattern.DOTALL)
                .matcher(Files.readString(README));
        assertThat(block.find())
                .as("a block of Java about steppers in README.md")
                .isTrue();
        assertThat(Files.readString(EXAMPLE).indent(0)).contains(block.group(1).indent(8));
    }

    @Test
    void graphLivesWhatTheAgentsLived() {
        PlasticCell cell = new PlasticCell(10, Alpha.PER_CONNECTION, new DecayingHebb());
        Map<String, INDArray> initial = new Initialisation(0.3, 0.3, 0.1).draw(cell, DataType.FLOAT, 1);
        SameDiff graph = SameDiff.create();
        SDVariable drive = graph.placeHolder("drive", DataType.FLOAT, 200, 30, 10);
        new FusedLifetime()
                .live(graph, "life", cell, PlasticParameters.create(graph, cell, initial), LifetimeInputs.driven(drive))
                .y()
                .mean()
                .rename("loss")
                .markAsLoss();
        List<INDArray> drives = new ArrayList<>();
        List<INDArray> seen = new ArrayList<>();

        Map<String, INDArray> gradients = AgentExample.actAndLearn(graph, cell, initial, y -> {
            seen.add(y);
            drives.add(y.mul(-0.5).addi(1));
            return drives.get(drives.size() - 1);
        });

        assertThat(gradients.keySet()).containsExactlyInAnyOrder("w", "alpha", "eta");
        gradients.forEach((name, gradient) -> assertThat(gradient.norm2Number().doubleValue())
                .as(name)
                .isFinite()
                .isPositive());
        INDArray lived = graph.output(Map.of("drive", Nd4j.stack(0, drives.toArray(INDArray[]::new))), "life_y")
                .get("life_y");
        for (int t = 1; t < 200; t++) {
            assertThat(seen.get(t).dup('c').data().asFloat())
                    .as("y(%d)", t)
                    .isEqualTo(lived.slice(t - 1L).dup('c').data().asFloat());
        }
    }
}
