package dev.postrider.testkit.postfix;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** OAuth 2 access tokens that the server believes: JWTs (RFC 7519) signed with HMAC-SHA-256. */
final class AccessTokens {

    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    private final byte[] key = new byte[32];

    AccessTokens() {
        new SecureRandom().nextBytes(key);
    }

    /** As Dovecot reads it from its key folder. */
    String keyInBase64() {
        return Base64.getEncoder().encodeToString(key);
    }

    String issue(String user, Instant expires) {
        var header = encode("{\"alg\":\"HS256\",\"typ\":\"JWT\"}");
        var claims =
                encode("{\"sub\":\"%s\",\"exp\":%d}".formatted(user, expires.getEpochSecond()));
        var signed = header + "." + claims;
        return signed + "." + BASE64URL.encodeToString(sign(signed));
    }

    private static String encode(String json) {
        return BASE64URL.encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private byte[] sign(String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}
