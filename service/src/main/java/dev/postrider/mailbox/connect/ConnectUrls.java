package dev.postrider.mailbox.connect;

import dev.postrider.credential.provider.Provider;
import dev.postrider.http.PublicUrl;
import dev.postrider.identity.OpaqueToken;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Optional;

/**
 * The URLs that browsers connect mailboxes at, and that providers send them back to. They begin
 * with the configured public URL, never with what a request's Host says: providers compare them,
 * and a forged Host would lead a browser elsewhere.
 */
@Singleton
public final class ConnectUrls {
    private static final URI EMPTY = URI.create("");

    private final PublicUrl publicUrl;

    public ConnectUrls(PublicUrl publicUrl) {
        this.publicUrl = publicUrl;
    }

    /** Empty where browsers can't be led to it safely. */
    private Optional<String> base() {
        return publicUrl.url().filter(PublicUrl::isSafe).map(_ -> publicUrl.or(EMPTY));
    }

    /** Whether there is a public URL that browsers may be led to. */
    public boolean isKnown() {
        return base().isPresent();
    }

    /** Whether browsers come by TLS; otherwise they come from this machine. */
    public boolean areSecure() {
        return base().orElse("").startsWith("https:");
    }

    /** What paths of this program begin with in browsers, without a slash at its end. */
    public String path() {
        return base().map(url -> URI.create(url).getRawPath()).orElse("");
    }

    /** Where a link leads. */
    public Optional<URI> of(OpaqueToken token) {
        return base().map(url -> URI.create(url + "/connect/" + token.text()));
    }

    /** Where its outcome is shown, to the browser that began. */
    public URI of(ConnectLink link) {
        return URI.create(base().orElse("") + "/connect/" + link.id());
    }

    /** Where a provider sends a browser back to: one for each provider and app. */
    public Optional<URI> callback(Provider provider, String app) {
        return base().map(url ->
                URI.create(url + "/connect/callback/" + provider.text() + "/" + app));
    }
}
