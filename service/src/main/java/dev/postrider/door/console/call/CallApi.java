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
import jakarta.inject.Singleton;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Calls our own API. Blocks; safe for concurrent use. */
@Singleton
public final class CallApi {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A mailbox's server may take its time to be verified. */
    private static final long PATIENCE_SECONDS = 120;

    private final InnerDoor door;
    private final InnerCalls innerCalls;
    private final HttpClient client;
    private final Vertx vertx;

    CallApi(InnerDoor door, InnerCalls innerCalls, Vertx vertx) {
        this.door = door;
        this.innerCalls = innerCalls;
        this.vertx = vertx;
        this.client =
                vertx.createHttpClient(
                        new HttpClientOptions()
                                .setMaxPoolSize(64)
                                .setKeepAliveTimeout(15)
                                .setDecompressionSupported(false));
    }

    /** The API as somebody may call it. */
    public Api of(OnBehalf whom) {
        return new Api(this, whom);
    }

    /** An answer as it came. */
    record Raw(int status, Buffer body) {}

    ApiAnswer call(OnBehalf whom, String method, String path, Optional<JsonNode> body) {
        return answer(answered(whom, method, path, body, CallApi::read));
    }

    /** Asks for what is to be had soon. */
    Future<Raw> ask(OnBehalf whom, String path) {
        return answered(whom, "GET", path, Optional.empty(), CallApi::read);
    }

    static ApiAnswer answer(Future<Raw> asked) {
        var raw = await(asked);
        return raw.status() < 300
                ? new ApiAnswer.Done(raw.status(), json(raw.body()))
                : refused(raw);
    }

    /**
     * The body of what stands at a path, as it comes. Whoever gets it closes it.
     *
     * @throws ApiRefusal when it can't be had
     */
    InputStream stream(OnBehalf whom, String path) {
        return switch (await(answered(whom, "GET", path, Optional.empty(), this::begin))) {
            case Begun.Stream(var stream) -> stream;
            case Begun.Refusal(var raw) -> throw new ApiRefusal(refused(raw));
        };
    }

    private sealed interface Begun {
        record Stream(AnswerStream stream) implements Begun {}

        record Refusal(Raw raw) implements Begun {}
    }

    private Future<Begun> begin(HttpClientResponse response) {
        return response.statusCode() < 300
                ? Future.succeededFuture(
                        new Begun.Stream(AnswerStream.of(response, vertx.getOrCreateContext())))
                : read(response).map(Begun.Refusal::new);
    }

    /** Asked for what it holds before it can come: what nobody waits for is dropped. */
    private <T> Future<T> answered(
            OnBehalf whom,
            String method,
            String path,
            Optional<JsonNode> body,
            Function<HttpClientResponse, Future<T>> read) {
        var options =
                new RequestOptions()
                        .setMethod(HttpMethod.valueOf(method))
                        .setHost(InnerDoor.HOST)
                        .setPort(door.port())
                        .setURI(path);
        return client.request(options)
                .compose(request -> {
                    mark(request, whom);
                    return sent(request, body).compose(read);
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

    private static Future<Raw> read(HttpClientResponse response) {
        return response.body().map(read -> new Raw(response.statusCode(), read));
    }

    private static <T> T await(Future<T> answer) {
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
            return new ApiAnswer.Refused(raw.status(), "unknown", "", Map.of());
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
