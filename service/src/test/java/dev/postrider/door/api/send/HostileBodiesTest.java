package dev.postrider.door.api.send;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.http.Api.Answer;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that are made to fill the memory or to take long; meanwhile others' mail goes on. */
@QuarkusTest
class HostileBodiesTest {
    private static EmailApi emails;

    @BeforeAll
    static void connect() {
        emails = new EmailApi("hostile@example.org");
    }

    @AfterAll
    static void disconnect() {
        emails.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/smtp/send-email", "/emails", "/emails/batch", "/emails/raw", "/mailboxes"})
    void millionsOfValuesAndLongNamesAreRefusedWhileOthersSend(String path) {
        var values = "{\"to\":[" + "0,".repeat(8_000_000) + "0]}";
        var names =
                IntStream.range(0, 400)
                        .mapToObj(i -> "\"" + "n".repeat(49_000) + i + "\":0")
                        .collect(Collectors.joining(",", "{", "}"));
        for (var bomb : List.of(values, names)) {
            var attacks =
                    IntStream.range(0, 3)
                            .mapToObj(_ ->
                                    CompletableFuture.supplyAsync(
                                            () -> emails.api().post(path, bomb)))
                            .toList();
            assertThatOthersSend();
            for (var attack : attacks) {
                assertThat(attack.join().status()).isIn(413, 422);
            }
        }
    }

    /** They held all room by what they announced, for as long as they liked. */
    @Test
    void drippingBodiesHoldNoRoomAndAreEnded() throws IOException {
        var dripping = new ArrayList<Socket>();
        for (var i = 0; i < 17; i++) {
            var socket = new Socket(InetAddress.getLoopbackAddress(), root().getPort());
            socket.setSoTimeout(30_000);
            dripping.add(socket);
            var head =
                    "POST /emails HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                            + "Authorization: Bearer "
                            + emails.api().token()
                            + "\r\nContent-Length: 60000000\r\n\r\n{";
            socket.getOutputStream().write(head.getBytes(US_ASCII));
            socket.getOutputStream().flush();
        }
        assertThatOthersSend();
        for (var socket : dripping) {
            var answer = new String(socket.getInputStream().readAllBytes(), US_ASCII);
            assertThat(answer).startsWith("HTTP/1.1 408 ").contains("body_too_slow");
            socket.close();
        }
    }

    /** With a file of two megabytes, which needs room. */
    private static void assertThatOthersSend() {
        var begun = System.nanoTime();
        Answer answer =
                emails.post(
                        emails.email(
                                "'to':'g@example.org','text':'t','attachments':[{'filename':'a',"
                                        + "'content':'"
                                        + "AAAA".repeat(700_000)
                                        + "'}],"));
        var took = Duration.ofNanos(System.nanoTime() - begun);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(took).isLessThan(Duration.ofSeconds(3));
    }

    private static URI root() {
        return URI.create(ConfigProvider.getConfig().getValue("test.url", String.class));
    }
}
