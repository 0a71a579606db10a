package org.plastic4j.data.download;

import java.io.IOException;
import java.net.Authenticator;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * How a server is reached: through the proxy that the environment names, as other programs read it. That is {@code
 * HTTPS_PROXY} or {@code HTTP_PROXY}, else {@code ALL_PROXY}, in small letters or capitals, but for the hosts in {@code
 * NO_PROXY}. Java's own settings, such as {@code -Dhttps.proxyHost}, go before these.
 *
 * @param variable what names the proxy
 * @param address the proxy
 */
record ProxyRoute(String variable, URI address) {
    private static final int HTTP_PORT = 80;
    private static final int SOCKS_PORT = 1080;
    private static final int MOST_PORT = 65_535;
    /** Java sends no password through a tunnel, as https needs one, unless this is empty when the first connection opens. */
    private static final String TUNNEL_SCHEMES = "jdk.http.auth.tunneling.disabledSchemes";

    /**
     * @param server what is asked for
     * @param environment the value of a variable, or null
     * @return the proxy that leads there; empty if Java is to find its way
     * @throws DownloadFailure if a variable names something else than a proxy
     */
    static Optional<ProxyRoute> to(URI server, UnaryOperator<String> environment) {
        String scheme = server.getScheme().toLowerCase(Locale.ROOT);
        boolean isJavas = Stream.of(scheme + ".proxyHost", "socksProxyHost", "java.net.useSystemProxies")
                .anyMatch(property -> System.getProperty(property) != null);
        if (isJavas || isExempt(server.getHost(), environment)) {
            return Optional.empty();
        }
        return Stream.of(scheme + "_proxy", "all_proxy")
                .flatMap(name -> Stream.of(name, name.toUpperCase(Locale.ROOT)))
                .filter(name -> isSet(environment.apply(name)))
                .findFirst()
                .map(name -> parse(name, environment.apply(name)));
    }

    private static boolean isSet(String value) {
        return value != null && !value.isBlank();
    }

    private static boolean isExempt(String host, UnaryOperator<String> environment) {
        return Stream.of("no_proxy", "NO_PROXY")
                .map(environment)
                .filter(ProxyRoute::isSet)
                .limit(1)
                .flatMap(hosts -> Stream.of(hosts.split("[,\\s]+")))
                .map(entry -> entry.replaceFirst(":\\d+$", "").replaceFirst("^\\*?\\.", ""))
                .filter(entry -> !entry.isEmpty())
                .map(entry -> entry.toLowerCase(Locale.ROOT))
                .anyMatch(entry -> entry.equals("*") || ("." + host.toLowerCase(Locale.ROOT)).endsWith("." + entry));
    }

    private static ProxyRoute parse(String variable, String value) {
        String address = value.contains("://") ? value.strip() : "http://" + value.strip();
        try {
            URI uri = new URI(address).parseServerAuthority();
            boolean isKnown = uri.getScheme().matches("(?i)http|socks[45]?[ah]?");
            if (isKnown && uri.getHost() != null && uri.getPort() <= MOST_PORT) {
                return new ProxyRoute(variable, uri);
            }
        } catch (URISyntaxException e) {
            // Its message would hold the password.
        }
        throw new DownloadFailure(String.format(
                Locale.ROOT,
                "%s: expected http://HOST:PORT or socks5://HOST:PORT, found %s",
                variable,
                address.replaceFirst("//.*@", "//")));
    }

    private boolean isHttp() {
        return address.getScheme().equalsIgnoreCase("http");
    }

    private int port() {
        if (address.getPort() >= 0) {
            return address.getPort();
        }
        return isHttp() ? HTTP_PORT : SOCKS_PORT;
    }

    /** Opens a connection to the server, which is made when it is first used. */
    HttpURLConnection open(URI server) throws IOException {
        Optional<Authenticator> authenticator = authenticator();
        if (authenticator.isPresent() && System.getProperty(TUNNEL_SCHEMES) == null) {
            System.setProperty(TUNNEL_SCHEMES, "");
        }
        Proxy proxy = new Proxy(
                isHttp() ? Proxy.Type.HTTP : Proxy.Type.SOCKS, new InetSocketAddress(address.getHost(), port()));
        HttpURLConnection connection = (HttpURLConnection) server.toURL().openConnection(proxy);
        authenticator.ifPresent(connection::setAuthenticator);
        return connection;
    }

    private Optional<Authenticator> authenticator() {
        return Optional.ofNullable(address.getUserInfo()).map(user -> {
            String[] parts = user.split(":", 2);
            return new Authenticator() {
                @Override
                protected PasswordAuthentication getPasswordAuthentication() {
                    return getRequestorType() == RequestorType.PROXY
                            ? new PasswordAuthentication(parts[0], parts[parts.length - 1].toCharArray())
                            : null;
                }
            };
        });
    }

    /** Without name and password. */
    @Override
    public String toString() {
        return "the proxy " + address.getHost() + ":" + port() + " of " + variable;
    }
}
