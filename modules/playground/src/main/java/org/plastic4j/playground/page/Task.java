package org.plastic4j.playground.page;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.plastic4j.report.page.Assets;

/** What a person can play, each on a page of its own; the pages have one frame. */
enum Task {
    DRAWINGS(
            "/",
            "Teach it five symbols",
            "Draw five symbols, once each. Then draw one of them again: the network, which never saw them "
                    + "before, says which it is. What it has learned of them is in its Hebbian trace alone."),
    PICTURES(
            "/pictures",
            "Complete a picture",
            "The network sees three small pictures, then a half of one. Its weights know nothing of these "
                    + "pictures: it completes the half from the traces that they left a moment ago."),
    MAZE(
            "/maze",
            "A reward that nobody sees",
            "Three agents in the same maze. None sees the reward; who finds it is put somewhere else, and "
                    + "should come back. Move the reward with a click, and see who learns where it went.");

    private final String path;
    private final String title;
    private final String lead;

    Task(String path, String title, String lead) {
        this.path = path;
        this.title = title;
        this.lead = lead;
    }

    String path() {
        return path;
    }

    String script() {
        return id() + ".js";
    }

    String page() {
        String links = Arrays.stream(values()).map(this::link).collect(Collectors.joining("\n"));
        return resource("page.html")
                .replace("{title}", title)
                .replace("{lead}", lead)
                .replace("{links}", links)
                .replace("{script}", script())
                .replace("{main}", resource(id() + ".html"));
    }

    private String link(Task to) {
        String current = to == this ? " aria-current=\"page\"" : "";
        String name = to.name().charAt(0) + to.id().substring(1);
        return String.format(Locale.ROOT, "<a href=\"%s\"%s>%s</a>", to.path, current, name);
    }

    private String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static String resource(String name) {
        return Assets.text(Task.class, name);
    }
}
