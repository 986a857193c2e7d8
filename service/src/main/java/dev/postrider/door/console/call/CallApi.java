package dev.postrider.door.console.call;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.postrider.identity.http.InnerCalls;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Calls our own API. Blocks; safe for concurrent use. */
@Singleton
public final class CallApi {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A mailbox's server may take its time to be verified. */
    private static final long PATIENCE_SECONDS = 120;

    /** What answers with JSON may have; pages of lists are bounded far below. */
    private static final int MOST_JSON = 64 * 1024 * 1024;

    private final InnerDoor door;
    private final InnerCalls innerCalls;
    private final HttpClient client;

    CallApi(InnerDoor door, InnerCalls innerCalls, Instance<Vertx> vertx) {
        this.door = door;
        this.innerCalls = innerCalls;
        this.client =
                vertx.get()
                        .createHttpClient(
                                new HttpClientOptions()
                                        .setMaxPoolSize(64)
                                        .setKeepAliveTimeout(15)
                                        .setDecompressionSupported(false));
    }

    /** The API as somebody may call it. */
    public Api of(OnBehalf whom) {
        return new Api(this, whom);
    }

    private record Raw(int status, Buffer body) {}

    ApiAnswer call(OnBehalf whom, String method, String path, Optional<JsonNode> body) {
        var raw = await(send(whom, method, path, body, MOST_JSON));
        return raw.status() < 300
                ? new ApiAnswer.Done(raw.status(), json(raw.body()))
                : refused(raw);
    }

    byte[] octets(OnBehalf whom, String path, int most) {
        var raw = await(send(whom, "GET", path, Optional.empty(), most));
        if (raw.status() >= 300) {
            throw new ApiRefusal(refused(raw));
        }
        return raw.body().getBytes();
    }

    private Future<Raw> send(
            OnBehalf whom, String method, String path, Optional<JsonNode> body, int most) {
        var options =
                new RequestOptions()
                        .setMethod(HttpMethod.valueOf(method))
                        .setHost(InnerDoor.HOST)
                        .setPort(door.port())
                        .setURI(path);
        return client.request(options)
                .compose(request -> {
                    mark(request, whom);
                    // asked for what it holds before it can come: what nobody waits for is dropped
                    return sent(request, body).compose(response -> read(response, most));
                });
    }

    private static Future<HttpClientResponse> sent(
            HttpClientRequest request, Optional<JsonNode> body) {
        return body.isEmpty()
                ? request.send()
                : request.putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                        .send(Buffer.buffer(body.get().toString()));
    }

    private void mark(HttpClientRequest request, OnBehalf whom) {
        request.putHeader(HttpHeaders.AUTHORIZATION, "Bearer " + whom.session().text())
                .putHeader(HttpHeaders.HOST, whom.host());
        innerCalls.mark(request.headers(), whom.address(), whom.scheme());
    }

    private static Future<Raw> read(HttpClientResponse response, int most) {
        var length = response.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length != null && Long.parseLong(length) > most) {
            response.exceptionHandler(_ -> {}); // told of the reset, which is ours
            response.request().reset();
            return Future.succeededFuture(new Raw(413, Buffer.buffer()));
        }
        return response.body().map(read -> new Raw(response.statusCode(), read));
    }

    private static Raw await(Future<Raw> answer) {
        try {
            return answer.toCompletionStage()
                    .toCompletableFuture()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("our own API can't be called", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static ApiAnswer.Refused refused(Raw raw) {
        if (raw.body().length() == 0) {
            return new ApiAnswer.Refused(
                    raw.status(),
                    raw.status() == 413 ? "too_large" : "unknown",
                    raw.status() == 413 ? "It is too large to be shown here." : "",
                    Map.of());
        }
        var problem = json(raw.body());
        var errors = new HashMap<String, String>();
        problem.path("errors")
                .forEach(each ->
                        errors.putIfAbsent(
                                each.path("field").asText(), each.path("message").asText()));
        return new ApiAnswer.Refused(
                raw.status(),
                problem.path("code").asText(),
                problem.path("detail").asText(),
                errors);
    }

    private static JsonNode json(Buffer body) {
        try {
            return body.length() == 0
                    ? MissingNode.getInstance()
                    : JSON.readTree(body.toString(StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("our own API answered no JSON", e);
        }
    }
}
