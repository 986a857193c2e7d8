package dev.postrider.testkit.provider;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;

/** Codes, tokens, ids and their proofs. */
public final class Secrets {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private Secrets() {}

    /** Base64url of so many random octets. */
    public static String token(int octets) {
        byte[] random = new byte[octets];
        RANDOM.nextBytes(random);
        return BASE64.encodeToString(random);
    }

    public static String hex(int octets) {
        byte[] random = new byte[octets];
        RANDOM.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    /** So many decimal digits, the first of them not 0. */
    public static String digits(int count) {
        var digits = new StringBuilder();
        digits.append((char) ('1' + RANDOM.nextInt(9)));
        while (digits.length() < count) {
            digits.append((char) ('0' + RANDOM.nextInt(10)));
        }
        return digits.toString();
    }

    /** RFC 7636 section 4.6 */
    public static boolean provesChallenge(String verifier, String challenge, String method) {
        return method.toUpperCase(Locale.ROOT).equals("S256")
                ? BASE64.encodeToString(sha256(verifier)).equals(challenge)
                : verifier.equals(challenge);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK has no SHA-256", e);
        }
    }
}
