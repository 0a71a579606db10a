package org.plastic4j.report.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.plastic4j.training.Decimals;

/** What a run has learned: matrices as pictures and histograms, and a line of numbers for every parameter. */
final class Parameters {
    private static final int WIDTH = 340;

    private final Map<String, INDArray> parameters;

    Parameters(Map<String, INDArray> parameters) {
        this.parameters = parameters;
    }

    String html() {
        StringBuilder html = new StringBuilder("<div class=\"matrices\">\n");
        parameters.forEach((name, array) -> {
            if (array.length() > 1) {
                html.append(figures(name, array));
            }
        });
        return html.append("</div>\n").append(table()).toString();
    }

    private static String figures(String name, INDArray array) {
        float[] values = values(array);
        String figures = String.format(
                Locale.ROOT,
                "<figure class=\"matrix\"><figcaption><b>%s</b>, %s</figcaption>%s</figure>\n",
                Html.text(name),
                "how often which values occur",
                Histogram.of(values).svg(name));
        if (array.rank() != 2 || array.rows() < 2 || array.columns() < 2) {
            return figures;
        }
        return picture(name, values, array.rows(), array.columns()) + figures;
    }

    private static String picture(String name, float[] values, int rows, int columns) {
        Heatmap map = Heatmap.of(values, rows, columns);
        String range = Histogram.number(map.range());
        String pixels = map.block() == 1
                ? "one pixel a connection"
                : String.format(Locale.ROOT, "each pixel the mean of %1$d × %1$d connections", map.block());
        String alt = String.format(
                Locale.ROOT,
                "%s as a picture of %d by %d, blue for negative and red for positive values up to %s",
                name,
                rows,
                columns,
                range);
        return String.format(
                Locale.ROOT,
                """
                <figure class="matrix">
                <figcaption><b>%s</b>, %s; %s</figcaption>
                %s%s</figure>
                """,
                Html.text(name),
                pixels,
                map.turned() ? "turned, its rows are columns here" : "from row to column",
                Pngs.element(map.image(), alt, WIDTH),
                Scale.html(map.range()));
    }

    private String table() {
        List<List<String>> rows = new ArrayList<>();
        parameters.forEach((name, array) -> {
            float[] values = values(array);
            double mean = 0;
            double squares = 0;
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (float value : values) {
                mean += value / values.length;
                squares += (double) value * value;
                low = Math.min(low, value);
                high = Math.max(high, value);
            }
            String shape = Arrays.stream(array.shape()).mapToObj(Long::toString).collect(Collectors.joining(" × "));
            rows.add(List.of(
                    name,
                    shape.isEmpty() ? "scalar" : shape,
                    number(mean),
                    number(Math.sqrt(Math.max(0, squares / values.length - mean * mean))),
                    number(low),
                    number(high),
                    number(Math.sqrt(squares))));
        });
        return Html.table(
                "All parameters",
                List.of("parameter", "shape", "mean", "standard deviation", "least", "greatest", "norm"),
                rows);
    }

    private static String number(double value) {
        return Double.isFinite(value) ? Histogram.number(value) : Decimals.shortest(value);
    }

    private static float[] values(INDArray array) {
        INDArray copy = array.dup('c');
        try {
            return copy.data().asFloat();
        } finally {
            copy.close();
        }
    }
}
