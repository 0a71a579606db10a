package org.plastic4j.report.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.plastic4j.training.figure.Figure;
import org.plastic4j.training.metric.MetricTable;
import org.plastic4j.training.run.AtomicFiles;
import org.plastic4j.training.run.HeldOut;
import org.plastic4j.training.run.RunDirectory;
import org.plastic4j.training.run.RunFacts;
import org.plastic4j.training.trainer.PrimaryMetric;
import org.plastic4j.training.trainer.Session;
import org.plastic4j.training.trainer.TrainingOutcome;

/**
 * Writes {@code report.html}: all that there is to say about a run, from the files in its directory, which are whole by
 * then, and the network as it is in the end. A part that cannot be made says so in its place; the rest is there.
 */
public final class RunReport {
    private static final List<String> MACHINE = List.of("os", "processors", "threads", "device", "java");
    private static final Pattern HELD_OUT = Pattern.compile("<div id=\"held-out\".*?</div>\n");
    private static final List<String> VERSIONS = List.of("plastic4j", "commit", "nd4j");

    private final RunDirectory directory;
    private final Session session;
    private final PrimaryMetric measure;
    private final long window;
    private final Optional<Double> target;
    private final List<Throwable> problems = new ArrayList<>();

    /** Makes a part of the page. */
    @FunctionalInterface
    private interface Part {
        String html() throws IOException;
    }

    /**
     * @param directory the run's directory, with everything else in it
     * @param session the trained network
     * @param measure what it is measured by
     * @param window over how many lifetimes its mean is the run's result
     * @param target what that should have reached, if anything
     */
    public RunReport(
            RunDirectory directory, Session session, PrimaryMetric measure, long window, Optional<Double> target) {
        this.directory = directory;
        this.session = session;
        this.measure = measure;
        this.window = window;
        this.target = target;
    }

    /**
     * Writes the page as far as that can be done here; no run may fail for it.
     *
     * @param outcome how the run ended
     * @return what could not be done; nothing if all is well
     */
    public List<Throwable> tryWrite(TrainingOutcome outcome) {
        // As for the plot: nobody's screen is needed to make pictures.
        if (System.getProperty("java.awt.headless") == null) {
            System.setProperty("java.awt.headless", "true");
        }
        try {
            AtomicFiles.write(directory.report(), page(outcome).html());
        } catch (IOException | RuntimeException | LinkageError e) {
            problems.add(e);
        }
        return List.copyOf(problems);
    }

    private Page page(TrainingOutcome outcome) throws IOException {
        JsonNode run = new ObjectMapper().readTree(directory.provenance().toFile());
        List<Page.Section> sections = new ArrayList<>();
        if (outcome.steps() > 0) {
            add(sections, "Curves", this::curves);
        }
        List<Figure> figures = made(session.figures());
        if (!figures.isEmpty()) {
            add(sections, "What the network saw and answered", () -> Figures.html(figures));
        }
        List<Figure> structure = made(session.structure());
        add(
                sections,
                "What it learned",
                () -> Figures.html(structure)
                        + new Parameters(session.trainable().parameters()).html());
        if (!session.data().isEmpty()) {
            add(sections, "Data", () -> Html.facts(session.data()));
        }
        add(sections, "The same run again", () -> again(run));
        add(sections, "Settings", () -> Html.code(Files.readString(directory.config())));
        add(sections, "Versions, machine and seeds", () -> circumstances(run));
        String experiment = run.path("experiment").asText();
        return new Page(
                session.title(),
                experiment + " · run of " + run.path("started").asText().replace('T', ' '),
                outcome.summary(measure) + ".",
                Html.facts(headline(outcome), heldOut(directory, measure)),
                sections);
    }

    /** Whatever goes wrong in one part, for example where a Java runtime cannot draw, stays there. */
    private void add(List<Page.Section> sections, String heading, Part part) {
        String html;
        try {
            html = part.html();
        } catch (IOException | RuntimeException | LinkageError | java.awt.AWTError | InternalError e) {
            problems.add(e);
            html = Html.paragraph("This part could not be made; run.log says why.");
        }
        sections.add(new Page.Section(heading, html));
    }

