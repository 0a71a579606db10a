package org.plastic4j.core.lifetime;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.plastic4j.core.ChildJvm;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.cell.Initialisation;
import org.plastic4j.core.cell.PlasticCell;
import org.plastic4j.core.kernel.LifetimeThreads;
import org.plastic4j.core.rule.PlasticityRule;
import org.plastic4j.testsupport.Soak;

/** As many calls as a day of training large networks makes; {@code -Dplastic4j.soak.times=10} makes it ten times as many. */
@Tag("slow")
class SoakTest {
    private static final String CALLS = "calls ";
    private static final int ROUNDS = 700;
    private static final int STEPS_A_ROUND = 2_000;

    @Test
    void aDaysWorthOfCallsKeepsNothing() throws IOException, InterruptedException {
        List<String> output = ChildJvm.output(
                        Probe.class,
                        List.of(
                                "-Xmx256m",
                                "-XX:+UseSerialGC",
                                "--add-modules=jdk.incubator.vector",
                                "-D" + Soak.TIMES + "=" + Soak.work(1)))
                .lines()
                .toList();
        String calls = output.stream()
                .filter(line -> line.startsWith(CALLS))
                .findFirst()
                .orElseThrow();
        System.out.println(Soak.assertNothingWasKept(calls.substring(CALLS.length()), output));
    }

    /** Gradients of graphs of all kinds of kernels, and steps of an agent. */
    static final class Probe {
        private Probe() {}

        public static void main(String[] arguments) {
            // Threads that wait for each other by spinning would measure the machine's other work.
            LifetimeThreads.set(1);
            List<SameDiff> graphs = new ArrayList<>();
            List<List<String>> names = new ArrayList<>();
            for (DataType type : List.of(DataType.FLOAT, DataType.DOUBLE)) {
                for (String rule : List.of("decaying_hebb", "neuromodulated", "retroactive")) {
                    PlasticCell cell = new PlasticCell(9, Alpha.PER_CONNECTION, PlasticityRule.of(rule, 1));
                    LifetimeCase lifetimes = LifetimeCase.random(cell, true, true, 12, 2, 0.1, 3);
                    graphs.add(lifetimes.graph(new FusedLifetime(), type));
                    names.add(lifetimes.inputs(graphs.get(graphs.size() - 1)));
                }
            }
            PlasticCell cell = new PlasticCell(9, Alpha.PER_CONNECTION, PlasticityRule.of("hard_bound", 1));
            LifetimeStepper stepper =
                    new LifetimeStepper(cell, new Initialisation(0.05, 0.05, 0.05).draw(cell, DataType.FLOAT, 1), 2);
            INDArray drive = Nd4j.rand(DataType.FLOAT, 2, 9);
            Soak.watch(System.out);
            long gradients = 0;
            long steps = 0;
            for (long round = 0; round < Soak.work(ROUNDS); round++) {
                for (int k = 0; k < graphs.size(); k++, gradients++) {
                    graphs.get(k)
                            .calculateGradients(Map.of(), names.get(k))
                            .values()
                            .forEach(INDArray::close);
                }
                for (int k = 0; k < STEPS_A_ROUND; k++, steps++) {
                    stepper.step(drive).close();
                }
                stepper.begin();
            }
            System.out.printf("%s%,d lifetimes with gradients and %,d steps%n", CALLS, gradients, steps);
            System.exit(0);
        }
    }
}
