package dev.postrider.vault;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.google.crypto.tink.Aead;
import dev.postrider.outbound.BodySink;
import dev.postrider.outbound.CallResult;
import dev.postrider.outbound.OutboundCall;
import dev.postrider.outbound.OutboundClient;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Optional;

/**
 * A key of a transit engine: {@code POST …/encrypt/name} and {@code …/decrypt/name}. What it
 * encrypts is text that begins with {@code vault:v1:}, where the number is the key's version.
 *
 * @param engine where it is mounted, {@code https://vault.example.com:8200/v1/transit}
 */
record TransitKey(String engine, String name, Optional<String> token, Optional<String> namespace)
        implements Aead {
    private static final OutboundCall.Bounds BOUNDS =
            new OutboundCall.Bounds(Duration.ofSeconds(10), 1 << 20, 0, 0);
    private static final OutboundClient CLIENT = OutboundClient.forOperator();
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public byte[] encrypt(byte[] plaintext, byte[] associatedData) throws GeneralSecurityException {
        return ask("encrypt", "plaintext", base64(plaintext), associatedData, "ciphertext")
                .getBytes(UTF_8);
    }

    @Override
    public byte[] decrypt(byte[] ciphertext, byte[] associatedData)
            throws GeneralSecurityException {
        var plaintext =
                ask(
                        "decrypt",
                        "ciphertext",
                        new String(ciphertext, UTF_8),
                        associatedData,
                        "plaintext");
        try {
            return Base64.getDecoder().decode(plaintext);
        } catch (IllegalArgumentException _) {
            throw new GeneralSecurityException("its answer isn't base64");
        }
    }

    private String ask(
            String operation, String field, String value, byte[] associatedData, String wanted)
            throws GeneralSecurityException {
        var body = JsonNodeFactory.instance.objectNode().put(field, value);
        if (associatedData.length > 0) {
            body.put("associated_data", base64(associatedData));
        }
        var answer = post(operation, body.toString());
        try {
            var text = JSON.readTree(answer).path("data").path(wanted);
            if (!text.isTextual()) {
                throw new GeneralSecurityException("its answer has no " + wanted);
            }
            return text.textValue();
        } catch (IOException _) {
            throw new GeneralSecurityException("its answer is no JSON");
        }
    }

    private byte[] post(String operation, String body) throws GeneralSecurityException {
        var headers = new HashMap<String, String>();
        headers.put("Content-Type", "application/json");
        // a proxy may insist on it, against forged requests by browsers
        headers.put("X-Vault-Request", "true");
        token.ifPresent(text -> headers.put("X-Vault-Token", text));
        namespace.ifPresent(text -> headers.put("X-Vault-Namespace", text));
        var call =
                new OutboundCall(
                        OutboundCall.OPERATOR,
                        "POST",
                        URI.create(engine + "/" + operation + "/" + name),
                        headers,
                        Optional.of(body.getBytes(UTF_8)),
                        OutboundCall.Reach.WEB,
                        BOUNDS);
        try {
            return switch (CLIENT.call(call, BodySink.OCTETS)) {
                case CallResult.Answered<byte[]>(var status, _, var octets) when status == 200 ->
                        octets;
                case CallResult.Answered<byte[]>(var status, _, _) ->
                        throw new GeneralSecurityException("it answered " + status);
                case CallResult.Failed<byte[]>(_, var reason) ->
                        throw new GeneralSecurityException("no answer: it " + reason);
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GeneralSecurityException("interrupted", e);
        }
    }

    private static String base64(byte[] octets) {
        return Base64.getEncoder().encodeToString(octets);
    }

    @Override
    public String toString() {
        return engine + "/keys/" + name;
    }
}
