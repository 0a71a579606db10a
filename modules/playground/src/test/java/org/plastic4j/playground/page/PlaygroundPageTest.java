package org.plastic4j.playground.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.plastic4j.live.http.LocalServer;
import org.plastic4j.playground.Strokes;
import org.plastic4j.testsupport.Browser;

/** The pages in a real browser, where there is one. */
@Tag("slow")
class PlaygroundPageTest {
    private LocalServer server;
    private Browser browser;

    @BeforeEach
    void open() throws IOException {
        browser = Browser.start();
        server = PlaygroundServer.serve(0);
        browser.show(1000, 900, false);
    }

    @AfterEach
    void end() {
        if (server != null) {
            server.close();
            browser.close();
        }
    }

    /** Draws with the pointer, as a hand does. */
    private void draw(String canvas, List<double[]> strokes) {
        browser.run("document.querySelector(\"" + canvas + "\").scrollIntoView({block: 'center'})");
        JsonNode box = browser.run("(r => [r.x, r.y, r.width, r.height])(document.querySelector(\"" + canvas
                + "\").getBoundingClientRect())");
        for (double[] stroke : strokes) {
            double[] points = new double[stroke.length];
            for (int k = 0; k < stroke.length; k += 2) {
                points[k] = box.get(0).asDouble() + stroke[k] * box.get(2).asDouble();
                points[k + 1] =
                        box.get(1).asDouble() + stroke[k + 1] * box.get(3).asDouble();
            }
            browser.drag(points);
        }
    }

    @Test
    void symbolsThatAreDrawnOnceAreRecognisedAndForgotten() {
        browser.open(server.address());
        SplittableRandom hand = new SplittableRandom(11);
        for (int k = 0; k < 5; k++) {
            draw("#pads .pad:nth-child(" + (k + 1) + ") canvas", Strokes.draw(k, hand));
        }
        browser.await("document.getElementById('answer').textContent === 'Now draw one of them again.'");
        browser.await("document.getElementById('range').textContent.startsWith('from')");
        int right = 0;
        for (int k = 0; k < 5; k++) {
            browser.run("document.querySelector('#query button').click()");
            browser.await("document.body.dataset.asked === 'nothing'");
            draw("#query canvas", Strokes.draw(k, hand));
            browser.await("/^[A-E]$/.test(document.body.dataset.asked)");
            right += browser.run("document.body.dataset.asked").asText().equals("ABCDE".substring(k, k + 1)) ? 1 : 0;
        }
        assertThat(right).isGreaterThanOrEqualTo(4);
        browser.click("#forget");
        browser.await("document.getElementById('range').textContent === 'zero everywhere'");
        assertThat(browser.run("document.querySelector('#pads canvas').getAttribute('aria-label')")
                        .asText())
                .isEqualTo("A: empty");
        browser.assertWell(server.address());
    }

    @Test
    void drawingWorksWithTheKeyboardAlone() {
        browser.open(server.address());
        browser.run("document.querySelector('#pads canvas').focus()");
        browser.press("Space");
        for (int k = 0; k < 5; k++) {
            browser.press("ArrowRight");
        }
        browser.press("Space");
        browser.await("document.querySelector('#pads canvas').getAttribute('aria-label') === 'A: one stroke'");
        browser.await("document.getElementById('answer').textContent === '4 more to draw.'");
        browser.assertWell(server.address());
    }

    @Test
    void halfOfAPictureIsCompletedStepByStep() {
        browser.open(server.address().resolve("pictures"));
        browser.await("document.querySelectorAll('#pads canvas').length === 3");
        browser.click("#go");
        browser.await("Number(document.body.dataset.completed) > 30");
        assertThat(browser.run("document.getElementById('slider').max").asText())
                .isEqualTo("5");
        assertThat(browser.run("document.getElementById('step').textContent").asText())
                .isEqualTo("what its neurons give, step 5 of 5");
        draw("#pads canvas", List.of(new double[] {0.1, 0.9, 0.9, 0.9}));
        browser.await("document.body.dataset.completed === ''");
        browser.assertWell(server.address());
    }

