package dev.postrider.door.api.send;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.http.Api;
import dev.postrider.http.Api.Answer;
import dev.postrider.identity.workspace.Workspaces;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is made to fill the memory or to take long. While each runs, another workspace's requests
 * answer soon.
 */
@QuarkusTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileInputTest {
    private static final String PASSWORD = "eine lange Leiter";
    private static final String FORM = "application/x-www-form-urlencoded";

    /** What once kept others waiting did so for ten seconds or for minutes. */
    private static final Duration SOON = Duration.ofSeconds(5);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Workspaces workspaces;
    private EmailApi hostile;
    private EmailApi neighbour;

    /** How long the neighbour's requests take just now, without an attack. */
    private Duration usual = Duration.ZERO;

    HostileInputTest(Workspaces workspaces) {
        this.workspaces = workspaces;
    }

    @BeforeAll
    void connect() {
        hostile = new EmailApi("hostile@example.org");
        var email = "neighbour@example.net";
        var made = (Workspaces.Creation.Done) workspaces.create("Neighbours", email);
        Api.underTest()
                .post(
                        "/password",
                        EmailApi.json(
                                "{'ticket':'%s','password':'%s'}"
                                        .formatted(made.created().ticket(), PASSWORD)));
        neighbour = new EmailApi(Api.underTest().loggedIn(email, PASSWORD), email);
    }

    @AfterAll
    void disconnect() {
        hostile.close();
        neighbour.close();
        threads.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/smtp/send-email",
                "/emails",
                "/emails/batch",
                "/emails/raw",
                "/mailboxes",
                "/users",
                "/api-keys",
                "/webhooks",
                "/password",
                "/me/password"
            })
    void bodiesOfManyValuesLongNamesOrDeepNestingAreRefused(String path) {
        var names =
                IntStream.range(0, 400)
                        .mapToObj(i -> "\"" + "n".repeat(49_000) + i + "\":0")
                        .collect(Collectors.joining(",", "{", "}"));
        for (var bomb :
                List.of(
                        "{\"to\":[" + "0,".repeat(1_000_000) + "0]}",
                        names,
                        "{\"to\":" + "[".repeat(1_000_000) + "]".repeat(1_000_000) + "}")) {
            attack(3, _ -> hostile.api().post(path, bomb))
                    .forEach(answer ->
                            assertThat(answer.text())
                                    .containsAnyOf(
                                            "The body nests deeper",
                                            "to: has more than 1000 items",
                                            "body_too_large"));
        }
    }

    @Test
    void formsOfManyParametersAreRefused() {
        var bomb = "a=1&".repeat(4_000_000);
        attack(3, _ -> post("/token", FORM, bomb))
                .forEach(answer -> assertThat(answer.status()).isEqualTo(413));
    }

    @Test
    void aMillionBadAddressesAreAnsweredInAFewWords() {
        var bomb = hostile.email("'to':[" + "'x',".repeat(240_000) + "'x'],'text':'t',");
        for (var answer : attack(3, _ -> hostile.post(bomb))) {
            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.text()).hasSizeLessThan(10_000);
        }
    }

    /** Messages that took long to read, or that two readers read differently. */
    enum Message {
        QUOTES("To: " + folded("\"".repeat(963_000))),
        COMMENTS("To: " + folded("(".repeat(250_000))),
        GROUPS("To: " + folded("a:;,".repeat(60_000))),
        ADDRESSES("To: " + "a@example.org,\r\n ".repeat(100_000) + "a@example.org"),
        WORDS("To: a@example.org\r\nSubject: " + "=?utf-8?Q?a?=\r\n ".repeat(100_000) + "a"),
        NESTED("To: a@example.org" + nested(8_000)),
        PARTS(
                "To: a@example.org\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
                        + "--b\r\n\r\n".repeat(1_000_000)),
        TWO_FACED("To: a@example.org\r\nFrom: (a) admin@example.com");

        private final String rest;

        Message(String rest) {
            this.rest = rest;
        }

        private static String folded(String text) {
            return text.replaceAll("(.{900})", "$1\r\n ");
        }

        private static String nested(int levels) {
            return IntStream.range(0, levels)
                    .mapToObj(
                            "\r\nContent-Type: multipart/mixed; boundary=b%1$d\r\n\r\n--b%1$d"
                                    ::formatted)
                    .collect(Collectors.joining());
        }
    }

    @ParameterizedTest
    @EnumSource
    void messagesThatTakeLongToReadOrAreReadInTwoWaysAreRefused(Message message) {
        var bomb = "From: hostile@example.org\r\n" + message.rest + "\r\n\r\nHi.\r\n";
        attack(3, _ -> post("/emails/raw", "message/rfc822", bomb))
                .forEach(answer -> assertThat(answer.status()).as(answer.text()).isEqualTo(422));
    }

    @Test
    void anOddAcceptIsReadWithoutRecursion() {
        var odd = "a/b;a,".repeat(1_300);
        attack(20, _ -> hostile.api().send(hostile.api().request("/emails").header("Accept", odd)))
                .forEach(answer -> assertThat(answer.status()).isEqualTo(200));
    }

    /** They waited for one another in the database, with a connection each. */
    @Test
    void guessesAtManyUsersLeaveConnectionsToOthers() {
        attack(60, i -> post("/token", FORM, "grant_type=password&password=wrong&username=u" + i))
                .forEach(answer -> assertThat(answer.status()).isIn(400, 429, 503));
    }

    /** They held all room by what they announced, for as long as they liked. */
    @Test
    void drippingBodiesHoldNoRoomAndAreEnded() throws IOException {
        usual = neighbourIsServed();
        var dripping = new ArrayList<Socket>();
        for (var request :
                List.of(
                        "/emails application/json\r\nContent-Length: 60000000",
                        "/emails application/json\r\nContent-Length: 2000",
                        "/emails application/json\r\nTransfer-Encoding: chunked",
                        "/token application/x-www-form-urlencoded\r\nContent-Length: 1000")) {
            var words = request.split(" ", 2);
            for (var i = 0; i < 17; i++) {
                dripping.add(
                        begin(
                                ("POST %s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n"
                                                + "Content-Type: %s\r\n\r\n1")
                                        .formatted(words[0], hostile.api().token(), words[1])));
            }
        }
        assertThatTheNeighbourIsServed();
        for (var socket : dripping) {
            var answer = new String(socket.getInputStream().readAllBytes(), US_ASCII);
            assertThat(answer).startsWith("HTTP/1.1 408 ").contains("body_too_slow");
            socket.close();
        }
    }

    @Test
    void headsThatDripHoldNobodyUp() throws IOException {
        usual = neighbourIsServed();
        var dripping = new ArrayList<Socket>();
        for (var i = 0; i < 200; i++) {
            dripping.add(begin("GET /emails HTTP/1.1\r\nHost: x\r\nX-Drip: "));
        }
        assertThatTheNeighbourIsServed();
        for (var socket : dripping) {
            socket.close();
        }
    }

    /** Five kilobytes of them kept all others' large mail waiting for minutes. */
    @Test
    void urlsThatNeverAnswerKeepNobodyWaiting() throws IOException {
        usual = neighbourIsServed();
        List<Answer> answers;
        try (var silent = new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress())) {
            var files =
                    IntStream.range(0, 25)
                            .mapToObj(i ->
                                    "{'filename':'f','path':'http://127.0.0.1:%d/%d'}"
                                            .formatted(silent.getLocalPort(), i))
                            .collect(Collectors.joining(","));
            var bomb =
                    hostile.email("'to':'a@example.org','text':'t','attachments':[" + files + "],");
            var attacks = begin(100, _ -> hostile.post(bomb));
            assertThatTheNeighbourIsServed();
            silent.close();
            answers = attacks.stream().map(CompletableFuture::join).toList();
        }
        assertThat(answers).allMatch(answer -> List.of(422, 503).contains(answer.status()));
    }

    /** Attacks at once; until all have ended the neighbour asks again and again. */
    private List<Answer> attack(int times, IntFunction<Answer> bomb) {
        usual = neighbourIsServed();
        var attacks = begin(times, bomb);
        do {
            assertThatTheNeighbourIsServed();
        } while (!attacks.stream().allMatch(CompletableFuture::isDone));
        return attacks.stream().map(CompletableFuture::join).toList();
    }

    /** From an address of its own, so that its guesses slow no other test. */
    private Answer post(String path, String type, String body) {
        return hostile.api()
                .send(
                        hostile.api()
                                .request(path)
                                .header("X-Forwarded-For", "203.0.113.77")
                                .header("Content-Type", type)
                                .POST(BodyPublishers.ofString(body)));
    }

    private List<CompletableFuture<Answer>> begin(int times, IntFunction<Answer> bomb) {
        return IntStream.range(0, times)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> bomb.apply(i), threads))
                .toList();
    }

    private static Socket begin(String request) throws IOException {
        var root = URI.create(ConfigProvider.getConfig().getValue("test.url", String.class));
        var socket = new Socket(InetAddress.getLoopbackAddress(), root.getPort());
        socket.setSoTimeout(30_000);
        socket.getOutputStream().write(request.getBytes(US_ASCII));
        return socket;
    }

    /** Beside what the machine takes for it when there is no attack. */
    private void assertThatTheNeighbourIsServed() {
        var took = neighbourIsServed();
        assertThat(took).isLessThan(SOON.plus(usual.multipliedBy(4)));
    }

    /** A list, and mail with a file that is too large for memory; how long the slower one took. */
    private Duration neighbourIsServed() {
        var begun = System.nanoTime();
        var list = neighbour.api().get("/emails?limit=1");
        var listed = System.nanoTime();
        var answer =
                neighbour.post(
                        neighbour.email(
                                "'to':'g@example.org','text':'t','attachments':[{'filename':'a',"
                                        + "'content':'"
                                        + "AAAA".repeat(100_000)
                                        + "'}],"));
        var sent = System.nanoTime();
        assertThat(list.status()).as(list.text()).isEqualTo(200);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return Duration.ofNanos(Math.max(listed - begun, sent - listed));
    }
}
