package org.plastic4j.training.config;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.plastic4j.training.DidYouMean;
import org.plastic4j.training.UserError;

/**
 * Finds an experiment's configurations: files, and those shipped as resources in {@code configs/EXPERIMENT}.
 *
 * @param experiment the experiment's name
 * @param loader where its resources are
 */
public record ConfigFiles(String experiment, ClassLoader loader) {
    /**
     * @param nameOrFile the path of an existing file, or the bare name of a shipped configuration
     * @return the configuration's text
     * @throws UserError if it is neither
     */
    public ConfigText find(String nameOrFile) {
        Optional<Path> file = existingFile(nameOrFile);
        if (file.isPresent()) {
            return ConfigText.file(file.get()).besides(this);
        }
        Optional<ConfigText> shipped = shipped(nameOrFile);
        if (shipped.isPresent()) {
            return shipped.get();
        }
        TreeSet<String> names = new TreeSet<>(names());
        String hint = DidYouMean.of(nameOrFile, names)
                .map(name -> ", did you mean " + name + "?")
                .orElseGet(() -> names.isEmpty() ? "" : ", expected a file or one of " + String.join(", ", names));
        throw new UserError(String.format(
                Locale.ROOT,
                "--config %s: no such file, and no configuration of that name in %s%s",
                nameOrFile,
                folder(),
                hint));
    }

    /** The shipped configuration of a name, if there is one. */
    Optional<ConfigText> shipped(String name) {
        String resource = folder() + "/" + name + ".yaml";
        return name.matches("[\\w-]+") && loader.getResource(resource) != null
                ? Optional.of(ConfigText.resource(loader, resource))
                : Optional.empty();
    }

    /** @return the first sentence of each shipped configuration, which begins with a comment, by name */
    public Map<String, String> described() {
        Map<String, String> described = new TreeMap<>();
        for (String name : names()) {
            String comment = shipped(name)
                    .orElseThrow()
                    .yaml()
                    .lines()
                    .takeWhile(line -> line.startsWith("#"))
                    .map(line -> line.substring(1).strip())
                    .collect(Collectors.joining(" "));
            described.put(name, comment.replaceAll("\\. .*", "."));
        }
        return described;
    }

    private String folder() {
        return "configs/" + experiment;
    }

    private static Optional<Path> existingFile(String text) {
        try {
            return Optional.of(Path.of(text)).filter(Files::isRegularFile);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** The names of the shipped configurations, as far as the class path can be listed. */
    List<String> names() {
        try {
            URL url = loader.getResource(folder());
            if (url == null) {
                return List.of();
            }
            URI uri = url.toURI();
            if (uri.getScheme().equals("file")) {
                return yamlNames(Path.of(uri));
            }
            try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
                return yamlNames(jar.getPath("/" + folder()));
            }
        } catch (IOException | URISyntaxException | RuntimeException e) {
            // The names only make a message more helpful: not knowing them is no reason for another error.
            return Collections.emptyList();
        }
    }

    private static List<String> yamlNames(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml"))
                    .map(name -> name.substring(0, name.length() - ".yaml".length()))
                    .toList();
        }
    }
}
