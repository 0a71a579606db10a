package org.plastic4j.report.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.plastic4j.training.Device;
import org.plastic4j.training.Seeds;
import org.plastic4j.training.figure.Figure;
import org.plastic4j.training.figure.Picture;
import org.plastic4j.training.run.Provenance;
import org.plastic4j.training.run.RunDirectory;
import org.plastic4j.training.trainer.PrimaryMetric;
import org.plastic4j.training.trainer.Session;
import org.plastic4j.training.trainer.StepResult;
import org.plastic4j.training.trainer.Trainable;
import org.plastic4j.training.trainer.TrainingOutcome;

/** A run of sixty lifetimes whose texts would all break a page that took them as they are. */
final class TinyRun {
    static final String NASTY = "<b>\"5\" & 'more'</b></script><script>fail()</script>";
    static final PrimaryMetric ERROR = new PrimaryMetric(
            "error", "rate of <wrong> signs", PrimaryMetric.Better.LOWER, PrimaryMetric.Unit.FRACTION);
    static final TrainingOutcome OUTCOME =
            new TrainingOutcome(TrainingOutcome.End.TARGET_REACHED, 60, 60, 0.008, 20, 1.5);

    private TinyRun() {}

    static RunDirectory directory(Path path) throws IOException {
        RunDirectory directory = RunDirectory.reserve(Optional.of(path), "tiny", 3, LocalDateTime.now());
        Files.writeString(directory.config(), "seed: 3\nnote: \"" + NASTY + "\"\n");
        Provenance provenance = new Provenance(
                "tiny",
                List.of(
                        "--out",
                        path.toString(),
                        "--seed",
                        "3",
                        "--set",
                        "note=two words",
                        "--quiet",
                        "--mlflow=http://x"),
                new Seeds(3),
                1,
                Device.CPU);
        provenance.ended("target-reached", 60, 1.5);
        provenance.write(directory.provenance());
        StringBuilder csv = new StringBuilder("lifetimes,error,loss,eta\n");
        for (int i = 1; i <= 60; i++) {
            // Every seventh is without error, which a logarithmic axis cannot show.
            csv.append("%d,%s,%s,%s\n".formatted(i, i % 7 == 0 ? 0 : 0.3 / i, 500.0 / i, 0.01 + i * 1e-4));
        }
        Files.writeString(directory.metricsCsv(), csv);
        return directory;
    }

    static Session session(Supplier<List<Figure>> figures) {
        LinkedHashMap<String, INDArray> parameters = new LinkedHashMap<>();
        parameters.put("w", Nd4j.linspace(DataType.FLOAT, -1, 0.1, 35).reshape(5, 7));
        parameters.put("eta", Nd4j.scalar(0.016f));
        Trainable network = new Trainable() {
            @Override
            public LinkedHashMap<String, INDArray> parameters() {
                return parameters;
            }

            @Override
            public StepResult step(MultiDataSet lifetimes) {
                return new StepResult(0, Map.of(), new LinkedHashMap<>());
            }
        };
        return new Session(NASTY, network, null, figures);
    }

    static List<Figure> figures() {
        return List.of(new Figure(
                "Lifetime <1>",
                "It saw & answered.",
                List.of(Picture.grey("an \"answer\"", 2, new float[] {-1, 0, 1}, -1, 1))));
    }
}
