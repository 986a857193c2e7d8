package dev.postrider.door.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.postrider.http.PublicUrl;
import dev.postrider.identity.OpaqueToken;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The cookie that a browser is known by, from the page on which one signs in; signing in gives it
 * another, so that nobody can know it before (session fixation). By https its name begins with
 * {@code __Host-}: no subdomain and no one on the way can set it (RFC 6265bis, 4.1.3.2). Lax, so
 * that links in mail lead to where they should; forms have a token besides.
 */
@Singleton
public final class ConsoleCookie {
    private static final String PREFIX = "postrider-";
    private static final String SESSION = "console";
    private static final Pattern TOKEN = Pattern.compile("prw_[A-Za-z0-9_-]{43}");
    private static final String MAC = "HmacSHA256";

    /** Browsers forget it then; the session has ended long before, or is extended. */
    private static final Duration LIFETIME = Duration.ofDays(30);

    private final PublicUrl publicUrl;

    ConsoleCookie(PublicUrl publicUrl) {
        this.publicUrl = publicUrl;
    }

    /** The public URL's word for it that the way is TLS counts where that was asked for. */
    boolean isByTls(UriInfo uri) {
        var base = uri.getBaseUri();
        return "https".equals(base.getScheme())
                || publicUrl
                        .url()
                        .filter(url ->
                                "https".equals(url.getScheme())
                                        && url.getHost().equalsIgnoreCase(host(base)))
                        .isPresent();
    }

    private static String host(URI base) {
        return base.getHost() == null ? "" : base.getHost();
    }

    private String name(String name, UriInfo uri) {
        return (isByTls(uri) ? "__Host-" : "") + PREFIX + name;
    }

    /** What a browser sent; empty when it can be none of ours. */
    public Optional<OpaqueToken> of(HttpHeaders headers, UriInfo uri) {
        return value(SESSION, headers, uri)
                .filter(cookie -> TOKEN.matcher(cookie).matches())
                .map(OpaqueToken::new);
    }

    /** What another cookie of ours says. */
    public Optional<String> value(String name, HttpHeaders headers, UriInfo uri) {
        return Optional.ofNullable(headers.getCookies().get(name(name, uri)))
                .map(cookie -> cookie.getValue());
    }

    /** The header that sets it. */
    public String setting(OpaqueToken token, UriInfo uri) {
        return setting(SESSION, token.text(), LIFETIME, uri);
    }

    /** The header that takes it away. */
    public String clearing(UriInfo uri) {
        return setting(SESSION, "", Duration.ZERO, uri);
    }

    /**
     * The header that sets another cookie of ours, or takes it away.
     *
     * @param lifetime zero to take it away
     */
    public String setting(String name, String value, Duration lifetime, UriInfo uri) {
        return name(name, uri)
                + "="
                + value
                + "; Path=/; HttpOnly; SameSite=Lax; Max-Age="
                + lifetime.toSeconds()
                + (isByTls(uri) ? "; Secure" : "");
    }

    /**
     * What forms of a browser's pages have in them: another site's form has not, for its author
     * can't read the cookie (cross-site request forgery).
     */
    public static String formToken(OpaqueToken cookie) {
        try {
            var mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(cookie.text().getBytes(UTF_8), MAC));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal("form".getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Whether a form comes from a page of ours in this browser. Browsers say where it comes from as
     * well.
     */
    public static boolean madeForm(OpaqueToken cookie, ConsoleForm form, HttpHeaders headers) {
        var given = form.verbatim("form").orElse("");
        return MessageDigest.isEqual(formToken(cookie).getBytes(UTF_8), given.getBytes(UTF_8))
                && isOurPage(headers);
    }

    /** Unless the browser says that another site's page has led here. */
    public static boolean isOurPage(HttpHeaders headers) {
        var site = headers.getHeaderString("Sec-Fetch-Site");
        return site == null || site.equals("same-origin");
    }
}
