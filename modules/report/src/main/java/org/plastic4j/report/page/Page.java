package org.plastic4j.report.page;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A page in one file: styles, script and pictures are in it. Its content security policy forbids it to load anything,
 * so that it never can.
 *
 * @param title what it is about
 * @param kind what sort of page it is, above the title
 * @param lead the sentence that says what came out
 * @param facts the few numbers that matter, as HTML
 * @param sections the rest, in order
 */
public record Page(String title, String kind, String lead, String facts, List<Section> sections) {
    private static final String POLICY =
            "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'";

    /**
     * A part of a page.
     *
     * @param heading its heading
     * @param html its content
     */
    public record Section(String heading, String html) {}

    /** @return the whole page */
    public String html() {
        return String.format(
                Locale.ROOT,
                """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <meta http-equiv="Content-Security-Policy" content="%s">
                <title>%s</title>
                <style>
                %s
                %s
                </style>
                </head>
                <body>
                <header>
                <p class="kind">%s</p>
                <h1>%s</h1>
                <p class="lead">%s</p>
                %s<nav>%s</nav>
                </header>
                <main>
                %s</main>
                <noscript><p>The curves need scripts; the numbers below them and the pictures do not.</p></noscript>
                <script>
                /*
                %s
                */
                %s
                </script>
                <script>
                %s
                </script>
                </body>
                </html>
                """,
                POLICY,
                Html.text(title),
                Assets.plotStyle(),
                Assets.style(),
                Html.text(kind),
                Html.text(title),
                Html.text(lead),
                facts,
                sections.stream().map(Page::link).collect(Collectors.joining(" ")),
                sections.stream().map(Page::section).collect(Collectors.joining()),
                Assets.plotLicence(),
                Assets.plotScript(),
                Assets.charts() + "\n" + Assets.films());
    }

    private static String section(Section section) {
        return String.format(
                Locale.ROOT,
                "<section>\n<h2 id=\"%s\">%s</h2>\n%s</section>\n",
                id(section),
                Html.text(section.heading()),
                section.html());
    }

    private static String link(Section section) {
        return String.format(Locale.ROOT, "<a href=\"#%s\">%s</a>", id(section), Html.text(section.heading()));
    }

    private static String id(Section section) {
        return section.heading().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }
}
