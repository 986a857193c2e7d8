package dev.postrider.testkit.provider.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.testkit.provider.Client.Answer;
import dev.postrider.testkit.provider.google.state.GoogleEndpoint;
import dev.postrider.testkit.provider.google.state.GoogleLimit;
import dev.postrider.testkit.provider.google.state.GoogleSwitch;
import dev.postrider.testkit.provider.http.Fault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class GmailUploadTest {
    private static final String ADA = "ada@example.com";
    private static final String PATH = "/upload/gmail/v1/users/me/messages/send?uploadType=";
    private static final int CHUNK = 256 * 1024;

    private FakeGoogle google;
    private GoogleClient client;
    private String token;

    @BeforeEach
    void connect() throws Exception {
        google = FakeGoogle.start();
        client = GoogleClient.of(google);
        token = client.accessToken(ADA, "gmail.send");
    }

    @AfterEach
    void stop() {
        google.close();
    }

    /** With all octets there are, which no decoder of text may touch. */
    private static byte[] message(int size) {
        byte[] message = new byte[size];
        for (int i = 0; i < size; i++) {
            message[i] = (byte) i;
        }
        byte[] head =
                "To: bob@example.com\r\nSubject: Hello\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(head, 0, message, 0, head.length);
        return message;
    }

    private void assertBodyIs(byte[] message) {
        assertThat(message)
                .endsWith(google.sent(ADA).getLast().fields().body())
                .hasSizeGreaterThan(google.sent(ADA).getLast().fields().body().length);
    }

    @Test
    void aMessageIsUploadedAsItIs() throws Exception {
        byte[] message = message(6 * 1024 * 1024);
        assertThat(post("media", "message/rfc822", message).status()).isEqualTo(200);
        assertBodyIs(message);
        assertThat(post("media", "text/plain", message).status()).isEqualTo(400);
        google.limits().set(GoogleLimit.MESSAGE_OCTETS, 1000);
        assertThat(post("media", "message/rfc822", message).status()).isEqualTo(413);
        assertThat(google.accepted().total()).isEqualTo(1);
    }

    @Test
    void aReplyIsUploadedAfterItsThread() throws Exception {
        byte[] message = message(2000);
        String thread = post("media", "message/rfc822", message).text("threadId");
        String head =
                """
                --b\r
                Content-Type: application/json\r
                \r
                {"threadId":"%s"}\r
                --b\r
                Content-Type: message/rfc822\r
                \r
                """
                        .formatted(thread);
        var body = new ByteArrayOutputStream();
        body.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        body.writeBytes(message);
        body.writeBytes("\r\n--b--\r\n".getBytes(StandardCharsets.US_ASCII));
        Answer reply = post("multipart", "multipart/related; boundary=\"b\"", body.toByteArray());
        assertThat(reply.text("threadId")).isEqualTo(thread);
        assertBodyIs(message);
        assertThat(post("multipart", "multipart/related; boundary=c", body.toByteArray()).status())
                .isEqualTo(400);
    }

    private Answer post(String type, String contentType, byte[] body)
            throws IOException, InterruptedException {
        return client.http().post(PATH + type, token, contentType, body);
    }

    @Test
    void anUploadIsResumedAndCanBeAskedAbout() throws Exception {
        byte[] message = message(CHUNK + 100);
        String session = open();
        assertThat(put(session, "bytes */*", new byte[0]).status()).isEqualTo(308);
        Answer half = put(session, range(0, CHUNK, message), Arrays.copyOf(message, CHUNK));
        assertThat(half.status()).isEqualTo(308);
        assertThat(half.response().headers().firstValue("range"))
                .contains("bytes=0-" + (CHUNK - 1));

        google.faults().next(GoogleEndpoint.UPLOAD_CHUNK, Fault.acceptThenReset());
        byte[] rest = Arrays.copyOfRange(message, CHUNK, message.length);
        String last = range(CHUNK, message.length, message);
        assertThatThrownBy(() -> put(session, last, rest)).isInstanceOf(IOException.class);
        assertThat(google.accepted().total()).isEqualTo(1);
        assertBodyIs(message);

        Answer asked = put(session, "bytes */" + message.length, new byte[0]);
        assertThat(asked.status()).isEqualTo(200);
        assertThat(asked.text("id")).isEqualTo(google.sent(ADA).getFirst().id());
        google.switches().turn(GoogleSwitch.FINISHED_UPLOAD_ANSWERS_AGAIN, false);
        assertThat(put(session, last, rest).status()).isEqualTo(404);
        assertThat(google.accepted().total()).isEqualTo(1);
    }

    @Test
    void chunksComeInOrderAndInTheRightSizes() throws Exception {
        byte[] message = message(2 * CHUNK);
        String session = open();
        for (Answer refused :
                List.of(
                        put(session, range(CHUNK, 2 * CHUNK, message), new byte[CHUNK]),
                        put(session, range(0, 1000, message), new byte[1000]),
                        put(session, range(0, 1000, message), new byte[999]),
                        put(session, "nonsense", new byte[1]))) {
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.message()).isEqualTo("Invalid Content-Range");
        }
        assertThat(put(PATH + "resumable&upload_id=unknown", "bytes */*", new byte[0]).status())
                .isEqualTo(404);
        assertThat(google.accepted().total()).isZero();
    }

    private String open() throws IOException, InterruptedException {
        Answer answer =
                client.http()
                        .post(
                                PATH + "resumable",
                                token,
                                "application/json",
                                "{}".getBytes(StandardCharsets.US_ASCII),
                                "X-Upload-Content-Type",
                                "message/rfc822");
        assertThat(answer.status()).isEqualTo(200);
        return answer.response().headers().firstValue("location").orElseThrow();
    }

    private static String range(int from, int to, byte[] message) {
        return "bytes " + from + "-" + (to - 1) + "/" + message.length;
    }

    private Answer put(String session, String range, byte[] body)
            throws IOException, InterruptedException {
        return client.http()
                .send(
                        client.http()
                                .request(session)
                                .header("Content-Range", range)
                                .PUT(BodyPublishers.ofByteArray(body)));
    }
}
