package dev.postrider.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * A secret that means nothing to its holder: 256 random bits behind a prefix that says what it is
 * for, so that people, logs' filters and secret scanners know one when they see it. It is shown
 * once and kept only as a hash; a fast one does, because there is nothing to guess.
 */
public record OpaqueToken(String text) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 32;

    /** What a token is for. */
    public enum Kind {
        ACCESS("pra_"),
        REFRESH("prr_"),
        /** A one-time leave to choose a password. */
        TICKET("prt_"),
        /** A one-time leave to connect a mailbox, in a link. */
        CONNECT("prc_"),
        /** What a browser is known by while it connects one. */
        BROWSER("prb_"),
        /** OAuth's state: which browser's which answer (RFC 6749, 10.12). */
        STATE("prs_"),
        /** What a browser of the console holds, in a cookie. */
        CONSOLE("prw_"),
        API_KEY("pr_"),
        /** Some tools take only keys that begin like those of another service. */
        COMPATIBLE_API_KEY("re_");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }
    }

    public static OpaqueToken random(Kind kind) {
        var bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new OpaqueToken(
                kind.prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** What it is for, by its prefix; empty for a token that isn't one of ours. */
    public Optional<Kind> kind() {
        return Arrays.stream(Kind.values())
                .filter(kind -> text.startsWith(kind.prefix))
                .findFirst();
    }

    /** As it is stored. */
    public byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return "(token)";
    }
}
