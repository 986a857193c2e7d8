package dev.postrider.testkit.provider;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.testkit.provider.http.Json;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;

/** An RSA key of 2048 bits. */
public final class SigningKey {
    private final KeyPair keys;
    private final String id = Secrets.hex(20);

    private SigningKey(KeyPair keys) {
        this.keys = keys;
    }

    /** One for all servers' id tokens, since a key takes long to make. */
    private static final class OfServers {
        private static final SigningKey ONE = generate();
    }

    /** What id tokens are signed with. */
    public static SigningKey ofServers() {
        return OfServers.ONE;
    }

    /** Takes a good part of a second. */
    public static SigningKey generate() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return new SigningKey(generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no RSA", e);
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
