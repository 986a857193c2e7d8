package dev.postrider.http;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where clients reach this program.
 *
 * @param fixed by the operator's environment (POSTRIDER_PUBLIC_URL)
 * @param stored what an administrator has said, of now; counts where nothing is fixed
 */
public record PublicUrl(Optional<URI> fixed, Supplier<Optional<URI>> stored) {
    private static final Supplier<Optional<URI>> NOTHING = Optional::empty;

    public PublicUrl(Optional<URI> fixed) {
        this(fixed, NOTHING);
    }

    /** The same with what is stored. */
    public PublicUrl orStored(Supplier<Optional<URI>> other) {
        return new PublicUrl(fixed, other);
    }

    /** Empty: where each request went. */
    public Optional<URI> url() {
        return fixed.or(stored);
    }

    /** The base of URLs in an answer, without a slash at its end. */
    public String or(URI asked) {
        return url().orElse(asked).toString().replaceFirst("/+$", "");
    }

    /**
     * Reads one.
     *
     * @return empty for anything but http or https, a host, a port and a path
     */
    public static Optional<URI> parse(String text) {
        try {
            var url = new URI(text);
            return Optional.of(url)
                    .filter(_ ->
                            url.getHost() != null
                                    && url.getRawQuery() == null
                                    && url.getRawFragment() == null
                                    && url.getRawUserInfo() == null
                                    && List.of("https", "http").contains(url.getScheme()));
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }

    /** Whether nobody on the way can read what passes: https, or this machine itself. */
    public static boolean isSafe(URI url) {
        return "https".equals(url.getScheme()) || isLoopback(url.getHost());
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
}
