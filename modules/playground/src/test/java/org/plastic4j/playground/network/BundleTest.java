package org.plastic4j.playground.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.plastic4j.training.Device;
import org.plastic4j.training.Seeds;
import org.plastic4j.training.UserError;
import org.plastic4j.training.checkpoint.Checkpoint;
import org.plastic4j.training.checkpoint.CheckpointFolder;
import org.plastic4j.training.run.Provenance;
import org.plastic4j.training.run.RunDirectory;
import org.plastic4j.training.run.Versions;

@Tag("slow")
class BundleTest {
    @TempDir
    private Path folder;

    private Path run() throws IOException {
        Path run = Files.createDirectories(folder.resolve("run"));
        Provenance provenance = new Provenance(
                "tiny",
                List.of(
                        "--config",
                        "small",
                        "--out",
                        run.toString(),
                        "--threads",
                        "1",
                        "--watch",
                        "--set",
                        "data.dir=" + folder,
                        "--seed",
                        "4"),
                new Seeds(4),
                1,
                Device.CPU);
        provenance.measuredBy("error", "error", true, true);
        provenance.write(RunDirectory.at(run).provenance());
        Files.writeString(RunDirectory.at(run).config(), "seed: 4\n");
        Map<String, String> settings = new LinkedHashMap<>(Map.of("seed", "4", "data.dir", folder.toString()));
        Checkpoint.State state = new Checkpoint.State(
                new Checkpoint.Run("tiny", Versions.plastic4j(), 4, "0", settings),
                10,
                10,
                10,
                1,
                new Checkpoint.Recent(0, List.of()),
                new Checkpoint.PendingRow(0, 0, Map.of()),
                Optional.of(new Checkpoint.Best(10, 0.5)));
        new CheckpointFolder(run)
                .save(new Checkpoint(state, Map.of("w", Nd4j.ones(DataType.FLOAT, 2, 3)), Map.of("w.m", Nd4j.ones(2))));
        return run;
    }

    @Test
    void bestCheckpointIsWrittenWithWhereItComesFromAndWithoutAPathOfThisComputer() throws IOException {
        Path run = run();
        Files.writeString(
                run.resolve("eval-test.json"),
                "{\"mean\": 0.25, \"lifetimes\": 100, \"checkpoint\": \"best\", \"trainedLifetimes\": 10}");

        TrainedNetwork.Origin origin = Bundle.write(run, "small", folder);

        assertThat(origin.command()).isEqualTo("scripts/run tiny --config small --seed 4");
        assertThat(origin.heldOut()).isEqualTo(0.25);
        assertThat(origin.lifetimes()).isEqualTo(10);
        assertThat(folder.resolve("small.json")).content().doesNotContain(folder.toString());
        assertThat(folder.resolve("small.npz")).isNotEmptyFile();
    }

    @Test
    void runWhoseBestCheckpointWasNotEvaluatedIsRejected() throws IOException {
        Path run = run();
        assertThatThrownBy(() -> Bundle.write(run, "small", folder))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("expected an evaluation of its best checkpoint, found none");
        Files.writeString(
                run.resolve("eval-test.json"),
                "{\"mean\": 0.25, \"lifetimes\": 100, \"checkpoint\": \"newest\", \"trainedLifetimes\": 10}");
        assertThatThrownBy(() -> Bundle.write(run, "small", folder)).isInstanceOf(UserError.class);
    }

    @Test
    void networksThatComeWithTheProgramAreWholeSmallAndSayWhereTheyComeFrom() throws IOException {
        for (String name : List.of("drawings", "pictures", "maze-non-plastic", "maze-plastic", "maze-modulated")) {
            TrainedNetwork network = TrainedNetwork.require(name);
            assertThat(network.origin().name()).isEqualTo(name);
            assertThat(network.origin().commit()).matches("[0-9a-f]{40}");
            assertThat(network.origin().command())
                    .startsWith("scripts/run " + network.origin().experiment() + " --config playground");
            assertThat(network.origin().heldOutLifetimes()).isGreaterThanOrEqualTo(100);
            try (InputStream npz = TrainedNetwork.class.getResourceAsStream(name + ".npz")) {
                assertThat(npz.readAllBytes().length).isLessThan(600_000);
            }
        }
        assertThat(TrainedNetwork.find("nothing")).isEmpty();
    }
}
