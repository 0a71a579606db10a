package org.plastic4j.testsupport;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds for all pages: README.md, CONTRIBUTING.md, CHANGELOG.md, docs and the modules' own. */
class DocumentationTest {
    private static final Path PROJECT = Path.of("../..").toAbsolutePath().normalize();
    private static final Path README = PROJECT.resolve("README.md");
    private static final Path INDEX = PROJECT.resolve("docs/README.md");

    private static final Pattern CODE_BLOCK = Pattern.compile("(?ms)^```.*?^```");
    private static final Pattern LINK = Pattern.compile("(?:\\[[^\\]]*]\\(|<img src=\")([^)\\s\"]+)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.*)$");
    private static final Pattern SETTING = Pattern.compile("( *)(\\w+): ?(.*)");
    private static final Pattern FIGURE = Pattern.compile("\\d[\\d,]*\\.?\\d*%?");

    /** Words of this project's earlier dialect, and what to write instead. */
    private static final TreeMap<String, String> TERMS = new TreeMap<>();

    static {
        TERMS.put("lived again|lives? the traces again|living again", "recomputed");
        TERMS.put("the way back|the way forward", "backward pass, forward pass");
        TERMS.put("is asked of|steps? asks? ", "gradient with respect to");
        TERMS.put("rules? that fades?|fading rules?|traces? fades?|fading trace", "decaying");
        TERMS.put("rules? within a bound|within bounds", "bounded rules");
        TERMS.put("cut off", "clipped");
        TERMS.put("sums? up|summed up", "accumulate, reduce");
        TERMS.put("late updates?", "deferred rank-k update");
        TERMS.put("traces got back", "reversible recomputation");
        TERMS.put("kept traces?|first traces", "checkpoints");
        TERMS.put("\\bsweeps? (forward|back|backward)|(forward|backward) sweeps?", "fused matrix-vector pass");
        TERMS.put("ran out of numbers", "overflowed to infinity or NaN");
        TERMS.put("share of wrong signs", "bit error rate");
        TERMS.put("main measure|judged by", "primary metric");
        TERMS.put("goes on with|taken up again", "resumes, continues");
        TERMS.put("\\brefus(e|es|ed|ing)\\b", "reject");
        TERMS.put("nobody knows|knows nothing of|nothing here knows", "does not depend on");
        TERMS.put("\\bexhibits?\\b|\\bfilms?\\b", "figure, animation");
        TERMS.put("\\bdrives\\b|\\bdriven by the drive\\b", "external inputs");
        TERMS.put("\\bboth sides (get|live|agree)", "both implementations");
    }

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>();
        try (Stream<Path> top = Files.list(PROJECT);
                Stream<Path> docs = Files.list(PROJECT.resolve("docs"));
                Stream<Path> modules = Files.list(PROJECT.resolve("modules"))) {
            Stream.concat(Stream.concat(top, docs), modules.map(module -> module.resolve("README.md")))
                    .filter(page -> page.toString().endsWith(".md") && Files.isRegularFile(page))
                    .sorted()
                    .forEach(pages::add);
        }
        assertThat(pages).contains(README, INDEX);
        return pages;
    }

    private static String prose(Path page) throws IOException {
        return CODE_BLOCK.matcher(Files.readString(page).replace("\r\n", "\n")).replaceAll("");
    }

    private static String name(Path page) {
        return PROJECT.relativize(page).toString();
    }

    /** The addresses of a page's links that stay in the project. */
    private static List<String> links(Path page) throws IOException {
        Matcher link = LINK.matcher(prose(page).replaceAll("`[^`\n]*`", ""));
        List<String> links = new ArrayList<>();
        while (link.find()) {
            if (!link.group(1).matches("[a-z]+:.*")) {
                links.add(link.group(1));
            }
        }
        return links;
    }

    private static Path target(Path page, String link) {
        String file = link.replaceFirst("#.*", "");
        return file.isEmpty() ? page : page.resolveSibling(file).normalize();
    }

    /** A page's headings as GitHub makes anchors of them. */
    private static Set<String> anchors(Path page) throws IOException {
        Set<String> anchors = new HashSet<>();
        Matcher heading = HEADING.matcher(prose(page));
        while (heading.find()) {
            String text = heading.group(1).replaceAll("\\[([^\\]]*)]\\([^)]*\\)", "$1");
            anchors.add(text.toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N} _-]", "")
                    .strip()
                    .replace(' ', '-'));
        }
        return anchors;
    }

    @Test
    void everyLinkLeadsToAFileAndAHeading() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path page : pages()) {
            for (String link : links(page)) {
                Path target = target(page, link);
                boolean leads = Files.exists(target);
                if (leads && link.contains("#") && target.toString().endsWith(".md")) {
                    leads = anchors(target).contains(link.substring(link.indexOf('#') + 1));
                }
                if (!leads) {
                    broken.add(name(page) + ": " + link);
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void everyPageIsReachedFromTheIndex() throws IOException {
        List<Path> pages = pages();
        Set<Path> reached = new HashSet<>(Set.of(INDEX));
        Deque<Path> next = new ArrayDeque<>(reached);
        while (!next.isEmpty()) {
            Path page = next.remove();
            for (String link : links(page)) {
                Path target = target(page, link);
                if (pages.contains(target) && reached.add(target)) {
                    next.add(target);
                }
            }
        }
        assertThat(pages.stream().filter(page -> !reached.contains(page)).map(DocumentationTest::name))
                .isEmpty();
    }

    @Test
    void everyModuleOfAnExperimentHasAPage() throws IOException {
        try (Stream<Path> configs = Files.list(PROJECT.resolve("configs"))) {
            assertThat(configs.map(folder -> PROJECT.resolve("modules/" + folder.getFileName() + "/README.md")))
                    .isNotEmpty()
                    .allSatisfy(page -> assertThat(page).isRegularFile());
        }
    }

    @Test
    void theReadmeBeginsWithCommandsFigureAndResults() throws IOException {
        List<String> lines = Files.readAllLines(README);
        String screen = String.join("\n", lines.subList(0, 35));
        assertThat(screen)
                .containsSubsequence("./mvnw -q compile exec:java", "./mvnw -B verify", "<img ", "| Paper | Here |");
        assertThat(lines).hasSizeLessThan(140);
    }

    /** The last column of the README's table, against the page that the runs made. */
    @Test
    void figuresOfTheReadmeAreThoseOfTheResults() throws IOException {
        String results = Files.readString(PROJECT.resolve("docs/results.md"));
        Set<String> known =
                FIGURE.matcher(results).results().map(match -> match.group()).collect(toCollection(TreeSet::new));
        List<String> rows = Files.readAllLines(README).stream()
                .dropWhile(line -> !line.contains("| Paper | Here |"))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> line.split(" \\| ")[3])
                .toList();
        assertThat(rows).hasSizeGreaterThan(4);
        for (String row : rows) {
            assertThat(FIGURE.matcher(row).results().map(match -> match.group()))
                    .as(row)
                    .isNotEmpty()
                    .isSubsetOf(known);
        }
    }

    @Test
    void everySettingIsOnThePageOfExperimentsWithItsDefault() throws IOException {
        List<String> page = Files.readAllLines(PROJECT.resolve("docs/experiments.md"));
        String columns = page.stream()
                .filter(line -> line.startsWith("| Setting |"))
                .findFirst()
                .orElseThrow();
        List<String> experiments = List.of(columns.split(" *\\| *"));
        List<String> missing = new ArrayList<>();
        for (Path file : defaults()) {
            String experiment = file.getName(PROJECT.getNameCount() + 1).toString();
            settings(file).forEach((key, value) -> {
                boolean shared = page.stream()
                        .filter(line -> line.startsWith("| `" + key + "` |"))
                        .anyMatch(line ->
                                line.split(" *\\| *")[experiments.indexOf(experiment)].equals("`" + value + "`"));
                boolean own = page.stream()
                        .filter(line -> line.startsWith("| " + experiment + " |"))
                        .anyMatch(line -> (line.replace(" |", ",")).contains("`" + key + "` = " + value + ","));
                boolean noted =
                        String.join("\n", page).contains("`" + key + "` (`" + value + "` in " + experiment + ")");
                if (!shared && !own && !noted) {
                    missing.add(experiment + ": " + key + " = " + value);
                }
            });
        }
        assertThat(missing).isEmpty();
    }

    private static List<Path> defaults() throws IOException {
        try (Stream<Path> files = Files.walk(PROJECT.resolve("modules"))) {
            List<Path> defaults = files.filter(file -> file.endsWith("defaults.yaml")
                            && PROJECT.relativize(file)
                                    .toString()
                                    .contains(Path.of("src", "main").toString()))
                    .toList();
            assertThat(defaults).hasSizeGreaterThan(4);
            return defaults;
        }
    }

    /** The values of a plain YAML file, two spaces a level, by their dotted keys. */
    private static TreeMap<String, String> settings(Path file) throws IOException {
        TreeMap<String, String> settings = new TreeMap<>();
        Deque<String> parents = new ArrayDeque<>();
        for (String line : Files.readAllLines(file)) {
            Matcher setting = SETTING.matcher(line);
            if (setting.matches()) {
                while (parents.size() > setting.group(1).length() / 2) {
                    parents.removeLast();
                }
                parents.addLast(setting.group(2));
                if (!setting.group(3).isEmpty()) {
                    settings.put(String.join(".", parents), setting.group(3));
                }
            }
        }
        assertThat(settings).containsKey("training.batch");
        return settings;
    }

    @Test
    void everyPackageSaysWhatItHolds() throws IOException {
        Set<Path> packages = new TreeSet<>();
        try (Stream<Path> files = Files.walk(PROJECT.resolve("modules"))) {
            files.filter(file ->
                            file.toString().matches(".*/modules/[^/]+/src/main/java/.*\\.java".replace("/", "[/\\\\]")))
                    .forEach(file -> packages.add(file.getParent()));
        }
        assertThat(packages).hasSizeGreaterThan(20).allSatisfy(folder -> {
            Path info = folder.resolve("package-info.java");
            assertThat(info).content().startsWith("/**").contains("\npackage ");
            // plastic-core's layers below its library, as docs/releasing.md has them.
            if (folder.toString().matches(".*core[/\\\\](kernel|op|spec)([/\\\\].*)?")) {
                assertThat(Files.readString(info).replaceAll("\\s+\\*?\\s*", " "))
                        .contains("Internal: it changes without notice.");
            }
        });
    }

    /** So that a release is what docs/releasing.md says: a heading above what was unreleased. */
    @Test
    void changelogSaysWhatIsUnreleasedFirstThenTheReleasesInTheirOrder() throws IOException {
        List<String> headings = Files.readAllLines(PROJECT.resolve("CHANGELOG.md")).stream()
                .filter(line -> line.startsWith("## "))
                .toList();
        assertThat(headings.get(0)).isEqualTo("## [Unreleased]");
        assertThat(headings.subList(1, headings.size()))
                .allMatch(heading -> heading.matches("## \\[\\d+\\.\\d+\\.\\d+] - 20\\d\\d-\\d\\d-\\d\\d"));
    }

    @Test
    void pagesUseTheFieldsTerms() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path page : pages()) {
            String prose = prose(page);
            for (String term : TERMS.keySet()) {
                Matcher matcher = Pattern.compile(term.replace(" ", "\\s+"), Pattern.CASE_INSENSITIVE)
                        .matcher(prose);
                while (matcher.find()) {
                    long line = prose.substring(0, matcher.start()).lines().count();
                    found.add("%s, about line %d: '%s', write: %s"
                            .formatted(name(page), line, matcher.group(), TERMS.get(term)));
                }
            }
        }
        assertThat(found).isEmpty();
    }
}
