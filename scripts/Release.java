import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Writes a version into all files that name it, in the project's folder: {@code java scripts/Release.java 0.1.0 2026-12-24}
 * for a release and its day, {@code java scripts/Release.java 0.2.0-SNAPSHOT} for what comes after the release that is there
 * (docs/releasing.md). All files or none are written.
 */
public final class Release {
    private static final String NUMBER = "\\d+\\.\\d+\\.\\d+";
    private static final String SNAPSHOT = "-SNAPSHOT";
    private static final Path POM = Path.of("pom.xml");

    private final List<Path> files = new ArrayList<>();
    private final List<String> texts = new ArrayList<>();

    private Release() {}

    /**
     * Changes the files.
     *
     * @param arguments the version, and a release's day
     * @throws IOException if files cannot be read or written
     */
    public static void main(String[] arguments) throws IOException {
        boolean release = arguments.length == 2 && arguments[0].matches(NUMBER) && arguments[1].matches("\\d{4}-\\d\\d-\\d\\d");
        if (!release && !(arguments.length == 1 && arguments[0].matches(NUMBER + SNAPSHOT))) {
            reject("expected a version and its day, 0.1.0 2026-12-24, or the next version, 0.2.0-SNAPSHOT.");
        }
        Matcher current = Pattern.compile("<artifactId>plastic4j</artifactId>\\s*<version>(.*)</version>")
                .matcher(Files.readString(POM));
        if (!current.find()) {
            reject(POM + ": expected the version of plastic4j, found none.");
        }
        if (release != current.group(1).endsWith(SNAPSHOT)) {
            reject("expected " + (release ? "a snapshot to release" : "a release that the version comes after") + ", found "
                    + current.group(1) + ".");
        }
        Release changes = new Release();
        changes.version(current.group(1), arguments[0]);
        if (release) {
            changes.release(arguments[0], arguments[1]);
        } else {
            changes.next(current.group(1));
        }
        for (int i = 0; i < changes.files.size(); i++) {
            Files.writeString(changes.files.get(i), changes.texts.get(i));
        }
        System.out.printf("%s: %d files changed%n", arguments[0], changes.files.size());
    }

    private static void reject(String problem) {
        System.err.println("Release: " + problem);
        System.exit(2);
    }

    private void version(String from, String to) throws IOException {
        List<Path> poms = new ArrayList<>(List.of(POM));
        try (Stream<Path> modules = Files.list(Path.of("modules"))) {
            modules.map(module -> module.resolve("pom.xml")).filter(Files::isRegularFile).sorted().forEach(poms::add);
        }
        for (Path pom : poms) {
            change(pom, "(?<=<version>)" + Pattern.quote(from) + "(?=</version>)", to);
        }
    }

    private void release(String version, String day) throws IOException {
        change(POM, "(?<=<project.build.outputTimestamp>).*(?=</)", day + "T00:00:00Z");
        change(Path.of("CITATION.cff"), "(?m)^version: .*\n(date-released: .*\n)?", "version: " + version + "\ndate-released: " + day + "\n");
        change(Path.of("CHANGELOG.md"), "(?m)^## \\[Unreleased]$", "## [Unreleased]\n\n## [" + version + "] - " + day);
        // What users copy stays at the newest release.
        Path library = Path.of("docs/library.md");
        change(library, "(?<=<artifactId>plastic4j-bom</artifactId>\n {6}<version>)[^<]+", version);
        change(library, "(?<=plastic4j-bom:)[^\"]+", version);
        change(Path.of("examples/consumer/pom.xml"), "(?<=<plastic4j.version>)[^<]+", version);
        change(Path.of("examples/Remember.java"), "(?<=org.plastic4j:plastic-core:)\\S+", version);
        if (Files.readString(library).contains("<!-- until 0.1.0 -->")) {
            change(library, "(?s)<!-- until 0.1.0 -->.*?<!-- -->\n\n", "");
        }
    }

    private void next(String released) throws IOException {
        change(POM, "(?<=<api.baseline>).*(?=</)", released);
        change(POM, "(?<=<japicmp.skip>).*(?=</)", "false");
    }

    /** Changes a text that has to have what is changed. */
    private void change(Path file, String pattern, String replacement) throws IOException {
        if (!files.contains(file)) {
            files.add(file);
            texts.add(Files.readString(file));
        }
        int i = files.indexOf(file);
        Matcher matcher = Pattern.compile(pattern).matcher(texts.get(i));
        if (!matcher.find()) {
            reject(file + ": expected " + pattern + ", found nothing that it matches.");
        }
        texts.set(i, matcher.replaceAll(Matcher.quoteReplacement(replacement)));
    }
}
