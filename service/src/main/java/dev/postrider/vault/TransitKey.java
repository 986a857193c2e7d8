package dev.postrider.vault;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.google.crypto.tink.Aead;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/**
 * A key of a transit engine: {@code POST …/encrypt/name} and {@code …/decrypt/name}. What it
 * encrypts is text that begins with {@code vault:v1:}, where the number is the key's version.
 *
 * @param engine where it is mounted, {@code https://vault.example.com:8200/v1/transit}
 */
record TransitKey(String engine, String name, Optional<String> token, Optional<String> namespace)
        implements Aead {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
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
            throw new GeneralSecurityException("its answer is not understood");
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
        if (answer.statusCode() != 200) {
            throw new GeneralSecurityException("it answered " + answer.statusCode());
        }
        try {
            var text = JSON.readTree(answer.body()).path("data").path(wanted);
            if (!text.isTextual()) {
                throw new GeneralSecurityException("its answer has no " + wanted);
            }
            return text.textValue();
        } catch (JsonProcessingException _) {
            throw new GeneralSecurityException("its answer is no JSON");
        }
    }

    private HttpResponse<String> post(String operation, String body)
            throws GeneralSecurityException {
        var request =
                HttpRequest.newBuilder(URI.create(engine + "/" + operation + "/" + name))
                        .timeout(PATIENCE)
                        .header("Content-Type", "application/json")
                        // a proxy may insist on it, against forged requests by browsers
                        .header("X-Vault-Request", "true")
                        .POST(HttpRequest.BodyPublishers.ofString(body));
        token.ifPresent(text -> request.header("X-Vault-Token", text));
        namespace.ifPresent(text -> request.header("X-Vault-Namespace", text));
        try (var client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new GeneralSecurityException("no answer: " + e, e);
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
