package org.plastic4j.live.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.plastic4j.live.http.BadRequest;
import org.plastic4j.live.http.LocalServer;
import org.plastic4j.live.http.Request;
import org.plastic4j.live.http.Response;
import org.plastic4j.live.http.Router;
import org.plastic4j.live.run.RunIndex;
import org.plastic4j.live.run.WatchedRun;
import org.plastic4j.report.page.Assets;
import org.plastic4j.training.UserError;

/** Serves a page of all runs in some folders, which follows them while they are written. */
public final class LiveView {
    private static final long LARGEST_REPORT = 256L << 20;

    private final RunIndex index;

    private LiveView(RunIndex index) {
        this.index = index;
    }

    /**
     * Begins to serve.
     *
     * @param folders runs' directories, or folders of them at any depth; one that is not there yet may come
     * @param port where on this computer; 0 for any that is free
     * @return the server, which serves until it is closed
     * @throws UserError if a folder is a file, or the port is taken
     */
    public static LocalServer serve(List<Path> folders, int port) {
        LiveView view = new LiveView(new RunIndex(folders));
        Router router = new Router()
                .get("/", request -> Response.page(resource("live.html")))
                .get("/live.js", request -> Response.script(resource("live.js")))
                .get("/live.css", request -> Response.style(resource("live.css")))
                .get("/page.css", request -> Response.style(Assets.style()))
                .get("/uplot.css", request -> Response.style(Assets.plotStyle()))
                .get(
                        "/uplot.js",
                        request -> Response.script("/*\n" + Assets.plotLicence() + "\n*/\n" + Assets.plotScript()))
                .get("/charts.js", request -> Response.script(Assets.charts()))
                .get("/api/runs", view::runs)
                .get("/api/charts", view::charts)
                .get("/runs/{run}/report.html", view::report);
        return LocalServer.start(port, router);
    }

    private Response runs(Request request) {
        long since = (long) request.number("since", 0);
        return index.look(view -> Response.json(
                view.version() == since
                        ? Json.text(new Json.Unchanged(since))
                        : RunList.of(index.folders(), view, request.parameter("experiment"))
                                .json()));
    }

    private Response charts(Request request) {
        ChartSettings settings = ChartSettings.of(request);
        long since = (long) request.number("since", 0);
        return index.look(view -> Response.json(
                view.version() == since
                        ? Json.text(new Json.Unchanged(since))
                        : LiveCharts.of(view, settings).json()));
    }

    private Response report(Request request) throws IOException {
        Path file = index.look(view -> view.run(request.part("run")))
                .map(WatchedRun::directory)
                .orElseThrow(() -> new BadRequest(404, "There is no such run"))
                .report();
        // A link could lead out of the run's directory.
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > LARGEST_REPORT) {
            throw new BadRequest(404, "This run has no report yet");
        }
        return Response.file(Files.readAllBytes(file));
    }

    private static String resource(String name) {
        return Assets.text(LiveView.class, name);
    }
}
