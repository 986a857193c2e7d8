package dev.postrider.door.connect;

import dev.postrider.mailbox.connect.Browser;
import dev.postrider.mailbox.connect.ConnectUrls;
import dev.postrider.mailbox.connect.NewConnectLink;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Optional;

/**
 * What tells a browser from others. By https its name begins with {@code __Host-}: no subdomain and
 * no one on the way can set it (RFC 6265bis, 4.1.3.2). A public URL of http is for this machine
 * alone, and some browsers keep no such cookie there. Lax lets it come along when a provider's page
 * leads back, and not with another site's form.
 */
@Singleton
final class ConnectCookie {
    private static final String NAME = "postrider-connect";

    private final ConnectUrls urls;

    ConnectCookie(ConnectUrls urls) {
        this.urls = urls;
    }

    private String name() {
        return urls.areSecure() ? "__Host-" + NAME : NAME;
    }

    Optional<Browser> of(HttpHeaders headers) {
        return Optional.ofNullable(headers.getCookies().get(name()))
                .flatMap(cookie -> Browser.of(cookie.getValue()));
    }

    /** The header that sets it. */
    String setting(Browser browser) {
        return name()
                + "="
                + browser.secret().text()
                + "; Path=/; HttpOnly; SameSite=Lax; Max-Age="
                + NewConnectLink.LONGEST.toSeconds()
                + (urls.areSecure() ? "; Secure" : "");
    }
}
