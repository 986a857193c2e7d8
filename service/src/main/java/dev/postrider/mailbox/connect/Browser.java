package dev.postrider.mailbox.connect;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.postrider.identity.OpaqueToken;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A browser, known by the cookie that its first page here has set. Whoever begins with a link, goes
 * on with it in the same browser: that is what makes a provider's answer theirs (RFC 6749, 10.12).
 */
public record Browser(OpaqueToken secret) {
    private static final String MAC = "HmacSHA256";

    public static Browser unknown() {
        return new Browser(OpaqueToken.random(OpaqueToken.Kind.BROWSER));
    }

    /** The one that a cookie's value names; empty when it can be none of ours. */
    public static Optional<Browser> of(String cookie) {
        var secret = new OpaqueToken(cookie);
        return cookie.matches("prb_[A-Za-z0-9_-]{43}")
                ? Optional.of(new Browser(secret))
                : Optional.empty();
    }

    byte[] hash() {
        return secret.hash();
    }

    boolean isThatOf(ConnectLink link) {
        return link.progress()
                .browser()
                .filter(HexFormat.of().formatHex(hash())::equals)
                .isPresent();
    }

    /**
     * What a form of a link's page has in it: another site's form has not, for its author can't
     * read the cookie (cross-site request forgery).
     */
    public String formToken(UUID link) {
        try {
            var mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(secret.text().getBytes(UTF_8), MAC));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(("form " + link).getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public boolean madeForm(UUID link, String token) {
        return MessageDigest.isEqual(formToken(link).getBytes(UTF_8), token.getBytes(UTF_8));
    }

    @Override
    public String toString() {
        return "(browser)";
    }
}
