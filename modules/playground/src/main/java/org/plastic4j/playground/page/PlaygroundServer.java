package org.plastic4j.playground.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import org.plastic4j.data.omniglot.Pen;
import org.plastic4j.live.http.BadRequest;
import org.plastic4j.live.http.LocalServer;
import org.plastic4j.live.http.Request;
import org.plastic4j.live.http.Response;
import org.plastic4j.live.http.Router;
import org.plastic4j.playground.draw.DrawingNetwork;
import org.plastic4j.playground.maze.MazeAgents;
import org.plastic4j.playground.network.TrainedNetwork;
import org.plastic4j.playground.picture.PictureNetwork;
import org.plastic4j.report.page.Assets;
import org.plastic4j.training.UserError;

/**
 * Serves the playground. Every request holds a whole lifetime, from its beginning: the server remembers nothing, as a network
 * whose lifetime is over.
 */
public final class PlaygroundServer {
    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);
    private static final int MOST_DRAWINGS = 60;
    private static final int MOST_POINTS = 4_000;
    private static final int MOST_MOVES = 200;

    private final DrawingNetwork drawings = new DrawingNetwork(TrainedNetwork.require("drawings"));
    private final PictureNetwork pictures = new PictureNetwork(TrainedNetwork.require("pictures"));
    private final MazeAgents agents;
    private final List<TrainedNetwork.Origin> origins = new ArrayList<>();

    /** A drawing: its strokes, each x and y in turn, and the class that it is told to be of, if any. */
    private record Sight(List<double[]> strokes, Integer label) {}

    private record DrawingRequest(List<Sight> lifetime) {}

    private record DrawingStep(int[] drawing, float[] probabilities, float[] trace) {}

    private record DrawingAnswer(int classes, int features, List<DrawingStep> steps) {}

    private record PictureRequest(List<double[]> pictures, int asked, String hidden) {}

    private record PictureAnswer(int side, float[] whole, List<float[]> steps, double error, double gray) {}

    private record MazeRequest(long seed, List<MazeAgents.Move> moves) {}

    private record MazeAnswer(int size, int steps, String walls, List<MazeAgents.Walk> agents) {}

    private PlaygroundServer() {
        Map<String, TrainedNetwork> kinds = new LinkedHashMap<>();
        for (String[] kind : new String[][] {
            {"no plasticity", "maze-non-plastic"}, {"plastic", "maze-plastic"}, {"neuromodulated", "maze-modulated"}
        }) {
            kinds.put(kind[0], TrainedNetwork.require(kind[1]));
        }
        agents = new MazeAgents(kinds);
        origins.add(TrainedNetwork.require("drawings").origin());
        origins.add(TrainedNetwork.require("pictures").origin());
        kinds.values().forEach(network -> origins.add(network.origin()));
    }

    /**
     * Begins to serve.
     *
     * @param port where on this computer; 0 for any that is free
     * @return the server, which serves until it is closed
     * @throws UserError if the port is taken
     */
    public static LocalServer serve(int port) {
        PlaygroundServer server = new PlaygroundServer();
        Router router = new Router()
                .get("/page.css", request -> Response.style(Assets.style()))
                .get("/playground.css", request -> Response.style(resource("playground.css")))
                .get("/playground.js", request -> Response.script(resource("playground.js")))
                .get("/api/networks", request -> Response.json(text(server.origins)))
                .post("/api/drawings", server::draw)
                .post("/api/pictures", server::complete)
                .post("/api/maze", server::walk);
        for (Task task : Task.values()) {
            router.get(task.path(), request -> Response.page(task.page()))
                    .get("/" + task.script(), request -> Response.script(resource(task.script())));
        }
        return LocalServer.start(port, router);
    }

    private Response draw(Request request) {
        DrawingRequest asked = read(request, DrawingRequest.class);
        check(
                asked.lifetime != null && asked.lifetime.size() <= MOST_DRAWINGS,
                "lifetime: at most %d drawings",
                MOST_DRAWINGS);
        List<DrawingNetwork.Sight> lifetime = new ArrayList<>();
        for (Sight sight : asked.lifetime) {
            check(sight != null && sight.strokes != null && !sight.strokes.isEmpty(), "strokes: at least one");
            int points = 0;
            for (double[] stroke : sight.strokes) {
                check(stroke != null && stroke.length > 0 && stroke.length % 2 == 0, "stroke: x and y in turn");
                points += stroke.length / 2;
                for (double value : stroke) {
                    check(Math.abs(value) < 1e6, "stroke: finite numbers");
                }
            }
            check(points <= MOST_POINTS, "strokes: at most %d points", MOST_POINTS);
            check(
                    sight.label == null || sight.label >= 0 && sight.label < drawings.classes(),
                    "label: a class from 0 to %d",
                    drawings.classes() - 1);
            lifetime.add(new DrawingNetwork.Sight(
                    Pen.draw(sight.strokes), sight.label == null ? OptionalInt.empty() : OptionalInt.of(sight.label)));
        }
        List<DrawingStep> steps = new ArrayList<>();
        List<DrawingNetwork.Step> lived = drawings.run(lifetime);
        for (int k = 0; k < lived.size(); k++) {
            steps.add(new DrawingStep(
                    bytes(lifetime.get(k).pixels()),
                    lived.get(k).probabilities(),
                    lived.get(k).trace()));
        }
        return Response.json(text(new DrawingAnswer(drawings.classes(), drawings.features(), steps)));
    }

    private static int[] bytes(float[] pixels) {
        int[] bytes = new int[pixels.length];
        for (int k = 0; k < bytes.length; k++) {
            bytes[k] = Math.round(255 * pixels[k]);
        }
        return bytes;
    }

    private Response complete(Request request) {
        PictureRequest asked = read(request, PictureRequest.class);
        int side = pictures.side();
        check(
                asked.pictures != null && asked.pictures.size() == pictures.pictures(),
                "pictures: expected %d of them",
                pictures.pictures());
        for (double[] picture : asked.pictures) {
            check(picture != null && picture.length == side * side, "picture: expected %d numbers", side * side);
            for (double value : picture) {
                check(Math.abs(value) < 1e6, "picture: finite numbers");
            }
        }
        check(asked.asked >= 0 && asked.asked < pictures.pictures(), "asked: the number of a picture");
        check("upper".equals(asked.hidden) || "lower".equals(asked.hidden), "hidden: upper or lower");
        try {
            PictureNetwork.Completion made = pictures.complete(
                    asked.pictures, asked.asked, PictureNetwork.Half.valueOf(asked.hidden.toUpperCase(Locale.ROOT)));
            return Response.json(text(new PictureAnswer(side, made.whole(), made.steps(), made.error(), made.gray())));
        } catch (IllegalArgumentException e) {
            throw new BadRequest(e.getMessage());
        }
    }

    private Response walk(Request request) {
        MazeRequest asked = read(request, MazeRequest.class);
        check(asked.moves != null && asked.moves.size() <= MOST_MOVES, "moves: at most %d", MOST_MOVES);
        for (MazeAgents.Move move : asked.moves) {
            check(move != null && agents.isFree(move.row(), move.column()), "move: to a free cell");
        }
        return Response.json(text(
                new MazeAnswer(agents.size(), agents.steps(), agents.walls(), agents.run(asked.seed, asked.moves))));
    }

    private static void check(boolean isTrue, String expected, Object... values) {
        if (!isTrue) {
            throw new BadRequest("Expected " + String.format(Locale.ROOT, expected, values));
        }
    }

    private static <T> T read(Request request, Class<T> type) {
        try {
            T value = MAPPER.readValue(request.body(), type);
            check(value != null, "an object");
            return value;
        } catch (IOException e) {
            throw new BadRequest("Expected JSON of another form");
        }
    }

    private static String text(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String resource(String name) {
        return Assets.text(PlaygroundServer.class, name);
    }
}
