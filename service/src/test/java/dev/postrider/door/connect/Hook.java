package dev.postrider.door.connect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.postrider.http.Api;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** An application that listens to webhooks. */
final class Hook implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PATIENCE = 20;

    private final LinkedBlockingQueue<JsonNode> events = new LinkedBlockingQueue<>();
    private final HttpServer server;

    private Hook(HttpServer server) {
        this.server = server;
    }

    static Hook listening() throws IOException {
        var hook =
                new Hook(
                        HttpServer.create(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        hook.server.createContext(
                "/hooks",
                exchange -> {
                    hook.events.add(JSON.readTree(exchange.getRequestBody()));
                    exchange.sendResponseHeaders(204, -1);
                    exchange.close();
                });
        hook.server.start();
        return hook;
    }

    /** From now on it is told of what happens in a workspace. */
    void wants(Api owner, String... types) {
        var names =
                Arrays.stream(types).map(each -> '"' + each + '"').collect(Collectors.joining(","));
        var made =
                owner.post(
                        "/webhooks",
                        "{\"endpoint\": \"http://127.0.0.1:%d/hooks\", \"events\": [%s]}"
                                .formatted(server.getAddress().getPort(), names));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
    }

    /** The data of the next event, which is one of this type; others are left out. */
    JsonNode next(String type) throws InterruptedException {
        while (true) {
            var event = events.poll(PATIENCE, TimeUnit.SECONDS);
            assertThat(event).as(type).isNotNull();
            if (event.path("type").asText().equals(type)) {
                return event.path("data");
            }
            events.add(event);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
