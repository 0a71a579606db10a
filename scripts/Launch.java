import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the scripts do where no shell is: on Windows, where scripts\launch.cmd starts it with the name of a script and its
 * arguments. Help and the programs' classes and options are read from the files that the shell's scripts read them from.
 * Java 11 compiles it, to say that it is too old.
 */
public final class Launch {
    private static final int JAVA = 17;
    /** From here on, JVMs warn of what ND4J's libraries do, unless they are told that it is meant. */
    private static final int WARNS = 23;

    private static final Pattern COLLECTOR = Pattern.compile("(?<!\\S)-XX:\\+Use[A-Za-z0-9]+GC(?!\\S)");

    /** What a user did wrong, in one sentence. */
    private static final class Rejection extends RuntimeException {
        private static final long serialVersionUID = 1;

        Rejection(String sentence) {
            super(sentence);
        }
    }

    private final Path root;
    private final String script;
    private final List<String> arguments;

    private Launch(Path root, String script, List<String> arguments) {
        this.root = root;
        this.script = script;
        this.arguments = arguments;
    }

    /**
     * Starts a script, and ends as it does.
     *
     * @param arguments the script's name, and its arguments
     * @throws Exception if files cannot be read or the program cannot be started
     */
    public static void main(String[] arguments) throws Exception {
        int code;
        try {
            Path root = Path.of(System.getProperty("plastic4j.project", "")).toRealPath();
            List<String> all = Arrays.asList(arguments);
            code = new Launch(root, all.get(0), all.subList(1, all.size())).start();
        } catch (Rejection e) {
            System.err.println(e.getMessage());
            code = 2;
        }
        System.exit(code);
    }

    private int start() throws IOException, InterruptedException {
        if (Runtime.version().feature() < JAVA) {
            throw rejected(": this is Java " + Runtime.version() + ": expected 17 or later.");
        }
        String first = arguments.isEmpty() ? "" : arguments.get(0);
        boolean help = first.equals("--help") || first.equals("-h");
        switch (script) {
            case "run":
                return run(first, help);
            case "eval":
                return help || arguments.contains("--help") ? help() : experiment(ofRun(evaluated()), arguments);
            case "report":
                return help ? help() : report(first);
            case "download":
            case "reproduce":
            case "search":
                return help ? help() : experiment(named(first), arguments.subList(1, arguments.size()));
            case "package":
                return help ? help() : packaged();
            default:
                return program();
        }
    }

    private Rejection rejected(String problem) {
        return new Rejection("scripts/" + script + problem);
    }

    // --- What is asked for.

    private int run(String first, boolean help) throws IOException, InterruptedException {
        if (first.isEmpty()) {
            throw rejected(": expected an experiment, one of: " + experiments() + ".");
        }
        if (help) {
            help();
            System.out.println("Experiments: " + experiments() + ".");
            return 0;
        }
        if (first.equals("--list")) {
            return list();
        }
        if (arguments.stream().anyMatch(argument -> argument.equals("--spark") || argument.startsWith("--spark="))) {
            throw rejected(": --spark: expected scripts/run on Linux or macOS, found its counterpart for Windows.");
        }
        return experiment(first, arguments.subList(1, arguments.size()));
    }

    private String named(String first) throws IOException {
        if (first.isEmpty() || first.startsWith("-")) {
            Matcher example = Pattern.compile("(?m)^example='(.*)'$").matcher(text());
            throw rejected(": expected an experiment, as in scripts/" + script + " "
                    + (example.find() ? example.group(1) : "EXPERIMENT") + "; scripts/run --list names them.");
        }
        return first;
    }

    private String evaluated() {
        String directory = "";
        for (int i = 0; i < arguments.size(); i++) {
            if (arguments.get(i).startsWith("--run=")) {
                directory = arguments.get(i).substring("--run=".length());
            } else if (i > 0 && arguments.get(i - 1).equals("--run")) {
                directory = arguments.get(i);
            }
        }
        if (directory.isEmpty()) {
            throw rejected(": expected --run DIR, the directory of a run.");
        }
        return directory;
    }

    private int report(String first) throws IOException, InterruptedException {
        if (first.isEmpty() || first.startsWith("-")) {
            throw rejected(": expected the directory of a run, as in scripts/report runs/maze/plastic.");
        }
        List<String> options = new ArrayList<>(List.of("--run", first));
        options.addAll(arguments.subList(1, arguments.size()));
        return experiment(ofRun(first), options);
    }

