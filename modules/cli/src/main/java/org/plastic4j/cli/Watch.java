package org.plastic4j.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.plastic4j.live.http.LocalServer;
import org.plastic4j.live.page.LiveView;

/** {@code scripts/watch [DIR...]}: a page of all runs in some folders, which follows them while they are written. */
public final class Watch {
    static final Serving COMMAND = new Serving(
            "scripts/watch [DIR...]",
            "Live view",
            8480,
            Optional.of("DIR is a run's directory, or a folder of them at any depth (default: runs)."),
            Watch::serve);

    private Watch() {}

    /**
     * Serves until the process is ended, which is how it ends well.
     *
     * @param arguments the command line's
     */
    public static void main(String[] arguments) {
        System.exit(COMMAND.run(arguments, System.out, System.err, Serving::untilTheEnd));
    }

    private static LocalServer serve(List<String> folders, int port) {
        return LiveView.serve(
                folders.isEmpty()
                        ? List.of(Path.of("runs"))
                        : folders.stream().map(Compare::path).toList(),
                port);
    }
}
