package dev.postrider.identity.apikey;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/** An API key as its application has it: shown once, kept only as a hash. */
public record KeySecret(String text) {
    static final String PREFIX = "pr_";

    /** Some tools take only keys that begin like those of another service. */
    static final String COMPATIBLE_PREFIX = "re_";

    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    public static KeySecret generate(boolean compatible) {
        var random = new byte[BYTES];
        RANDOM.nextBytes(random);
        return new KeySecret(
                (compatible ? COMPATIBLE_PREFIX : PREFIX)
                        + Base64.getUrlEncoder().withoutPadding().encodeToString(random));
    }

    /** Whether a bearer token is meant to be an API key. */
    public static boolean looksLike(String token) {
        return token.startsWith(PREFIX) || token.startsWith(COMPATIBLE_PREFIX);
    }

    /** Of 256 random bits, so a fast hash is as good as a slow one. */
    byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return "(API key)";
    }
}
