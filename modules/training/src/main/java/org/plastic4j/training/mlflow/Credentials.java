package org.plastic4j.training.mlflow;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Who asks a tracking server: what the address says before its host, else the variables that MLflow's own clients read, of
 * which a token goes before a user and a password.
 *
 * @param address the server's, without a user
 * @param authorization the header, if there is anybody to be named; never shown
 */
record Credentials(URI address, Optional<String> authorization) {
    static final String USER = "MLFLOW_TRACKING_USERNAME";
    static final String PASSWORD = "MLFLOW_TRACKING_PASSWORD";
    static final String TOKEN = "MLFLOW_TRACKING_TOKEN";

    static Credentials of(URI uri, UnaryOperator<String> environment) {
        if (uri.getUserInfo() != null) {
            return new Credentials(withoutUser(uri), Optional.of(basic(uri.getUserInfo())));
        }
        String token = environment.apply(TOKEN);
        if (token != null && !token.isBlank()) {
            return new Credentials(uri, Optional.of("Bearer " + token.strip()));
        }
        String user = environment.apply(USER);
        String password = environment.apply(PASSWORD);
        return new Credentials(
                uri,
                user == null || password == null || user.isEmpty()
                        ? Optional.empty()
                        : Optional.of(basic(user + ":" + password)));
    }

    private static String basic(String userAndPassword) {
        return "Basic " + Base64.getEncoder().encodeToString(userAndPassword.getBytes(StandardCharsets.UTF_8));
    }

    private static URI withoutUser(URI uri) {
        try {
            return new URI(uri.getScheme(), null, uri.getHost(), uri.getPort(), uri.getPath(), uri.getQuery(), null);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("an address stays one without its user", e);
        }
    }

    /** Not what a record would print of itself. */
    @Override
    public String toString() {
        return address.toString();
    }
}
