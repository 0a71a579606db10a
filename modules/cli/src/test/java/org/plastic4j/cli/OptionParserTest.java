package org.plastic4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.plastic4j.training.UserError;
import org.plastic4j.training.config.SettingOverride;

class OptionParserTest {
    private static final String KNOWN =
            "--config, --device, --help, --jobs, --mlflow, --out, --print-config, --quiet, --resume, --seed, --seeds,"
                    + " --set, --spark, --tensorboard, --threads, --watch";

    @Test
    void noOptionsMeanTheQuickConfigurationOnAllProcessors() {
        Options options = OptionParser.parse();

        assertThat(options.config()).isEqualTo("quick");
        assertThat(options.overrides()).isEmpty();
        assertThat(options.out()).isEmpty();
        assertThat(options.threads()).isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(options.device()).isEmpty();
        assertThat(options.quiet()).isFalse();
        assertThat(options.printConfig()).isFalse();
    }

    @Test
    void everyOptionIsRead() {
        Options options = OptionParser.parse(
                "--config",
                "paper",
                "--set",
                "a.b=[1, 2]",
                "--set=c=d=e",
                "--seed",
                "-5",
                "--out",
                "runs/x",
                "--threads",
                "3",
                "--device",
                "cuda",
                "--quiet");

        assertThat(options.config()).isEqualTo("paper");
        assertThat(options.overrides())
                .containsExactly(
                        new SettingOverride("a.b", "[1, 2]", "--set a.b=[1, 2]"),
                        new SettingOverride("c", "d=e", "--set c=d=e"),
                        new SettingOverride("seed", "-5", "--seed -5"));
        assertThat(options.out()).contains(Path.of("runs/x"));
        assertThat(options.threads()).isEqualTo(3);
        assertThat(options.device()).contains(DeviceChoice.CUDA);
        assertThat(options.quiet()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--confg paper|--confg: unknown option, did you mean --config?",
                "--bogus x|--bogus: unknown option, known options: " + KNOWN,
                "paper|unexpected argument 'paper', expected options only: " + KNOWN,
                "--seed abc|--seed: expected an integer, found 'abc'",
                "--seed 1.5|--seed: expected an integer, found '1.5'",
                "--threads 0|--threads: expected a positive integer, found '0'",
                "--threads many|--threads: expected a positive integer, found 'many'",
                "--mlflow localhost:5000|--mlflow: expected a server's address, as in http://localhost:5000, found"
                        + " 'localhost:5000'",
                "--device gpu|--device: expected cpu or cuda or auto, found 'gpu'",
                "--resume --quiet|--resume: expected a folder, found '--quiet'",
                "--resume x --out y|--resume takes configuration, seed and directory from the run, expected no --out"
                        + " beside it, found y",
                "--resume x --seed 3|--resume takes configuration, seed and directory from the run, expected no --seed"
                        + " beside it, found 3",
                "--resume x --config quick|--resume takes configuration, seed and directory from the run, expected no"
                        + " --config beside it, found quick",
                "--seeds 3-1|--seeds: expected seeds as in 0-9 or 0,3,7, at most 1000, found '3-1'",
                "--seeds 1,,2|--seeds: expected seeds as in 0-9 or 0,3,7, at most 1000, found '1,,2'",
                "--seeds 0-3,2|--seeds: expected every seed once, found 2 twice in '0-3,2'",
                "--seeds 0-3 --seed 1|--seeds: expected no --seed beside it, found 1",
                "--seeds 0-3 --jobs 0|--jobs: expected a positive integer, found '0'",
                "--jobs 2|--jobs: expected --seeds beside it, found one run only",
                "--seeds 0-3 --resume x|--resume takes configuration, seed and directory from the run, expected no"
                        + " --seeds beside it, found several",
                "--out --quiet|--out: expected a folder, found '--quiet'",
                "--seeds 0-3 --out hdfs://node/runs|--out hdfs://node/runs: expected a folder of this computer, or --spark"
                        + " beside it, whose cluster writes there",
                "--seeds 0-3 --spark somewhere|--spark: expected an address of a cluster, as in spark://host:7077, yarn,"
                        + " k8s://host or local[4], found 'somewhere'",
                "--seeds 0-3 --spark yarn --jobs 2|--jobs: expected none beside --spark, since the cluster's cores say how"
                        + " many runs go on at a time",
                "--spark yarn|--spark: expected --seeds beside it, found one run only",
                "--seed|Expected a value after parameter --seed",
                "--seed 1 --seed 2|Can only specify option --seed once",
                "--set task.bits|--set: expected NAME=VALUE, as in task.bits=100, found 'task.bits'",
                "@file|unexpected argument '@file', expected options only: " + KNOWN,
            })
    void wrongOptionIsRejectedInOneSentence(String line, String message) {
        assertThatThrownBy(() -> OptionParser.parse(line.split(" ")))
                .isInstanceOf(UserError.class)
                .hasMessage(message);
    }

    @Test
    void seedsAreARangeOrAListOrBoth() {
        assertThat(OptionParser.parse("--seeds", "0-3,7").seeds()).containsExactly(0L, 1L, 2L, 3L, 7L);
        assertThat(OptionParser.parse("--seeds=0,3,7", "--jobs=2").jobs()).isEqualTo(2);
        assertThat(OptionParser.parse().seeds()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "hdfs://node:8020/user/me/runs, runs/hdfs/node_8020/user/me/runs, hdfs://node:8020/user/me/runs",
        "s3a://bucket/a/../b, runs/s3a/bucket/b, s3a://bucket/a/../b",
        "file:///mnt/runs, /mnt/runs,",
        "mnt/runs, mnt/runs,",
    })
    void folderOnAClusterIsSharedOrHasACopyHere(String out, Path folder, URI store) {
        Options options = OptionParser.parse("--seeds", "0-3", "--spark", "yarn", "--out", out);

        assertThat(options.out()).contains(folder);
        assertThat(options.cluster()).contains(new Cluster("yarn", Optional.ofNullable(store)));
        assertThat(options.threads()).as("cores of a run").isEqualTo(1);
    }

    @Test
    void usageNamesEveryOption() {
        assertThat(OptionParser.usage("binary-patterns"))
                .startsWith("Usage: scripts/run binary-patterns [options]\n  --config NAME_OR_FILE ")
                .contains("--set KEY=VALUE", "--seed N", "--out DIR", "--threads N", "--device cpu|cuda", "--quiet")
                .contains("--help");
    }
}