    @Test
    void agentsWalkSideBySideAndAClickMovesTheReward() {
        browser.open(server.address().resolve("maze"));
        browser.await("document.querySelectorAll('#agents canvas').length === 3");
        for (int k = 0; k < 10; k++) {
            browser.click("#one");
        }
        browser.await("document.getElementById('step').textContent === '10 of 100'");
        JsonNode box = browser.run(
                "(c => { c.scrollIntoView({block: 'center'}); const r = c.getBoundingClientRect(); return [r.x + 1.5 *"
                        + " r.width / 9, r.y + 7.5 * r.height / 9]; })(document.querySelector('#agents canvas'))");
        double x = box.get(0).asDouble();
        double y = box.get(1).asDouble();
        browser.drag(x, y, x, y);
        browser.await("[...document.querySelectorAll('#agents canvas')].every(c => c.dataset.reward === '7,1')");
        browser.click("#play");
        browser.await("document.getElementById('step').textContent !== '10 of 100'");
        browser.click("#again");
        browser.await("document.getElementById('step').textContent === '0 of 100'");
        browser.assertWell(server.address());
    }

    @Test
    void everyPageFitsOnAPhoneInTheDarkAndNamesWhatItHas() {
        browser.show(360, 740, true);
        for (String page : List.of("", "pictures", "maze")) {
            browser.open(server.address().resolve(page));
            browser.await("document.querySelectorAll('#origins li').length > 0");
            browser.await("document.querySelectorAll('canvas').length > 2");
            assertThat(browser.overflow()).as(page).isZero();
            assertThat(browser.run("[...document.querySelectorAll('canvas, select, input, meter')].every(e =>"
                                    + " e.getAttribute('aria-label') || e.ariaLabel || e.labels?.length > 0)")
                            .asBoolean())
                    .as(page)
                    .isTrue();
            assertThat(browser.run("getComputedStyle(document.body).backgroundColor")
                            .asText())
                    .isEqualTo("rgb(20, 24, 31)");
        }
        browser.assertWell(server.address());
    }

    private int status(String path, String json) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(server.address().resolve(path))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(json))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    @Test
    void requestsThatMeanNothingAreRejected() throws Exception {
        for (String json : List.of(
                "",
                "x",
                "null",
                "[]",
                "{}",
                "{\"lifetime\":[null]}",
                "{\"lifetime\":[{\"strokes\":[]}]}",
                "{\"lifetime\":[{\"strokes\":[[0.5]]}]}",
                "{\"lifetime\":[{\"strokes\":[[\"NaN\",0]]}]}",
                "{\"lifetime\":[{\"strokes\":[[1e300,0]]}]}",
                "{\"lifetime\":[{\"strokes\":[[0,0]],\"label\":5}]}",
                "{\"lifetime\":[{\"strokes\":[[0,0]],\"label\":-1}]}")) {
            assertThat(status("api/drawings", json)).as(json).isEqualTo(400);
        }
        assertThat(status("api/drawings", "{\"lifetime\":[{\"strokes\":[[0,0]],\"label\":4}]}"))
                .isEqualTo(200);
        for (String json : List.of("{}", "{\"pictures\":[[1],[2],[3]],\"asked\":0,\"hidden\":\"lower\"}")) {
            assertThat(status("api/pictures", json)).as(json).isEqualTo(400);
        }
        for (String json : List.of(
                "{}",
                "{\"seed\":1}",
                "{\"seed\":1,\"moves\":[{\"step\":1,\"row\":0,\"column\":0}]}",
                "{\"seed\":1,\"moves\":[{\"step\":1,\"row\":-5,\"column\":99}]}",
                "{\"seed\":1,\"moves\":[null]}")) {
            assertThat(status("api/maze", json)).as(json).isEqualTo(400);
        }
        assertThat(status("api/maze", "{\"seed\":1,\"moves\":[]}")).isEqualTo(200);
    }
}
