package org.plastic4j.spark;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.plastic4j.cli.ClusterProvider.Request;
import org.plastic4j.spark.task.RunOrder;
import org.plastic4j.spark.task.RunTask;
import org.plastic4j.training.RunFailure;
import org.plastic4j.training.UserError;
import scala.Tuple2;

/** An application of Spark whose jobs are runs, one task each: one that fails takes no other with it. */
final class SparkJobs implements AutoCloseable {
    /** The setting that names the class path of runs where executors have its files already. */
    private static final String CLASS_PATH = "spark.plastic4j.classpath";

    private final JavaSparkContext context;
    private final Places places = new Places();
    private final Path made;
    private final List<String> classPath;
    private final boolean shipped;

    private SparkJobs(JavaSparkContext context, Path made, List<String> classPath, boolean shipped) {
        this.context = context;
        this.made = made;
        this.classPath = classPath;
        this.shipped = shipped;
        context.sc().addSparkListener(places);
    }

    /** What the user says of Spark, in system properties and in spark-defaults.conf. */
    static SparkConf configuration() {
        SparkConf configuration = new SparkConf();
        String home = System.getenv("SPARK_HOME");
        String folder = System.getenv().getOrDefault("SPARK_CONF_DIR", home == null ? null : home + "/conf");
        Path file = folder == null ? null : Path.of(folder, "spark-defaults.conf");
        if (file != null && Files.isRegularFile(file)) {
            java.util.Properties defaults = new java.util.Properties();
            try (var reader = Files.newBufferedReader(file)) {
                defaults.load(reader);
            } catch (IOException | IllegalArgumentException e) {
                throw new UserError(
                        file + ": expected settings of Spark, which cannot be read (" + e.getMessage() + ")", e);
            }
            defaults.stringPropertyNames().stream()
                    .filter(name -> name.startsWith("spark."))
                    .forEach(name -> configuration.setIfMissing(
                            name, defaults.getProperty(name).strip()));
        }
        return configuration;
    }

    /** Those of Hadoop among them. */
    static Map<String, String> hadoop(SparkConf configuration) {
        return Arrays.stream(configuration.getAllWithPrefix("spark.hadoop."))
                .collect(Collectors.toMap(Tuple2::_1, Tuple2::_2));
    }

    static SparkJobs start(Request request, SparkConf configuration) {
        boolean here = request.url().startsWith("local");
        configuration
                .setMaster(request.url())
                .setIfMissing("spark.app.name", "Plastic4j " + request.folder().getFileName())
                .setIfMissing("spark.ui.enabled", "false")
                // Executors start runs and copy files: the second compiler would take more of the cores than it gives.
                .setIfMissing("spark.executor.extraJavaOptions", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
                .set("spark.task.cpus", Integer.toString(request.threads()))
                // A second attempt beside the first would write into the same directory.
                .set("spark.speculation", "false");
        JavaSparkContext context = null;
        try {
            Path made = Files.createTempDirectory("plastic4j-");
            context = new JavaSparkContext(configuration);
            if (here) {
                return new SparkJobs(context, made, entries(request.child().classPath()), false);
            }
            context.addJar(taskJar(made).toString());
            Optional<String> there = Optional.ofNullable(configuration.get(CLASS_PATH, null));
            if (there.isPresent()) {
                return new SparkJobs(context, made, entries(there.get()), false);
            }
            ShippedClassPath files = ShippedClassPath.of(request.child().classPath(), made);
            context.sc().addArchive(files.archive() + "#" + RunTask.CLASS_PATH);
            return new SparkJobs(context, made, files.names(), true);
        } catch (IOException | RuntimeException e) {
            if (context != null) {
                context.stop();
            }
            throw new RunFailure(
                    String.format(
                            Locale.ROOT,
                            "--spark %s: no application could be started there (%s); %s says more",
                            request.url(),
                            e.getMessage() == null
                                    ? e.getClass().getSimpleName()
                                    : e.getMessage().lines().findFirst().orElse(""),
                            request.folder().resolve(SparkExecutor.LOG)),
                    e);
        }
    }

    private static List<String> entries(String classPath) {
        return List.of(classPath.split(java.io.File.pathSeparator));
    }

    /** The classes that executors need beside Spark's. */
    private static Path taskJar(Path made) throws IOException {
        try {
            Path own = Path.of(RunTask.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return Files.isDirectory(own) ? ShippedClassPath.archive(own, made.resolve("plastic4j-spark.jar")) : own;
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }

    List<String> classPath() {
        return classPath;
    }

    boolean shipped() {
        return shipped;
    }

    Optional<String> place(String group) {
        return places.of(group);
    }

    Future<List<RunTask.Result>> submit(RunOrder order, String group) {
        context.setJobGroup(group, order.name(), false);
        return context.parallelize(List.of(order), 1).map(new RunTask()).collectAsync();
    }

    void cancel(String group) {
        context.cancelJobGroup(group);
    }

    void cancelAll() {
        context.sc().cancelAllJobs();
    }

    @Override
    public void close() {
        context.stop();
        try (Stream<Path> all = Files.walk(made)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            // A temporary folder stays.
            return;
        }
    }
}
