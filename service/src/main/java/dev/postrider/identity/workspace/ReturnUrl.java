package dev.postrider.identity.workspace;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where a browser is sent when a connect link has done its work, or a place on a workspace's list
 * of those that are allowed. Only one that every browser reads as we do is one at all: nothing is
 * normalised, and what would need it ({@code ..}, a backslash, user information) is none.
 */
public final class ReturnUrl {
    public static final int MAX_LENGTH = 2_000;

    /** What is wanted, to be read behind a field's name. */
    public static final String FORM =
            "must be an absolute https URL (http for loopback alone) of plain ASCII, without user"
                    + " information, a fragment, \"..\" or a backslash";

    private final String text;
    private final URI uri;

    private ReturnUrl(String text, URI uri) {
        this.text = text;
        this.uri = uri;
    }

    public static Optional<ReturnUrl> parse(String text) {
        if (text.length() > MAX_LENGTH
                || text.indexOf('\\') >= 0
                || text.indexOf('#') >= 0
                || !text.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            return Optional.empty();
        }
        try {
            var uri = new URI(text);
            return isOne(uri) ? Optional.of(new ReturnUrl(text, uri)) : Optional.empty();
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }

    private static boolean isOne(URI uri) {
        return uri.getHost() != null
                && uri.getScheme() != null
                && uri.getRawUserInfo() == null
                && isSafe(uri)
                && segments(uri).stream().noneMatch(ReturnUrl::isDots)
                && !uri.getRawPath().contains("//");
    }

    private static boolean isSafe(URI uri) {
        return switch (uri.getScheme().toLowerCase(Locale.ROOT)) {
            case "https" -> true;
            case "http" -> isLoopback(uri.getHost());
            case String _ -> false;
        };
    }

    /** By its name or its number alone: nothing is looked up. */
    private static boolean isLoopback(String host) {
        var name = host.toLowerCase(Locale.ROOT);
        if (name.equals("localhost") || name.endsWith(".localhost")) {
            return true;
        }
        try {
            return InetAddress.ofLiteral(name.replaceAll("^\\[|]$", "")).isLoopbackAddress();
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    /** As browsers know them, encoded or not. */
    private static boolean isDots(String segment) {
        var plain = segment.toLowerCase(Locale.ROOT).replace("%2e", ".");
        return plain.equals(".") || plain.equals("..");
    }

    /** A slash at the end is no segment. */
    private static List<String> segments(URI uri) {
        return List.of(uri.getRawPath().replaceAll("^/|/$", "").split("/"));
    }

    /** The same scheme, host and port, and the other's path is this one or stands below it. */
    boolean covers(ReturnUrl other) {
        return uri.getScheme().equalsIgnoreCase(other.uri.getScheme())
                && uri.getHost().equalsIgnoreCase(other.uri.getHost())
                && port() == other.port()
                && isBelow(segments(uri), segments(other.uri));
    }

    private static boolean isBelow(List<String> prefix, List<String> path) {
        return prefix.equals(List.of(""))
                || (path.size() >= prefix.size() && path.subList(0, prefix.size()).equals(prefix));
    }

    private int port() {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return uri.getScheme().equalsIgnoreCase("https") ? 443 : 80;
    }

    public boolean hasQuery() {
        return uri.getRawQuery() != null;
    }

    public String text() {
        return text;
    }

    /** Whose it is, for people: {@code crm.example.com}. */
    public String host() {
        return uri.getHost();
    }

    /** The same with parameters behind those that it has, in their order. */
    public URI with(Map<String, String> parameters) {
        var query =
                parameters.entrySet().stream()
                        .map(each ->
                                each.getKey() + "=" + URLEncoder.encode(each.getValue(), UTF_8))
                        .collect(Collectors.joining("&"));
        return URI.create(text + (hasQuery() ? "&" : "?") + query);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ReturnUrl url && url.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
