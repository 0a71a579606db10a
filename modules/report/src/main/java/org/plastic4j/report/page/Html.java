package org.plastic4j.report.page;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.text.StringEscapeUtils;

/** Pieces of HTML. Whatever is not made here goes through {@link #text}. */
public final class Html {
    private static final Pattern LINK = Pattern.compile("<a href=\"[^\"<>]*\">[^<>]*</a>");

    private Html() {}

    /**
     * @param text any text
     * @return HTML that shows it, also within quotes
     */
    public static String text(Object text) {
        return StringEscapeUtils.escapeHtml4(String.valueOf(text)).replace("'", "&#39;");
    }

    /**
     * @param text any text
     * @return a paragraph of it
     */
    public static String paragraph(String text) {
        return "<p>" + text(text) + "</p>\n";
    }

    /**
     * @param text a command, a file or the like; it can be copied and scrolls where it is too wide
     * @return a block of it
     */
    public static String code(String text) {
        return "<pre tabindex=\"0\"><code>" + text(text) + "</code></pre>\n";
    }

    /**
     * A table whose first column names its rows.
     *
     * @param caption what it shows
     * @param headings one a column
     * @param rows the cells' texts
     * @return the table, which scrolls where it is too wide
     */
    public static String table(String caption, List<String> headings, List<List<String>> rows) {
        return table("wide", caption, headings, rows, column -> "<td>");
    }

    /**
     * The same; where there is little room, each row is a card of its own, with the headings beside the cells.
     *
     * @param caption what it shows
     * @param headings one a column
     * @param rows the cells' texts
     * @return the table
     */
    public static String cards(String caption, List<String> headings, List<List<String>> rows) {
        return table(
                "wide cards", caption, headings, rows, column -> "<td data-of=\"" + text(headings.get(column)) + "\">");
    }

    private static String table(
            String kind,
            String caption,
            List<String> headings,
            List<List<String>> rows,
            IntFunction<String> beginning) {
        String head = headings.stream()
                .map(heading -> "<th scope=\"col\">" + text(heading) + "</th>")
                .collect(Collectors.joining("", "<thead><tr>", "</tr></thead>\n"));
        return rows.stream()
                .map(cells -> row(cells, beginning))
                .collect(Collectors.joining(
                        "",
                        "<div class=\"" + kind + "\" tabindex=\"0\"><table><caption>" + text(caption) + "</caption>\n"
                                + head + "<tbody>\n",
                        "</tbody></table></div>\n"));
    }

    /** A cell that {@link #link} made is HTML already. */
    private static String cell(String cell) {
        return LINK.matcher(cell).matches() ? cell : text(cell);
    }

    /**
     * @param text any text
     * @param address where it leads, relative to the page
     * @return a link in HTML
     */
    public static String link(String text, String address) {
        return "<a href=\"" + text(address) + "\">" + text(text) + "</a>";
    }

    private static String row(List<String> cells, IntFunction<String> beginning) {
        return IntStream.range(1, cells.size())
                .mapToObj(column -> beginning.apply(column) + cell(cells.get(column)) + "</td>")
                .collect(Collectors.joining("", "<tr><th scope=\"row\">" + cell(cells.get(0)) + "</th>", "</tr>\n"));
    }

    /**
     * @param facts what is said about what
     * @return a list of them
     */
    public static String facts(Map<String, ?> facts) {
        return facts(facts, "");
    }

    /** The same with more of them, as HTML, behind. */
    static String facts(Map<String, ?> facts, String more) {
        return facts.entrySet().stream()
                .map(fact -> String.format(
                        Locale.ROOT, "<div><dt>%s</dt><dd>%s</dd></div>\n", text(fact.getKey()), text(fact.getValue())))
                .collect(Collectors.joining("", "<dl class=\"facts\">\n", more + "</dl>\n"));
    }
}
