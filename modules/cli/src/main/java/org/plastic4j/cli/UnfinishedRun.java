package org.plastic4j.cli;

import java.nio.file.Files;
import org.plastic4j.training.metric.CsvMetrics;
import org.plastic4j.training.metric.MetricTable;
import org.plastic4j.training.metric.WindowMeans;
import org.plastic4j.training.trainer.TrainingOutcome;

/** How far a run is that has not ended: it goes on, or was killed, or failed. */
final class UnfinishedRun {
    private UnfinishedRun() {}

    /** From the rows that there are. */
    static TrainingOutcome outcome(RunPages pages, double seconds) {
        MetricTable table = Files.isRegularFile(pages.directory().metricsCsv())
                ? MetricTable.read(pages.directory().metricsCsv())
                : null;
        if (table == null || table.rows().isEmpty()) {
            return new TrainingOutcome(TrainingOutcome.End.NONE_YET, 0, 0, Double.NaN, 0, seconds);
        }
        double[] lifetimes = table.column(CsvMetrics.LIFETIMES);
        long last = (long) lifetimes[lifetimes.length - 1];
        long window = pages.training().resultWindow();
        return new TrainingOutcome(
                TrainingOutcome.End.NONE_YET,
                last / pages.training().batch(),
                last,
                new WindowMeans(table, pages.measure().name(), window).last(),
                Math.min(window, last),
                seconds);
    }
}
