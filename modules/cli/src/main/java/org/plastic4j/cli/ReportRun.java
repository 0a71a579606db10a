package org.plastic4j.cli;

import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.plastic4j.core.kernel.LifetimeThreads;
import org.plastic4j.training.Seeds;
import org.plastic4j.training.checkpoint.CheckpointFolder;
import org.plastic4j.training.config.InvalidSetting;
import org.plastic4j.training.config.Kebab;
import org.plastic4j.training.run.RunFacts;
import org.plastic4j.training.trainer.Context;
import org.plastic4j.training.trainer.Experiment;
import org.plastic4j.training.trainer.ExperimentConfig;
import org.plastic4j.training.trainer.SavedArrays;
import org.plastic4j.training.trainer.Session;
import org.plastic4j.training.trainer.TrainingOutcome;

/** Writes the pages of a run's directory anew, however far the run has got. */
final class ReportRun<C extends Record & ExperimentConfig> {
    private final Experiment<C> experiment;
    private final ReportOptions options;
    private final Terminal terminal;

    ReportRun(Experiment<C> experiment, ReportOptions options, Terminal terminal) {
        this.experiment = experiment;
        this.options = options;
        this.terminal = terminal;
    }

    int execute() {
        Recorded<C> recorded = Recorded.of(experiment, options.run, "--run", List.of());
        C config = recorded.config().value();
        Backend.Started backend = Backend.start(Optional.empty(), options.threads);
        LifetimeThreads.set(options.threads);
        CheckpointFolder folder = new CheckpointFolder(options.run);
        try (Session session =
                experiment.open(config, new Context(new Seeds(config.seed()), options.threads, backend.nd4j()))) {
            if (Files.exists(folder.path().resolve("state.json"))) {
                SavedArrays.restore(
                        folder.load(experiment.name()).parameters(),
                        session.trainable().parameters(),
                        folder.path().toString());
            } else {
                terminal.out().println("Note: there is no checkpoint, so that the network is as it was at first.");
            }
            RunPages pages = new RunPages(recorded.directory(), session, experiment.primaryMetric(), config.training());
            pages.write(outcome(pages, recorded.facts()), terminal.log())
                    .forEach(note -> terminal.out().println("Note: " + note + "."));
            terminal.out().println("Report: " + recorded.directory().report());
            return Launcher.OK;
        } catch (InvalidSetting e) {
            throw recorded.config().rejection(e);
        }
    }

    private static TrainingOutcome outcome(RunPages pages, RunFacts facts) {
        double seconds = Double.isNaN(facts.seconds()) ? 0 : facts.seconds();
        TrainingOutcome rows = UnfinishedRun.outcome(pages, seconds);
        Optional<TrainingOutcome.End> end = facts.outcome().flatMap(ReportRun::end);
        if (end.isEmpty()) {
            return rows;
        }
        Optional<RunFacts.Result> result = facts.result();
        return new TrainingOutcome(
                end.get(),
                rows.steps(),
                facts.lifetimes(),
                result.map(RunFacts.Result::mean).orElse(rows.mean()),
                result.map(RunFacts.Result::window).orElse(rows.window()),
                seconds);
    }

    private static Optional<TrainingOutcome.End> end(String outcome) {
        return List.of(TrainingOutcome.End.values()).stream()
                .filter(end -> Kebab.of(end).equals(outcome))
                .findFirst();
    }
}
