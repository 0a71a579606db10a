package org.plastic4j.training.metric;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.plastic4j.training.Decimals;
import org.plastic4j.training.run.AtomicFiles;
import org.plastic4j.training.stat.Spread;

/**
 * One measure over several runs: how it lies at every row that any of them has. Runs that ended early are in the rows
 * that they have, and in no others.
 *
 * @param lifetimes the rows' lifetimes, ascending
 * @param spreads how the measure lies there
 */
public record Aggregate(List<Long> lifetimes, List<Spread> spreads) {
    /**
     * @param runs the metrics of every run, at least one
     * @param measure the name of the measure
     * @return how it lies over the runs
     */
    public static Aggregate of(List<MetricTable> runs, String measure) {
        TreeMap<Long, List<Double>> rows = new TreeMap<>();
        for (MetricTable run : runs) {
            double[] lifetimes = run.column(CsvMetrics.LIFETIMES);
            double[] values = run.column(measure);
            for (int i = 0; i < values.length; i++) {
                rows.computeIfAbsent((long) lifetimes[i], at -> new ArrayList<>())
                        .add(values[i]);
            }
        }
        List<Spread> spreads = new ArrayList<>();
        for (Map.Entry<Long, List<Double>> row : rows.entrySet()) {
            spreads.add(Spread.of(
                    row.getValue().stream().mapToDouble(Double::doubleValue).toArray()));
        }
        return new Aggregate(List.copyOf(rows.keySet()), spreads);
    }

    /**
     * Writes the table: lifetimes, n, mean, median, q25, q75, min, max.
     *
     * @param csv the file to create or replace
     * @throws IOException if it cannot be written
     */
    public void write(Path csv) throws IOException {
        StringBuilder text = new StringBuilder("lifetimes,n,mean,median,q25,q75,min,max\n");
        for (int i = 0; i < lifetimes.size(); i++) {
            Spread spread = spreads.get(i);
            text.append(lifetimes.get(i)).append(',').append(spread.count());
            for (double value :
                    new double[] {spread.mean(), spread.median(), spread.q25(), spread.q75(), spread.min(), spread.max()
                    }) {
                text.append(',').append(Decimals.shortest(value));
            }
            text.append('\n');
        }
        AtomicFiles.write(csv, text.toString());
    }
}
