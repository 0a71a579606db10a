package org.plastic4j.report.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Curves over lifetimes, which the page's script draws and reads out.
 *
 * @param caption what they show
 * @param yLabel the vertical axis's
 * @param fraction whether values are fractions, written in percent
 * @param floor the lower end of a logarithmic axis, to which values are raised; 0 for a linear one
 * @param x the lifetimes
 * @param lines the curves
 * @param bands pairs of indices into {@code lines}, upper and lower, with the space between them filled
 */
public record Chart(
        String caption,
        String yLabel,
        boolean fraction,
        double floor,
        double[] x,
        List<Line> lines,
        List<int[]> bands) {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final MathContext DIGITS = new MathContext(6);
    /** Those powers of ten that are exact. */
    private static final double[] POWERS = IntStream.rangeClosed(0, 22)
            .mapToDouble(power -> Double.parseDouble("1e" + power))
            .toArray();

    /**
     * One curve.
     *
     * @param label its name
     * @param color the style sheet's name of its colour, as in {@code strong}
     * @param width how thick it is, in pixels
     * @param dashed whether it is dashed
     * @param listed whether its value is read out
     * @param values one for every x; NaN where there is none
     */
    public record Line(String label, String color, double width, boolean dashed, boolean listed, double[] values) {
        /**
         * @param label its name
         * @param color its colour's name
         * @param width how thick it is
         * @param values one for every x
         * @return a solid line that is read out
         */
        public static Line solid(String label, String color, double width, double[] values) {
            return new Line(label, color, width, false, true, values);
        }
    }

    private record Script(
            List<Object> x, String yLabel, boolean fraction, Object floor, List<ScriptLine> lines, List<int[]> bands) {}

    private record ScriptLine(
            String label, String color, double width, boolean dashed, boolean listed, List<Object> values) {}

    /** @return the figure */
    public String html() {
        return String.format(Locale.ROOT, """
            <figure class="chart">
            <figcaption>%s</figcaption>
            <div class="plot" role="img" aria-label="%s"></div>
            <script type="application/json">%s</script>
            </figure>
            """, Html.text(caption), Html.text(caption + description()), json());
    }

    /** What people who do not see the curves should know. */
    private String description() {
        StringBuilder text = new StringBuilder();
        lines.stream().filter(Line::listed).forEach(line -> {
            double[] known = Arrays.stream(line.values).filter(Double::isFinite).toArray();
            if (known.length > 0) {
                text.append(". ").append(line.label).append(": ");
                text.append(number(known[0]))
                        .append(" at first, ")
                        .append(number(known[known.length - 1]))
                        .append(" at last");
            }
        });
        return text.toString();
    }

    /** @return what the page's script draws, as JSON that may stand in HTML */
    public String json() {
        List<ScriptLine> scripted = lines.stream()
                .map(line -> new ScriptLine(
                        line.label, line.color, line.width, line.dashed, line.listed, numbers(line.values)))
                .toList();
        try {
            // No text may end the element that it is in.
            return MAPPER.writeValueAsString(new Script(numbers(x), yLabel, fraction, number(floor), scripted, bands))
                    .replace("<", "\\u003c");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Object> numbers(double[] values) {
        List<Object> numbers = new ArrayList<>(values.length);
        Arrays.stream(values).forEach(value -> numbers.add(number(value)));
        return numbers;
    }

    /** Six digits are more than a screen shows, and a third of the size. */
    private static Object number(double value) {
        if (!Double.isFinite(value)) {
            return null;
        }
        return value == Math.rint(value) && Math.abs(value) < 1e15 ? (Object) (long) value : (Object) rounded(value);
    }

    /** Without decimals of any length where that can be: a page that follows a run rounds thousands of numbers a second. */
    private static double rounded(double value) {
        int power = DIGITS.getPrecision() - 1 - (int) Math.floor(Math.log10(Math.abs(value)));
        if (power < 0 || power >= POWERS.length) {
            return new BigDecimal(value).round(DIGITS).doubleValue();
        }
        return Math.rint(value * POWERS[power]) / POWERS[power];
    }

    /**
     * Where a logarithmic axis should begin.
     *
     * @param values what it has to show, all positive
     * @return the power of ten below the smallest
     */
    public static double decade(double... values) {
        return Math.pow(10, Math.floor(Math.log10(Arrays.stream(values).min().orElse(1))));
    }

    static String all(Stream<Chart> charts) {
        return String.join("", charts.filter(Objects::nonNull).map(Chart::html).toList());
    }
}
