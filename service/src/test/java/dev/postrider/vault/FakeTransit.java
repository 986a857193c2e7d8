package dev.postrider.vault;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Vault's transit engine as far as its documents describe it, with one key. */
public final class FakeTransit implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PREFIX = "vault:v1:";

    private final HttpServer server;
    private final Aead key;

    /** What requests were known by; "none" for those without a token. */
    private final List<String> tokens = new CopyOnWriteArrayList<>();

    /** Set by the test, read by the server: how it answers; 200 is a real answer. */
    private final AtomicInteger status = new AtomicInteger(200);

    public FakeTransit() throws IOException, GeneralSecurityException {
        key =
                KeysetHandle.generateNew(
                                PredefinedAeadParameters.AES256_GCM, MasterKey.CONFIGURATION)
                        .getPrimitive(MasterKey.CONFIGURATION, Aead.class);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/transit/encrypt/postrider", this::encrypt);
        server.createContext("/v1/transit/decrypt/postrider", this::decrypt);
        server.start();
    }

    public String uri() {
        return "hcvault+http://127.0.0.1:%d/transit/keys/postrider"
                .formatted(server.getAddress().getPort());
    }

    List<String> tokens() {
        return List.copyOf(tokens);
    }

    public void answer(int code) {
        status.set(code);
    }

    private void encrypt(HttpExchange exchange) throws IOException {
        var asked = read(exchange);
        try {
            var sealed =
                    key.encrypt(
                            Base64.getDecoder().decode(asked.path("plaintext").textValue()),
                            bound(asked));
            write(exchange, "ciphertext", PREFIX + Base64.getEncoder().encodeToString(sealed));
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private void decrypt(HttpExchange exchange) throws IOException {
        var asked = read(exchange);
        try {
            var opened =
                    key.decrypt(
                            Base64.getDecoder()
                                    .decode(
                                            asked.path("ciphertext")
                                                    .textValue()
                                                    .substring(PREFIX.length())),
                            bound(asked));
            write(exchange, "plaintext", Base64.getEncoder().encodeToString(opened));
        } catch (GeneralSecurityException | IllegalArgumentException _) {
            status.set(400);
            write(exchange, "plaintext", "");
        }
    }

    private JsonNode read(HttpExchange exchange) throws IOException {
        if (!exchange.getRequestMethod().equals("POST")
                || !"true".equals(exchange.getRequestHeaders().getFirst("X-Vault-Request"))) {
            status.set(412);
        }
        var token = exchange.getRequestHeaders().getFirst("X-Vault-Token");
        tokens.add(token == null ? "none" : token);
        return JSON.readTree(exchange.getRequestBody().readAllBytes());
    }

    private static byte[] bound(JsonNode asked) {
        return Base64.getDecoder().decode(asked.path("associated_data").asText(""));
    }

    private void write(HttpExchange exchange, String field, String value) throws IOException {
        var data = JSON.createObjectNode();
        data.putObject("data").put(field, value);
        var refusal = JSON.createObjectNode();
        refusal.putArray("errors").add("permission denied");
        var body = (status.get() == 200 ? data : refusal).toString().getBytes(UTF_8);
        exchange.sendResponseHeaders(status.get(), body.length);
        try (var out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
