package dev.postrider.door.console.call;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.identity.OpaqueToken;
import dev.postrider.identity.http.InnerCalls;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Whoever asks may be held up between two steps of a call, and the answer is there by then: it is
 * theirs all the same. Here each step waits for the answer before the next one is said.
 */
@Timeout(60)
final class EarlyAnswersTest {
    /**
     * One thread for all events: what is run on it after an answer has begun, runs after it all.
     */
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));

    private final InnerCalls innerCalls = new InnerCalls();
    private final InnerDoor door = new InnerDoor(innerCalls, vertx);
    private final Api api;

    EarlyAnswersTest() {
        var router = Router.router(vertx);
        router.get("/me").handler(asked -> asked.json(new JsonObject().put("email", "ada")));
        router.post("/gone")
                .handler(asked -> asked.response().setStatusCode(410).end("{\"code\":\"gone\"}"));
        door.register(router);
        var late = proxy(Vertx.class, vertx, this::lateClient);
        api =
                new CallApi(door, innerCalls, late)
                        .of(
                                new OnBehalf(
                                        OpaqueToken.random(OpaqueToken.Kind.CONSOLE),
                                        "192.0.2.1",
                                        "https",
                                        "mail.example.com"));
    }

    @AfterEach
    void close() throws Exception {
        door.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    @Test
    void anAnswerThatIsThereFirstIsRead() {
        assertThat(api.read("/me").path("email").asText()).isEqualTo("ada");
    }

    @Test
    void aRefusalThatIsThereFirstIsRead() {
        assertThat(api.post("/gone", Api.object()))
                .isInstanceOfSatisfying(
                        ApiAnswer.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo("gone"));
    }

    @Test
    void aStreamThatIsThereFirstIsRead() throws Exception {
        try (var stream = api.stream("/me")) {
            assertThat(new String(stream.readAllBytes(), UTF_8)).isEqualTo("{\"email\":\"ada\"}");
        }
    }

    private Object lateClient(Object made) {
        return made instanceof HttpClient client
                ? proxy(HttpClient.class, client, this::lateStep)
                : made;
    }

    private Object lateStep(Object made) {
        return made instanceof Future<?> step
                ? proxy(Future.class, step, next -> lateStep(afterItsAnswer(next)))
                : made;
    }

    private Object afterItsAnswer(Object made) {
        if (made instanceof Future<?> step) {
            var done = new CountDownLatch(1);
            step.onComplete(_ -> vertx.runOnContext(_ -> done.countDown()));
            await(done);
        }
        return made;
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private interface Wrap {
        Object of(Object made);
    }

    private static <T> T proxy(Class<T> type, Object real, Wrap results) {
        return type.cast(
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (_, method, args) -> {
                            var made = method.invoke(real, args);
                            return made == null ? null : results.of(made);
                        }));
    }
}
