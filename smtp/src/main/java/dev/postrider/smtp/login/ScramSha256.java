package dev.postrider.smtp.login;

import dev.postrider.smtp.reply.BrokenProtocol;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * SCRAM-SHA-256 (RFC 5802, RFC 7677): the password never leaves, and the server shows that it knows
 * it too.
 */
public final class ScramSha256 implements Mechanism {
    /** A server that asks for more wants this machine's time rather than security. */
    private static final int MAX_ITERATIONS = 1_000_000;

    private static final int MIN_ITERATIONS = 4096; // RFC 7677 section 4

    private final Credentials.Password credentials;
    private final String nonce;
    private Step step = Step.FIRST;
    private String bare = "";
    private byte[] serverSignature = {};

    private enum Step {
        FIRST,
        PROOF,
        VERIFY,
        DONE
    }

    /**
     * Begins one login.
     *
     * @param nonce printable ASCII without a comma, new for each login
     */
    ScramSha256(Credentials.Password credentials, String nonce) {
        this.credentials = credentials;
        this.nonce = nonce;
    }

    @Override
    public String name() {
        return "SCRAM-SHA-256";
    }

    @Override
    public String secret() {
        return credentials.password();
    }

    @Override
    public boolean clientFirst() {
        return true;
    }

    @Override
    public boolean readsChallenges() {
        return true;
    }

    @Override
    public byte[] answer(byte[] challenge) throws BrokenProtocol {
        String said = new String(challenge, StandardCharsets.UTF_8);
        return switch (step) {
            case FIRST -> {
                step = Step.PROOF;
                String name = prepared(credentials.user()).replace("=", "=3D").replace(",", "=2C");
                bare = "n=" + name + ",r=" + nonce;
                yield utf8("n,," + bare);
            }
            case PROOF -> {
                step = Step.VERIFY;
                yield utf8(proof(said));
            }
            case VERIFY -> {
                verify(said);
                step = Step.DONE;
                yield new byte[0];
            }
            case DONE -> throw new BrokenProtocol("The server goes on after the end of SCRAM.");
        };
    }

    @Override
    public void succeeded() throws BrokenProtocol {
        if (step != Step.DONE) {
            throw new BrokenProtocol(
                    "The server let SCRAM end without showing that it knows the password.");
        }
    }

    /** RFC 5802 section 3 */
    private String proof(String serverFirst) throws BrokenProtocol {
        Map<String, String> attributes = attributes(serverFirst);
        String wholeNonce = attributes.getOrDefault("r", "");
        if (!wholeNonce.startsWith(nonce) || wholeNonce.length() == nonce.length()) {
            throw new BrokenProtocol("The server's SCRAM nonce doesn't continue ours.");
        }
        byte[] salted = salted(base64(attributes.getOrDefault("s", "")), iterations(attributes));
        byte[] clientKey = hmac(salted, "Client Key");
        String withoutProof = "c=biws,r=" + wholeNonce;
        String authMessage = bare + "," + serverFirst + "," + withoutProof;
        byte[] clientSignature = hmac(sha256(clientKey), authMessage);
        for (int i = 0; i < clientKey.length; i++) {
            clientKey[i] ^= clientSignature[i];
        }
        serverSignature = hmac(hmac(salted, "Server Key"), authMessage);
        return withoutProof + ",p=" + Base64.getEncoder().encodeToString(clientKey);
    }

    private void verify(String serverFinal) throws BrokenProtocol {
        byte[] shown = base64(attributes(serverFinal).getOrDefault("v", ""));
        if (!MessageDigest.isEqual(shown, serverSignature)) {
            throw new BrokenProtocol(
                    "The server doesn't know the password that it was shown a proof of.");
        }
    }

    private static int iterations(Map<String, String> attributes) throws BrokenProtocol {
        String count = attributes.getOrDefault("i", "");
        if (!count.matches("[1-9][0-9]{0,8}")) {
            throw new BrokenProtocol("The server's SCRAM challenge has no iteration count.");
        }
        int iterations = Integer.parseInt(count);
        if (iterations < MIN_ITERATIONS || iterations > MAX_ITERATIONS) {
            throw new BrokenProtocol("The server asks for " + iterations + " SCRAM iterations.");
        }
        return iterations;
    }

    private static Map<String, String> attributes(String message) {
        var attributes = new HashMap<String, String>();
        for (String attribute : message.split(",", -1)) {
            if (attribute.length() > 2 && attribute.charAt(1) == '=') {
                attributes.put(attribute.substring(0, 1), attribute.substring(2));
            }
        }
        return attributes;
    }

    private static byte[] base64(String text) throws BrokenProtocol {
        try {
            byte[] decoded = Base64.getDecoder().decode(text);
            if (decoded.length > 0) {
                return decoded;
            }
        } catch (IllegalArgumentException e) {
            throw new BrokenProtocol("The server's SCRAM challenge isn't base64.");
        }
        throw new BrokenProtocol("The server's SCRAM challenge is incomplete.");
    }

    private byte[] salted(byte[] salt, int iterations) {
        char[] password = prepared(credentials.password()).toCharArray();
        var spec = new PBEKeySpec(password, salt, iterations, 256);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no PBKDF2", e);
        } finally {
            spec.clearPassword();
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(utf8(text));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no HMAC", e);
        }
    }

    private static byte[] sha256(byte[] octets) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(octets);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no SHA-256", e);
        }
    }

    /** What of SASLprep (RFC 4013) the JDK offers: NFKC. It leaves ASCII alone. */
    private static String prepared(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
