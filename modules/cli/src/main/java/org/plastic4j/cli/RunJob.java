package org.plastic4j.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One run of an experiment, or one evaluation of a run, as it waits to be executed.
 *
 * @param name what people know it by
 * @param folder the run's directory
 * @param begun whether the folder holds a checkpoint to resume
 * @param config the text of a configuration that {@link #begin} expects in the file FOLDER.yaml; empty where it expects none
 * @param begin the command line that begins the run in a folder
 * @param resume the command line that resumes the run in a folder, from its newest checkpoint
 * @param output where what it says goes
 */
public record RunJob(
        String name,
        Path folder,
        boolean begun,
        Optional<String> config,
        Function<Path, List<String>> begin,
        Function<Path, List<String>> resume,
        Path output) {
    /** The command line in the run's own folder. */
    List<String> arguments() {
        return (begun ? resume : begin).apply(folder);
    }
}
