package dev.postrider.testkit.provider;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.testkit.provider.http.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Base64;
import java.util.Optional;

/** A signed token (RFC 7515) as it was read, its signature not checked yet. */
public record Jwt(ObjectNode header, ObjectNode claims, String signed, String signature) {
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    /** Empty for what is none. */
    public static Optional<Jwt> parse(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        return decode(parts[0])
                .flatMap(Json::parse)
                .flatMap(header ->
                        decode(parts[1])
                                .flatMap(Json::parse)
                                .map(claims ->
                                        new Jwt(
                                                header,
                                                claims,
                                                parts[0] + "." + parts[1],
                                                parts[2])));
    }

    /** By RS256. */
    public static String sign(SigningKey key, ObjectNode claims) {
        ObjectNode header =
                Json.object().put("alg", "RS256").put("typ", "JWT").put("kid", key.id());
        String signed = encode(Json.octets(header)) + "." + encode(Json.octets(claims));
        try {
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key.keys().getPrivate());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + encode(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK can't sign with RSA", e);
        }
    }

    public String text(String claim) {
        return claims.path(claim).asText("");
    }

    public long number(String claim) {
        return claims.path(claim).asLong(0);
    }

    /** RFC 7518 sections 3.3 and 3.5. */
    public boolean isSignedBy(PublicKey key, String algorithm) {
        if (!header.path("alg").asText("").equals(algorithm)) {
            return false;
        }
        try {
            var verifier = verifier(algorithm);
            verifier.initVerify(key);
            verifier.update(signed.getBytes(StandardCharsets.US_ASCII));
            return verifier.verify(decode(signature).orElse(new byte[0]));
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static Signature verifier(String algorithm) throws GeneralSecurityException {
        if (!algorithm.equals("PS256")) {
            return Signature.getInstance("SHA256withRSA");
        }
        var verifier = Signature.getInstance("RSASSA-PSS");
        verifier.setParameter(
                new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
        return verifier;
    }

    private static String encode(byte[] octets) {
        return ENCODER.encodeToString(octets);
    }

    private static Optional<byte[]> decode(String text) {
        try {
            return Optional.of(Base64.getUrlDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
