package dev.postrider.mailbox.connect;

import dev.postrider.credential.provider.Provider;
import dev.postrider.http.PublicUrl;
import dev.postrider.identity.OpaqueToken;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * The URLs that browsers connect mailboxes at, and that providers send them back to. They begin
 * with the configured public URL, never with what a request's Host says: providers compare them,
 * and a forged Host would lead a browser elsewhere.
 */
@Singleton
public final class ConnectUrls {
    private final Optional<String> base;

    public ConnectUrls(PublicUrl publicUrl) {
        this.base = publicUrl.url().filter(ConnectUrls::isSafe).map(_ -> publicUrl.or(EMPTY));
    }

    private static final URI EMPTY = URI.create("");

    /** Whether there is a public URL that browsers may be led to. */
    public boolean isKnown() {
        return base.isPresent();
    }

    /** Whether browsers come by TLS; otherwise they come from this machine. */
    public boolean areSecure() {
        return base.orElse("").startsWith("https:");
    }

    /** What paths of this program begin with in browsers, without a slash at its end. */
    public String path() {
        return base.map(url -> URI.create(url).getRawPath()).orElse("");
    }

    /** Where a link leads. */
    public Optional<URI> of(OpaqueToken token) {
        return base.map(url -> URI.create(url + "/connect/" + token.text()));
    }

    /** Where its outcome is shown, to the browser that began. */
    public URI of(ConnectLink link) {
        return URI.create(base.orElse("") + "/connect/" + link.id());
    }

    /** Where a provider sends a browser back to: one for each provider and app. */
    public Optional<URI> callback(Provider provider, String app) {
        return base.map(
                url -> URI.create(url + "/connect/callback/" + provider.text() + "/" + app));
    }

    private static boolean isSafe(URI url) {
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
