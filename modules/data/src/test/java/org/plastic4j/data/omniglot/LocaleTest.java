package org.plastic4j.data.omniglot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.plastic4j.data.ChildJvm;
import org.plastic4j.data.InvalidData;
import org.plastic4j.data.download.DownloadFailure;
import org.plastic4j.data.pictures.Cifar10;
import org.plastic4j.data.pictures.DeadLeaves;

/** Names of files, keys, numbers and messages are the same wherever the user lives. */
@Tag("slow")
class LocaleTest {
    private static final List<String> AMERICA = List.of("-Duser.language=en", "-Duser.country=US");

    @TempDir
    private Path folder;

    /** Prints whatever this module gives names and numbers to. Argument: a folder of the test's. */
    public static final class Names {
        private Names() {}

        public static void main(String[] arguments) throws Exception {
            Path folder = Path.of(arguments[0]);
            // So that the test knows that the locale is one that writes numbers otherwise.
            System.err.printf("%d%n", 12);

            System.out.println(Cifar10.expected());
            Cifar10.DATASET.files().keySet().forEach(System.out::println);
            Path cifar = Files.createDirectories(folder.resolve("cifar"));
            Files.write(cifar.resolve("data_batch_1.bin"), new byte[3073 * 12 + 5]);
            say(() -> Cifar10.read(cifar));
            System.out.println(DeadLeaves.data(0).facts());

            OfficialArchive.of(OfficialArchive.BACKGROUND).characters().forEach(System.out::println);
            for (OmniglotSplit split : OmniglotSplit.values()) {
                System.out.println(split.test() + " " + split.validation());
            }
            CharacterData generated = GeneratedCharacters.data(0, true);
            System.out.println(generated.facts());
            say(generated.test());

            Path omniglot = Files.createDirectories(folder.resolve("omniglot"));
            Path cache = folder.resolve("cache");
            Map<String, byte[]> files = SmallOmniglot.files();
            say(() -> read(omniglot, cache, files));
            try (Stream<Path> kept = Files.list(cache)) {
                kept.forEach(file -> System.out.println(file.getFileName()));
            }
            files.remove("images_background/Greek/character03/0003_02.png");
            say(() -> read(omniglot, cache, files));
            files.keySet().removeIf(name -> name.contains("character03"));
            say(() -> read(omniglot, cache, files));

            Path download = Files.createDirectories(folder.resolve("download"));
            Files.write(download.resolve("cifar-10-binary.tar.gz"), new byte[1234567]);
            say(() -> {
                Cifar10.DATASET.bring(download, Optional.empty(), (bytes, total) -> {});
                return "brought";
            });
        }

        private static String read(Path folder, Path cache, Map<String, byte[]> files) throws IOException {
            Files.write(folder.resolve("images_background.zip"), SmallOmniglot.zip(files));
            CharacterData data = Omniglot.read(
                            folder,
                            new DrawingCache(cache),
                            SmallOmniglot.SETS,
                            List.of(SmallOmniglot.ARCHIVE),
                            SmallOmniglot.HELD_OUT)
                    .orElseThrow();
            say(data.training());
            return data.facts().toString();
        }

        private static void say(Characters characters) {
            IntStream.range(0, characters.count()).mapToObj(characters::name).forEach(System.out::println);
        }

        private static void say(Callable<?> what) throws Exception {
            try {
                System.out.println(what.call());
            } catch (InvalidData | DownloadFailure e) {
                System.out.println(e.getMessage());
            }
        }
    }

    private String names(Path below, List<String> locale) throws IOException {
        Path own = Files.createDirectories(folder.resolve(below));
        return ChildJvm.run(Names.class, Map.of(), locale, List.of(own.toString()))
                .replace(own.toString(), "FOLDER");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ar EG nu-arab ١٢", "fa IR nu-arabext ۱۲", "tr TR nu-latn 12"})
    void namesAndNumbersAreTheSameInEveryLocale(String locale) throws IOException {
        String[] words = locale.split(" ");
        List<String> options = List.of(
                "-Duser.language=" + words[0],
                "-Duser.country=" + words[1],
                "-Duser.extensions=u-" + words[2],
                "-Dfile.encoding=UTF-8",
                "-Dstderr.encoding=UTF-8");

        String there = names(Path.of("there"), options);

        assertThat(there).contains(words[3] + System.lineSeparator());
        assertThat(there.replace(words[3], "12")).isEqualTo(names(Path.of("here"), AMERICA));
    }
}
