package dev.postrider.http.head;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class HeadGuardTest {
    private static final String REQUEST = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

    private EmbeddedChannel connection = connection();

    private static EmbeddedChannel connection() {
        var connection =
                new EmbeddedChannel(
                        new HttpRequestDecoder(), new HttpResponseEncoder(), new HeadGuard());
        connection.freezeTime();
        return connection;
    }

    @Test
    void aHeadThatDripsEndsItsConnection() {
        comes("GET / HTTP/1.1\r\nHost: x\r\n");
        drip("X: y\r\n", 40);
        assertThat(sent()).startsWith("HTTP/1.1 408 ").contains("head_too_slow");
        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void soDoesOneThatComesLaterOnTheConnection() {
        comes(REQUEST);
        answer();
        pass(1_000);
        drip("G", 40);
        assertThat(sent()).contains("HTTP/1.1 408 ");
        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void aConnectionThatNeverSaysAnythingIsClosedWithoutAWord() {
        pass(31);
        assertThat(sent()).isEmpty();
        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void betweenRequestsAndWhileABodyComesTimeDoesNotMatter() {
        comes("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n");
        drip("x", 1_000);
        answer();
        pass(1_000);
        comes(REQUEST);
        pass(1_000);
        answer();
        assertThat(sent()).doesNotContain("408");
        assertThat(connection.isOpen()).isTrue();
    }

    @Test
    void whoeverWaitsForAnAnswerIsNotCutForTheHeadOfTheNextRequest() {
        comes(REQUEST);
        comes("GET / HT");
        pass(100);
        assertThat(connection.isOpen()).isTrue();
        answer();
        pass(31);
        assertThat(sent()).contains("HTTP/1.1 200 ", "HTTP/1.1 408 ");
    }

    @Test
    void aHeadThatCannotBeReadIsAnsweredBehindTheRequestsBeforeIt() {
        for (var head :
                List.of(
                        "GET /?" + "x".repeat(5_000) + " HTTP/1.1\r\n\r\n",
                        "GET / HTTP/1.1\r\nX: " + "x".repeat(9_000) + "\r\n\r\n",
                        "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n")) {
            comes(REQUEST + REQUEST + head + REQUEST);
            answer();
            assertThat(sent()).doesNotContain("HTTP/1.1 4");
            answer();
            assertThat(sent())
                    .containsPattern("200 OK[^{]*HTTP/1.1 4(14|31|00) [^{]*\\{\"statusCode\":4");
            pass(2);
            assertThat(connection.isOpen()).isFalse();
            connection = connection();
        }
    }

    @Test
    void chunksThatCannotBeReadAreAnswered() {
        comes("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n");
        assertThat(sent()).startsWith("HTTP/1.1 400 ").contains("{\"statusCode\":400");
        var late = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        assertThat(connection.writeOneOutbound(late).isSuccess()).isFalse();
        connection.flushOutbound();
        assertThat(sent()).isEmpty();
        pass(2);
        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void aBodyThatNobodyReadsIsRefusedByItsHead() {
        comes("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9999999999\r\n\r\n");
        assertThat(sent()).startsWith("HTTP/1.1 413 ").contains("{\"statusCode\":413");
    }

    private void drip(String octets, int seconds) {
        for (var i = 0; i < seconds && connection.isOpen(); i++) {
            comes(octets);
            pass(1);
        }
    }

    private void comes(String octets) {
        connection.writeInbound(Unpooled.copiedBuffer(octets, US_ASCII));
        connection.releaseInbound();
    }

    private void pass(int seconds) {
        connection.advanceTimeBy(seconds, TimeUnit.SECONDS);
        connection.runScheduledPendingTasks();
    }

    private void answer() {
        connection.writeOutbound(
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK));
    }

    private String sent() {
        var all = new StringBuilder();
        for (ByteBuf each = connection.readOutbound();
                each != null;
                each = connection.readOutbound()) {
            all.append(each.toString(US_ASCII));
            each.release();
        }
        return all.toString();
    }
}
