package dev.postrider.flow.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What signs a webhook's calls (Standard Webhooks 1.0.0, "Signature scheme", symmetric).
 *
 * @param text {@code whsec_} and the key in base64
 */
public record SigningSecret(String text) {
    private static final String PREFIX = "whsec_";
    private static final int KEY_BYTES = 32;
    private static final int LEAST_BYTES = 24;
    private static final int MOST_BYTES = 64;
    private static final SecureRandom RANDOM = new SecureRandom();

    static SigningSecret generate() {
        var key = new byte[KEY_BYTES];
        RANDOM.nextBytes(key);
        return new SigningSecret(PREFIX + Base64.getEncoder().encodeToString(key));
    }

    /** One that its owner has chosen; empty when the specification has no such secrets. */
    public static Optional<SigningSecret> parse(String text) {
        if (!text.startsWith(PREFIX)) {
            return Optional.empty();
        }
        try {
            var octets = Base64.getDecoder().decode(text.substring(PREFIX.length())).length;
            return octets < LEAST_BYTES || octets > MOST_BYTES
                    ? Optional.empty()
                    : Optional.of(new SigningSecret(text));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /**
     * Signs a call.
     *
     * @param id the event's
     * @param at when this attempt is made
     * @return the signature header's value
     */
    String sign(String id, Instant at, byte[] body) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            var key = Base64.getDecoder().decode(text.substring(PREFIX.length()));
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update((id + "." + at.getEpochSecond() + ".").getBytes(UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return "SigningSecret";
    }
}
