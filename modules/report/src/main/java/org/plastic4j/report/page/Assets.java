package org.plastic4j.report.page;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.plastic4j.training.run.Versions;

/** The styles and scripts of all pages, in files or from a server. */
public final class Assets {
    private static final String UPLOT = "/META-INF/resources/webjars/uplot/" + Versions.uplot();

    private Assets() {}

    /** @return the pages' style sheet: colours, light and dark, and what pages consist of */
    public static String style() {
        return resource("page.css");
    }

    /** @return the script that draws charts, which needs {@link #plotScript} before it */
    public static String charts() {
        return resource("charts.js");
    }

    static String films() {
        return resource("film.js");
    }

    /** @return the style sheet of uPlot, the library that draws curves */
    public static String plotStyle() {
        return resource(UPLOT + "/dist/uPlot.min.css");
    }

    /** @return the script of uPlot */
    public static String plotScript() {
        return resource(UPLOT + "/dist/uPlot.iife.min.js");
    }

    /** @return the licence of uPlot */
    public static String plotLicence() {
        return resource(UPLOT + "/LICENSE");
    }

    private static String resource(String name) {
        return text(Assets.class, name);
    }

    /**
     * @param owner a class
     * @param name a text file beside it on the class path
     * @return the text
     */
    public static String text(Class<?> owner, String name) {
        try (InputStream in = owner.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new IllegalStateException(name + " is unreadable", e);
        }
    }
}
