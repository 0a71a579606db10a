package org.plastic4j.training.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plastic4j.training.UserError;

class ConfigFilesTest {
    private final ConfigFiles files = new ConfigFiles("quadratic", ConfigFilesTest.class.getClassLoader());

    @TempDir
    private Path folder;

    @Test
    void bareNameIsAShippedConfiguration() {
        assertThat(files.find("quick").name()).isEqualTo("configs/quadratic/quick.yaml");
    }

    @Test
    void pathOfAnExistingFileIsThatFile() throws Exception {
        Path file = Files.writeString(folder.resolve("mine.yaml"), "seed: 5\n");

        assertThat(files.find(file.toString()))
                .extracting(ConfigText::name, ConfigText::yaml)
                .containsExactly(file.toString(), "seed: 5\n");
    }

    @Test
    void unknownNameIsRejectedWithTheNearestKnownOne() {
        assertThatThrownBy(() -> files.find("quik"))
                .isInstanceOf(UserError.class)
                .hasMessage("--config quik: no such file, and no configuration of that name in configs/quadratic,"
                        + " did you mean quick?");
    }

    @Test
    void unknownFileIsRejectedWithTheKnownNames() {
        assertThatThrownBy(() -> files.find("conf/x.yaml"))
                .isInstanceOf(UserError.class)
                .hasMessage("--config conf/x.yaml: no such file, and no configuration of that name in"
                        + " configs/quadratic, expected a file or one of long, longer, quick");
    }

    @Test
    void namesAreKnownInAJarToo() throws Exception {
        Path jar = folder.resolve("x.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (String name : new String[] {"configs/", "configs/jarred/", "configs/jarred/paper.yaml"}) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(name.endsWith("/") ? new byte[0] : "seed: 3".getBytes(StandardCharsets.UTF_8));
            }
        }
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
            ConfigFiles jarred = new ConfigFiles("jarred", loader);

            assertThat(jarred.names()).containsExactly("paper");
            assertThat(jarred.find("paper").yaml()).isEqualTo("seed: 3");
        }
    }
}
