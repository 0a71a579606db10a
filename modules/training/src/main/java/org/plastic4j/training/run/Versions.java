package org.plastic4j.training.run;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Optional;
import java.util.Properties;

/** What this program is made of. */
public final class Versions {
    /** The system property that names the commit to a process whose classes were sent from a work tree elsewhere. */
    public static final String COMMIT = "plastic4j.commit";

    private static final Properties BUILT_WITH = load();

    private Versions() {}

    /** @return the version of Plastic4j */
    public static String plastic4j() {
        return BUILT_WITH.getProperty("plastic4j");
    }

    /** @return the version of ND4J */
    public static String nd4j() {
        return BUILT_WITH.getProperty("nd4j");
    }

    /** @return the version of uPlot, the library that draws the curves in reports */
    public static String uplot() {
        return BUILT_WITH.getProperty("uplot");
    }

    /**
     * @return the commit that {@value #COMMIT} names, or else the one that is checked out where the classes come from, if
     *     they come from a work tree
     */
    public static Optional<String> commit() {
        String told = System.getProperty(COMMIT);
        if (told != null) {
            return Optional.of(told);
        }
        try {
            CodeSource source = Versions.class.getProtectionDomain().getCodeSource();
            // The classes' own place and not the working directory, which may be somebody else's repository.
            for (Path folder = Path.of(source.getLocation().toURI()); folder != null; folder = folder.getParent()) {
                if (Files.isDirectory(folder.resolve(".git"))) {
                    return head(folder.resolve(".git"));
                }
            }
        } catch (IOException | URISyntaxException | RuntimeException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private static Optional<String> head(Path git) throws IOException {
        String head = Files.readString(git.resolve("HEAD")).strip();
        if (!head.startsWith("ref: ")) {
            return Optional.of(head);
        }
        String ref = head.substring("ref: ".length());
        if (Files.isRegularFile(git.resolve(ref))) {
            return Optional.of(Files.readString(git.resolve(ref)).strip());
        }
        return Files.readAllLines(git.resolve("packed-refs")).stream()
                .filter(line -> line.endsWith(" " + ref))
                .map(line -> line.substring(0, line.indexOf(' ')))
                .findFirst();
    }

    private static Properties load() {
        Properties properties = new Properties();
        try (InputStream in = Versions.class.getResourceAsStream("versions.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new IllegalStateException("versions.properties is unreadable", e);
        }
        return properties;
    }
}
