package org.plastic4j.cli;

import java.io.PrintStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.plastic4j.report.page.RunReport;
import org.plastic4j.report.plot.LossPlot;
import org.plastic4j.training.metric.MetricTable;
import org.plastic4j.training.run.RunDirectory;
import org.plastic4j.training.trainer.PrimaryMetric;
import org.plastic4j.training.trainer.Session;
import org.plastic4j.training.trainer.StopRule;
import org.plastic4j.training.trainer.TrainingOutcome;
import org.plastic4j.training.trainer.TrainingSettings;

/**
 * What a run's directory has for people: loss.png and report.html.
 *
 * @param directory the run's directory
 * @param session the network as it is
 * @param measure what it is measured by
 * @param training how it is trained
 */
record RunPages(RunDirectory directory, Session session, PrimaryMetric measure, TrainingSettings training) {
    /**
     * Writes both as far as that can be done here.
     *
     * @param outcome how far the run is
     * @param log gets the stack traces of what could not be done
     * @return a note for the user on each file that is missing or not complete
     */
    List<String> write(TrainingOutcome outcome, PrintStream log) {
        List<String> notes = new ArrayList<>();
        Optional<Double> target = training.stop().map(StopRule::target);
        if (outcome.lifetimes() > 0 && Files.isRegularFile(directory.metricsCsv())) {
            new LossPlot(session.title(), measure, training.resultWindow(), target)
                    .tryDraw(MetricTable.read(directory.metricsCsv()), directory.lossPlot())
                    .ifPresent(problem -> {
                        problem.printStackTrace(log);
                        notes.add("loss.png was not drawn");
                    });
        }
        List<Throwable> problems =
                new RunReport(directory, session, measure, training.resultWindow(), target).tryWrite(outcome);
        if (!problems.isEmpty()) {
            problems.forEach(problem -> problem.printStackTrace(log));
            notes.add("report.html is not complete");
        }
        return notes;
    }
}
