package org.plastic4j.live.http;

import java.nio.charset.StandardCharsets;

/**
 * What is answered.
 *
 * @param status HTTP's status code
 * @param type the media type
 * @param body the content
 * @param policy the content security policy
 */
public record Response(int status, String type, byte[] body, String policy) {
    /** Everything comes from this server, and nothing from within a page's text. */
    private static final String OWN =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'";

    private static final String NONE = "default-src 'none'";

    /**
     * @param html a page whose styles and scripts come from this server
     * @return the answer
     */
    public static Response page(String html) {
        return text(200, "text/html", html, OWN);
    }

    /**
     * A page in one file, such as a run's report: styles and scripts are in it, and it may load nothing.
     *
     * @param html the file
     * @return the answer
     */
    public static Response file(byte[] html) {
        return new Response(
                200,
                "text/html; charset=utf-8",
                html,
                "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'");
    }

    /**
     * @param script a script
     * @return the answer
     */
    public static Response script(String script) {
        return text(200, "text/javascript", script, NONE);
    }

    /**
     * @param css a style sheet
     * @return the answer
     */
    public static Response style(String css) {
        return text(200, "text/css", css, NONE);
    }

    /**
     * @param json a value
     * @return the answer
     */
    public static Response json(String json) {
        return text(200, "application/json", json, NONE);
    }

    static Response problem(int status, String sentence) {
        return text(status, "text/plain", sentence + ".\n", NONE);
    }

    private static Response text(int status, String type, String text, String policy) {
        return new Response(status, type + "; charset=utf-8", text.getBytes(StandardCharsets.UTF_8), policy);
    }
}
