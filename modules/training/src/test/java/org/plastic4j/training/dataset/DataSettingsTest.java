package org.plastic4j.training.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plastic4j.training.UserError;
import org.plastic4j.training.config.InvalidSetting;
import org.plastic4j.training.dataset.DataSettings.Source;

class DataSettingsTest {
    private static final UnaryOperator<String> EMPTY = name -> null;

    @TempDir
    private Path given;

    @TempDir
    private Path environment;

    private UnaryOperator<String> variable() {
        return name -> name.equals("PLASTIC4J_DATA") ? environment.toString() : null;
    }

    private static Optional<Path> found(DataSettings settings, UnaryOperator<String> variables) {
        return settings.folder("Things", variables).map(DataSettings.Folder::path);
    }

    private static DataSettings auto() {
        return new DataSettings(Source.AUTO, Optional.empty());
    }

    @Test
    void folderIsTheSettingsElseTheEnvironmentsElseNone() {
        assertThat(found(new DataSettings(Source.AUTO, Optional.of(given.toString())), variable()))
                .contains(given);
        assertThat(found(auto(), variable())).contains(environment);
        assertThat(found(auto(), EMPTY)).isEmpty();
        assertThat(found(auto(), name -> " ")).isEmpty();
    }

    @Test
    void generatedDataAreTakenWhateverTheEnvironmentNames() {
        assertThat(found(new DataSettings(Source.GENERATED, Optional.empty()), variable()))
                .isEmpty();
    }

    @Test
    void filesThatAreNeededButNowhereAreRejected() {
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> found(new DataSettings(Source.FILES, Optional.empty()), EMPTY))
                .withMessage("data.dir: expected a folder with Things, or one in PLASTIC4J_DATA, found neither");
    }

    @Test
    void whatIsNoFolderIsRejectedWithWhatNamesIt() throws Exception {
        Path file = Files.createFile(given.resolve("file"));
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> found(new DataSettings(Source.AUTO, Optional.of(file.toString())), EMPTY))
                .withMessage("data.dir: expected a folder, found the file " + file);
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> found(auto(), name -> given.resolve("none").toString()))
                .withMessage("PLASTIC4J_DATA: expected a folder, found nothing at " + given.resolve("none"));
    }

    @Test
    void folderWithoutTheDataIsRejectedWithTheWayOut() {
        DataSettings.Folder folder = auto().folder("Things", variable()).orElseThrow();
        assertThat(folder.lacks("things.bin"))
                .hasMessage("PLASTIC4J_DATA: expected things.bin in %s, found none; --set data.source=generated takes"
                                .formatted(environment)
                        + " generated data");
    }

    @Test
    void folderThatWouldNotBeLookedIntoIsRejected() {
        assertThatExceptionOfType(InvalidSetting.class)
                .isThrownBy(() -> new DataSettings(Source.GENERATED, Optional.of("x")))
                .withMessage("dir: expected none where source is generated, found x");
        assertThatExceptionOfType(InvalidSetting.class)
                .isThrownBy(() -> new DataSettings(Source.AUTO, Optional.of(" ")))
                .withMessage("dir: expected a folder, found ' '");
    }
}