    /** The experiment that a run is of. */
    private String ofRun(String directory) throws IOException {
        Path description = Path.of(directory, "run.json");
        if (!Files.isRegularFile(description)) {
            throw rejected(": " + (script.equals("eval") ? "--run " : "") + directory
                    + ": expected the directory of a run, found no run.json in it.");
        }
        Matcher name = Pattern.compile("\"experiment\" *: *\"([^\"]*)\"").matcher(Files.readString(description));
        if (!name.find()) {
            throw rejected(": " + directory + "/run.json: expected the name of an experiment, found none.");
        }
        return name.group(1);
    }

    private String text() throws IOException {
        return Files.readString(root.resolve("scripts").resolve(script));
    }

    /** Prints the comment that the script begins with. */
    private int help() throws IOException {
        text().lines().skip(1).takeWhile(line -> line.startsWith("#")).forEach(line -> System.out.println(
                line.replaceFirst("^# ?", "")));
        return 0;
    }

    private int list() throws IOException {
        for (Path module : mains().keySet()) {
            String pom = Files.readString(module.resolve("pom.xml"));
            Matcher description = Pattern.compile("(?m)^  <description>(.*)</description>$").matcher(pom);
            System.out.println(module.getFileName() + ": " + (description.find() ? description.group(1) : ""));
            for (Path config : files(root.resolve("configs").resolve(module.getFileName()), 1, ".yaml")) {
                String comment = Files.readAllLines(config).stream()
                        .takeWhile(line -> line.startsWith("#"))
                        .map(line -> line.replaceFirst("^# *", ""))
                        .collect(Collectors.joining(" "));
                String name = config.getFileName().toString().replace(".yaml", "");
                System.out.printf("  --config %-22s %s%n", name, comment.replaceFirst("\\. .*", "."));
            }
        }
        return 0;
    }

