package org.plastic4j.report.page;

import java.util.Locale;

/** The key to pictures in {@link org.plastic4j.training.figure.SignedColors}. */
final class Scale {
    private Scale() {}

    /** A bar from blue to red, from minus to plus the range. */
    static String html(double range) {
        String end = Histogram.number(range);
        return String.format(
                        Locale.ROOT,
                        "<div class=\"scale\" aria-hidden=\"true\"><span>−%s</span><i></i><span>0</span><i"
                                + " class=\"up\"></i>",
                        end)
                + String.format(Locale.ROOT, "<span>+%s</span></div>\n", end);
    }
}
