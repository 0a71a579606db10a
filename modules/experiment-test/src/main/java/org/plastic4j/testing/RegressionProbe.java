package org.plastic4j.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.plastic4j.training.optimizer.AdamOptimizer;
import org.plastic4j.training.trainer.Session;
import org.plastic4j.training.trainer.StepResult;
import org.plastic4j.training.trainer.TrainingSettings;

/**
 * The first updates of a run, held against stored ones: the loss, and of every parameter's gradient the norm and the
 * product with a fixed random direction.
 *
 * <p>A learning curve does not do for this. Adam divides a gradient by its own running size, so a gradient that is wrong
 * by a constant factor trains the very same network, and one that is wrong in direction by a few percent a nearly equal
 * one. The norm shows a wrong factor, the product a wrong direction, both in the first update and to rounding.
 *
 * @param names the columns: {@code loss}, and {@code NAME.norm} and {@code NAME.projection} for every parameter
 * @param steps one array an update, with a number for every name
 */
public record RegressionProbe(List<String> names, List<double[]> steps) {
    private static final String NORM = ".norm";
    private static final String PROJECTION = ".projection";

    /**
     * Makes the first updates of a run.
     *
     * @param session a fresh session
     * @param training how it is trained
     * @param count how many updates
     * @return what they were like
     */
    public static RegressionProbe record(Session session, TrainingSettings training, int count) {
        Map<String, INDArray> parameters = session.trainable().parameters();
        AdamOptimizer optimizer = new AdamOptimizer(training.optimizer(), training.batch(), parameters);
        List<String> names = new ArrayList<>(List.of("loss"));
        parameters.keySet().forEach(name -> names.addAll(List.of(name + NORM, name + PROJECTION)));
        List<double[]> steps = new ArrayList<>();
        for (int step = 0; step < count; step++) {
            MultiDataSet batch = session.lifetimes().next();
            StepResult result = session.trainable().step(batch);
            List<Double> row = new ArrayList<>(List.of(result.loss()));
            parameters
                    .keySet()
                    .forEach(name -> row.addAll(sizes(name, result.gradients().get(name))));
            steps.add(row.stream().mapToDouble(Double::doubleValue).toArray());
            optimizer.update(result.gradients());
            Arrays.stream(batch.getFeatures()).forEach(INDArray::close);
            Arrays.stream(batch.getLabels()).forEach(INDArray::close);
        }
        return new RegressionProbe(List.copyOf(names), List.copyOf(steps));
    }

    private static List<Double> sizes(String name, INDArray gradient) {
        float[] values = gradient.dup('c').data().asFloat();
        SplittableRandom random = new SplittableRandom(name.hashCode());
        double squares = 0;
        double projection = 0;
        for (float value : values) {
            squares += (double) value * value;
            projection += random.nextBoolean() ? value : -value;
        }
        return List.of(Math.sqrt(squares), projection);
    }

    /**
     * Whether these updates are the stored ones.
     *
     * @param stored what they should be
     * @param tolerance the largest difference, as a share of the stored loss or norm; a projection may be near 0 and is
     *     measured by its gradient's norm, too
     * @return both side by side where they differ; empty if they do not
     */
    public String differences(RegressionProbe stored, double tolerance) {
        if (!names.equals(stored.names) || steps.size() != stored.steps.size()) {
            return String.format(
                    Locale.ROOT,
                    "stored: %d steps of %s%nnow:    %d steps of %s%n",
                    stored.steps.size(),
                    stored.names,
                    steps.size(),
                    names);
        }
        StringBuilder text = new StringBuilder();
        boolean differ = false;
        for (int step = 0; step < steps.size(); step++) {
            for (int k = 0; k < names.size(); k++) {
                double before = stored.steps.get(step)[k];
                double now = steps.get(step)[k];
                // A projection stands right of its norm.
                double size = names.get(k).endsWith(PROJECTION) ? stored.steps.get(step)[k - 1] : Math.abs(before);
                double difference = Math.abs(now - before);
                boolean near = difference <= tolerance * size;
                differ |= !near;
                text.append(String.format(
                        Locale.ROOT,
                        "step %d  %-20s stored %-14.7g now %-14.7g (%.1e)%s%n",
                        step + 1,
                        names.get(k),
                        before,
                        now,
                        difference / size,
                        near ? "" : "   <--"));
            }
        }
        return differ ? text.toString() : "";
    }

    /**
     * @param csv what {@link #write} wrote
     * @return the stored updates
     * @throws IOException if it cannot be read
     */
    public static RegressionProbe read(Path csv) throws IOException {
        List<String> lines = Files.readAllLines(csv);
        List<double[]> steps = lines.stream()
                .skip(1)
                .map(line -> Arrays.stream(line.split(","))
                        .mapToDouble(Double::parseDouble)
                        .toArray())
                .toList();
        return new RegressionProbe(List.of(lines.get(0).split(",")), steps);
    }

    /**
     * @param csv the file to write
     * @throws IOException if it cannot be written
     */
    public void write(Path csv) throws IOException {
        List<String> lines = new ArrayList<>(List.of(String.join(",", names)));
        steps.forEach(step -> lines.add(String.join(
                ",",
                Arrays.stream(step)
                        .mapToObj(value -> String.format(Locale.ROOT, "%.9g", value))
                        .toList())));
        Files.createDirectories(csv.toAbsolutePath().getParent());
        Files.write(csv, lines);
    }
}