    private static List<Path> files(Path folder, int depth, String suffix) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder, depth)) {
            return all.filter(file -> file.toString().endsWith(suffix) && Files.isRegularFile(file))
                    .sorted()
                    .collect(Collectors.toList());
        }
    }

    /** Each experiment's module with its class. */
    private Map<Path, String> mains() throws IOException {
        Map<Path, String> mains = new TreeMap<>();
        try (Stream<Path> modules = Files.list(root.resolve("modules"))) {
            for (Path module : (Iterable<Path>) modules::iterator) {
                Path sources = module.resolve("src/main/java");
                for (Path main : files(sources, Integer.MAX_VALUE, "Main.java")) {
                    if (main.endsWith("Main.java")) {
                        String name = sources.relativize(main).toString();
                        mains.putIfAbsent(module, name.replace(".java", "").replaceAll("[/\\\\]", "."));
                    }
                }
            }
        }
        return mains;
    }

    private String experiments() throws IOException {
        return mains().keySet().stream().map(module -> module.getFileName().toString()).collect(Collectors.joining(", "));
    }

    // --- What is started.

    private int experiment(String name, List<String> options) throws IOException, InterruptedException {
        String main = name.matches("\\.|.*[/\\\\].*") ? null : mains().get(root.resolve("modules").resolve(name));
        if (main == null) {
            throw rejected(": " + name + ": no such experiment, expected one of: " + experiments() + ".");
        }
        List<String> all = new ArrayList<>(script.equals("run") ? List.of() : List.of(script));
        all.addAll(options);
        return java(programNamed("experiment"), name, main, all, Map.of("OMP_WAIT_POLICY", "passive"));
    }

    private int program() throws IOException, InterruptedException {
        String[] program = programNamed(script);
        return java(program, program[1], program[2], arguments, Map.of());
    }

    private int packaged() throws IOException, InterruptedException {
        List<String> experiments = new ArrayList<>();
        mains().forEach((module, main) -> experiments.add(module.getFileName() + "=" + main));
        String[] program = programNamed("experiment");
        List<String> options = Arrays.asList(program).subList(3, program.length);
        List<String> command = new ArrayList<>(List.of(
                tool(),
                "-Dplastic4j.project=" + root,
                "-Dplastic4j.experiments=" + String.join(",", experiments),
                "-Dplastic4j.options=" + String.join(" ", options),
                root.resolve("scripts/Package.java").toString()));
        command.addAll(arguments);
        return wait(new ProcessBuilder(command).inheritIO());
    }

    /** A line of scripts/programs: name, module, class, options. */
    private String[] programNamed(String name) throws IOException {
        return Files.readAllLines(root.resolve("scripts/programs")).stream()
                .map(line -> line.split(" +"))
                .filter(words -> words[0].equals(name))
                .findFirst()
                .orElseThrow(() -> new Rejection("scripts/" + name + ": no such script."));
    }

    private static String tool() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static String environment(String name) {
        return Objects.requireNonNullElse(System.getenv(name), "");
    }

    private int java(String[] program, String module, String main, List<String> options, Map<String, String> defaults)
            throws IOException, InterruptedException {
        String classPath = classPath(module);
        List<String> command = new ArrayList<>(List.of(tool()));
        if (Runtime.version().feature() >= WARNS) {
            command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        }
        String own = environment("JAVA_OPTS").strip();
        // Java rejects two collectors.
        if (!COLLECTOR.matcher(own + " " + environment("JDK_JAVA_OPTIONS") + " " + environment("JAVA_TOOL_OPTIONS")).find()) {
            command.add("-XX:+UseSerialGC");
        }
        for (String option : Arrays.asList(program).subList(3, program.length)) {
            command.add(
                    option.equals("vector")
                            ? "@" + root.resolve("scripts/vector.options")
                            : option.replace("PROJECT", root.toString()));
        }
        command.add("-Dplastic4j.script=scripts/" + script);
        command.addAll(own.isEmpty() ? List.of() : Arrays.asList(own.split("\\s+")));
        command.addAll(List.of("-cp", classPath, main));
        command.addAll(options);
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        // --threads decides: what the environment says for all programs would reach the native libraries past it.
        builder.environment().keySet().removeIf(name ->
                name.matches("(OMP|OPENBLAS|MKL|GOTO)_.*") && !name.equals("OMP_WAIT_POLICY"));
        defaults.forEach(builder.environment()::putIfAbsent);
        return wait(builder);
    }

    /** A console interrupts both processes: this one is the last to end. */
    private static int wait(ProcessBuilder builder) throws IOException, InterruptedException {
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> process.onExit().join()));
        return process.waitFor();
    }

    // --- The build, where a source, a pom or a configuration is not what it was in the last one, or a part of that is gone.

    private String classPath(String module) throws IOException, InterruptedException {
        Path target = Files.createDirectories(root.resolve("modules").resolve(module).resolve("target"));
        Path stamp = target.resolve("launch");
        // Two runs that are started together build once.
        try (FileChannel channel = FileChannel.open(
                target.resolve("launch.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.lock();
            List<String> made = List.of(environment("MAVEN_ARGS"), root.toString(), fingerprint());
            if (Files.exists(stamp)) {
                List<String> last = Files.readAllLines(stamp);
                if (last.subList(0, made.size()).equals(made)
                        && Stream.of(last.get(made.size()).split(File.pathSeparator))
                                .allMatch(entry -> Files.exists(Path.of(entry)))) {
                    return last.get(made.size());
                }
            }
            String classPath = build(module, target);
            List<String> lines = new ArrayList<>(made);
            lines.add(classPath);
            Files.write(stamp, lines);
            return classPath;
        }
    }

    /** Names, sizes and times of what a build is made of. */
    private String fingerprint() throws IOException {
        List<Path> files = new ArrayList<>(List.of(root.resolve("pom.xml")));
        files.addAll(files(root.resolve(".mvn"), Integer.MAX_VALUE, ""));
        files.addAll(files(root.resolve("configs"), Integer.MAX_VALUE, ""));
        try (Stream<Path> modules = Files.list(root.resolve("modules"))) {
            for (Path module : (Iterable<Path>) modules.sorted()::iterator) {
                files.addAll(files(module, 1, "pom.xml"));
                files.addAll(files(module.resolve("src/main"), Integer.MAX_VALUE, ""));
            }
        }
        StringBuilder all = new StringBuilder();
        for (Path file : files) {
            all.append(file).append(Files.size(file)).append(Files.getLastModifiedTime(file));
        }
        return UUID.nameUUIDFromBytes(all.toString().getBytes(StandardCharsets.UTF_8)).toString();
    }

    private String build(String module, Path target) throws IOException, InterruptedException {
        Path log = target.resolve("scripts.log");
        System.err.println("Building " + module + "; the first build downloads about 350 MB, which takes minutes. What it does: "
                + log);
        boolean windows = File.separatorChar == '\\';
        int code = new ProcessBuilder(
                        root.resolve(windows ? "mvnw.cmd" : "mvnw").toString(),
                        "-q",
                        "-B",
                        "-pl",
                        "modules/" + module,
                        "-am",
                        "compile",
                        "dependency:build-classpath",
                        "-DincludeScope=runtime",
                        "-DexcludeTypes=pom",
                        "-Dmdep.outputFile=target/scripts.classpath")
                .directory(root.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        if (code != 0) {
            System.err.print(Files.readString(log, StandardCharsets.ISO_8859_1));
            System.exit(1);
        }
        String others = Files.readString(target.resolve("scripts.classpath")).strip();
        return target.resolve("classes") + (others.isEmpty() ? "" : File.pathSeparator + others);
    }
}
