package dev.postrider.testkit.provider;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.testkit.provider.http.Json;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;

/**
 * An RSA key of 2048 bits. The first few are kept beside this class, since making one takes seconds
 * on a busy machine; nobody trusts them.
 */
public final class SigningKey {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]*)-----END PRIVATE KEY-----");

    private static final Queue<SigningKey> KEPT = read();
    private static final SigningKey OF_SERVERS = another();

    private final KeyPair keys;
    private final String id = Secrets.hex(20);

    private SigningKey(KeyPair keys) {
        this.keys = keys;
    }

    /** What id tokens are signed with. */
    public static SigningKey ofServers() {
        return OF_SERVERS;
    }

    /** That nobody else in this program has. */
    public static SigningKey another() {
        SigningKey kept = KEPT.poll();
        return kept == null ? generate() : kept;
    }

    private static SigningKey generate() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return new SigningKey(generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no RSA", e);
        }
    }

    private static Queue<SigningKey> read() {
        try (InputStream in = SigningKey.class.getResourceAsStream("test-keys.pem")) {
            if (in == null) {
                throw new IllegalStateException("test-keys.pem isn't beside its class");
            }
            var keys = new ConcurrentLinkedQueue<SigningKey>();
            var factory = KeyFactory.getInstance("RSA");
            var blocks = BLOCK.matcher(new String(in.readAllBytes(), StandardCharsets.US_ASCII));
            while (blocks.find()) {
                byte[] der = Base64.getMimeDecoder().decode(blocks.group(1));
                var secret =
                        (RSAPrivateCrtKey) factory.generatePrivate(new PKCS8EncodedKeySpec(der));
                var open =
                        factory.generatePublic(
                                new RSAPublicKeySpec(
                                        secret.getModulus(), secret.getPublicExponent()));
                keys.add(new SigningKey(new KeyPair(open, secret)));
            }
            return keys;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("the test keys can't be read", e);
        }
    }

    public String id() {
        return id;
    }

    public KeyPair keys() {
        return keys;
    }

    public RSAPublicKey publicKey() {
        return (RSAPublicKey) keys.getPublic();
    }

    /** PKCS #8, as providers hand it out. */
    public String privatePem() {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(keys.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }

    /** The public half, in a set of one (RFC 7517 section 5). */
    public ObjectNode jwks() {
        ObjectNode set = Json.object();
        set.putArray("keys")
                .addObject()
                .put("kty", "RSA")
                .put("alg", "RS256")
                .put("use", "sig")
                .put("kid", id)
                .put("n", number(publicKey().getModulus()))
                .put("e", number(publicKey().getPublicExponent()));
        return set;
    }

    /** RFC 7518 section 2: without the octet of a sign. */
    private static String number(BigInteger value) {
        byte[] octets = value.toByteArray();
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Arrays.copyOfRange(octets, octets[0] == 0 ? 1 : 0, octets.length));
    }
}