    private List<Figure> made(Supplier<List<Figure>> figures) {
        try {
            return figures.get();
        } catch (RuntimeException | LinkageError e) {
            problems.add(e);
            return List.of();
        }
    }

    private String curves() {
        MetricTable table = MetricTable.read(directory.metricsCsv());
        return new Curves(table, measure, window, target)
                .html(session.trainable().parameters().keySet());
    }

    private Map<String, String> headline(TrainingOutcome outcome) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put(
                String.format(Locale.ROOT, "mean %s, last %,d lifetimes", measure.words(), outcome.window()),
                outcome.window() == 0 ? "none" : measure.text(outcome.mean()));
        facts.put("lifetimes", String.format(Locale.ROOT, "%,d", outcome.lifetimes()));
        facts.put("lifetimes a second", rate(outcome.lifetimes() / outcome.seconds()));
        target.ifPresent(level -> facts.put("target", measure.text(level)));
        return facts;
    }

    private static String rate(double rate) {
        return String.format(Locale.ROOT, rate < 10 ? "%.2f" : rate < 100 ? "%.1f" : "%,.0f", rate);
    }

    /**
     * Adds the held-out result to a report that was written before there was one, or replaces an older one.
     *
     * @param directory the run's directory
     * @param measure what it is measured by
     * @return whether there is a report that it could be added to
     * @throws IOException if the report cannot be read or written
     */
    public static boolean addHeldOut(RunDirectory directory, PrimaryMetric measure) throws IOException {
        if (!Files.isRegularFile(directory.report())) {
            return false;
        }
        String before = Files.readString(directory.report());
        Matcher fact = HELD_OUT.matcher(before);
        if (!fact.find()) {
            return false;
        }
        AtomicFiles.write(
                directory.report(),
                before.substring(0, fact.start()) + heldOut(directory, measure) + before.substring(fact.end()));
        return true;
    }

    /** The fact about the run's evaluation; hidden while there is none. */
    private static String heldOut(RunDirectory directory, PrimaryMetric measure) {
        return HeldOut.ofEnd(directory.path(), RunFacts.read(directory.provenance()))
                .map(found -> String.format(
                        Locale.ROOT,
                        "<div id=\"held-out\"><dt>%s</dt><dd>%s</dd></div>\n",
                        Html.text(String.format(
                                Locale.ROOT, "mean %s, %,d held-out lifetimes", measure.words(), found.lifetimes())),
                        Html.text(measure.text(found.mean()))))
                .orElse("<div id=\"held-out\" hidden></div>\n");
    }

    private String again(JsonNode run) {
        String experiment = run.path("experiment").asText();
        List<String> arguments = new ArrayList<>();
        run.path("arguments").forEach(argument -> arguments.add(argument.asText()));
        return Html.paragraph("With the same options, from the project's folder:")
                + Html.code(Commands.again(experiment, arguments))
                + Html.paragraph(
                        "From this run's directory alone, whose config.yaml holds every setting, seed included:")
                + Html.code(Commands.fromDirectory(
                        experiment, directory.path().toString().replace('\\', '/')))
                + Html.paragraph("On the same kind of processor, both give the same numbers bit for bit.");
    }

    private static String circumstances(JsonNode run) {
        Map<String, String> facts = new LinkedHashMap<>();
        VERSIONS.forEach(name -> put(facts, name, run.path(name)));
        MACHINE.forEach(name -> put(facts, name, run.path(name)));
        put(facts, "started", run.path("started"));
        put(facts, "ended", run.path("ended"));
        run.path("seeds").properties().forEach(seed -> put(facts, "seed: " + seed.getKey(), seed.getValue()));
        return Html.facts(facts);
    }

    private static void put(Map<String, String> facts, String name, JsonNode value) {
        if (!value.isMissingNode()) {
            facts.put(name, value.asText());
        }
    }
}
