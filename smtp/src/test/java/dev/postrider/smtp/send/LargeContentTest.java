package dev.postrider.smtp.send;

import static dev.postrider.smtp.Fixtures.connect;
import static dev.postrider.smtp.Fixtures.plain;
import static dev.postrider.smtp.Fixtures.settled;
import static dev.postrider.smtp.Fixtures.talk;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.postrider.smtp.Fixtures;
import dev.postrider.smtp.login.Credentials;
import dev.postrider.smtp.message.Content;
import dev.postrider.smtp.message.Envelope;
import dev.postrider.smtp.message.Message;
import dev.postrider.testkit.sink.Sink;
import dev.postrider.testkit.sink.SinkOptions;
import dev.postrider.testkit.sink.SunkMessage;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Content beyond one write: blocks, chunks, constant memory, and sources that fail. */
class LargeContentTest {

    private static final Envelope ENVELOPE = Envelope.of("a@b.test", "c@d.test");

    /** Lines with dots at their starts, so that they fall on every place of a block. */
    private static byte[] lines(int size) {
        byte[] content = new byte[size];
        var random = new Random(size);
        for (int i = 0; i < size - 1; i += 2) {
            boolean end = random.nextInt(10) == 0;
            content[i] = (byte) (end ? '\r' : '.');
            content[i + 1] = (byte) (end ? '\n' : '.');
        }
        content[size - 2] = '\r';
        content[size - 1] = '\n';
        return content;
    }

    @ParameterizedTest
    @ValueSource(strings = {"X", "PIPELINING", "PIPELINING CHUNKING"})
    void everySizeAroundABlockArrivesWhole(String extensions) {
        var taken = new CopyOnWriteArrayList<SunkMessage>();
        var options =
                SinkOptions.standard().announcing(extensions.split(" ", -1)).recording(taken::add);
        var contents = new ArrayList<byte[]>();
        for (int size :
                List.of(
                        16_382, 16_386, 65_530, 65_532, 65_534, 65_536, 131_072, 131_074,
                        400_000)) {
            contents.add(lines(size));
        }
        try (var sink = Sink.start(options);
                var connection = connect(sink.port())) {
            var messages = new ArrayList<Message>();
            for (byte[] content : contents) {
                messages.add(new Message(ENVELOPE, Content.of(content)));
                messages.add(
                        new Message(
                                ENVELOPE,
                                new Content.Stream(
                                        content.length,
                                        false,
                                        () -> new ByteArrayInputStream(content))));
            }
            List<Result> results = connection.send(messages, SendOptions.STANDARD.withDepth(3));
            assertThat(results).allMatch(result -> settled(result).accepted());
        }
        assertThat(taken).hasSize(2 * contents.size());
        for (int i = 0; i < taken.size(); i++) {
            assertThat(Arrays.equals(taken.get(i).content(), contents.get(i / 2))).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PIPELINING", "PIPELINING CHUNKING"})
    void aStreamCostsTheSameMemoryHoweverLongItIs(String extensions) {
        var options = SinkOptions.standard().announcing(extensions.split(" ", -1));
        try (var sink = Sink.start(options);
                var connection = connect(plain(sink.port()), new Credentials.None(), null)) {
            allocated(connection, 1_000_000);
            long small = allocated(connection, 1_000_000);
            long large = allocated(connection, 30_000_000);
            assertThat(large - small).isLessThan(400_000);
        }
    }

    /** By the sending thread, which is this one. */
    private static long allocated(Connection connection, long size) {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        Result result =
                connection.send(
                        new Message(
                                ENVELOPE, new Content.Stream(size, false, () -> new Blanks(size))));
        long after = threads.getCurrentThreadAllocatedBytes();
        assertThat(settled(result).accepted()).isTrue();
        return after - before;
    }

    private static final class Blanks extends InputStream {
        private long left;

        Blanks(long size) {
            left = size;
        }

        @Override
        public int read() {
            return left-- > 0 ? '\n' : -1;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (left <= 0) {
                return -1;
            }
            int count = (int) Math.min(length, left);
            Arrays.fill(into, offset, offset + count, (byte) ' ');
            into[offset] = '\n';
            left -= count;
            return count;
        }
    }

    private static Message failing(int after) {
        return new Message(
                ENVELOPE, new Content.Stream(after, false, () -> new Failing(lines(after + 2))));
    }

    /** Throws where its octets end. */
    private static final class Failing extends FilterInputStream {
        Failing(byte[] octets) {
            super(new ByteArrayInputStream(octets));
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int count = super.read(into, offset, length);
            if (count < 0) {
                throw new IOException("disk gone");
            }
            return count;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10, 200_000})
    void aSourceThatFailsLeavesNoMessageBehind(int after) {
        for (String extensions : List.of("X", "PIPELINING", "PIPELINING CHUNKING")) {
            var options = SinkOptions.standard().announcing(extensions.split(" ", -1));
            try (var sink = Sink.start(options)) {
                var connection = connect(sink.port());
                List<Result> results =
                        connection.send(
                                List.of(failing(after), Fixtures.message("to@b.test")),
                                SendOptions.STANDARD);
                assertThat(results.getFirst())
                        .isEqualTo(
                                new Result.NotBegun(
                                        new Cause.ContentFailed(
                                                "The content can't be read: disk gone")));
                boolean chunking = extensions.contains("CHUNKING");
                // DATA can't be taken back, so the connection ends; chunks are reset.
                assertThat(results.getLast())
                        .isInstanceOf(chunking ? Result.Settled.class : Result.NotBegun.class);
                assertThat(sink.messages()).isEqualTo(chunking ? 1 : 0);
                connection.close();
            }
        }
    }

    @Test
    void aLargeMessageWaitsForItsEnvelopesAnswer() {
        var script =
                """
                S: 220 mx.test
                C: EHLO client.test
                S: 250-mx.test
                S: 250-PIPELINING
                S: 250 CHUNKING
                C: MAIL FROM:<a@b.test>
                C: RCPT TO:<c@d.test>
                -- wait
                S: 250 ok
                S: 550 5.1.1 nobody
                C: RSET
                C: MAIL FROM:<from@a.test>
                C: RCPT TO:<to@b.test>
                C: BDAT 19 LAST
                C: Subject: hi
                C:
                C: hi
                S: 250 ok
                S: 250 ok
                S: 250 ok
                S: 250 2.0.0 taken
                """;
        talk(
                script,
                connection -> {
                    List<Result> results =
                            connection.send(
                                    List.of(
                                            new Message(ENVELOPE, Content.of(lines(200_000))),
                                            Fixtures.message("to@b.test")),
                                    SendOptions.STANDARD);
                    assertThat(Fixtures.deciding(results.getFirst()))
                            .containsExactly("RCPT 550 5.1.1 nobody");
                    assertThat(settled(results.getLast()).accepted()).isTrue();
                });
    }

    @Test
    void aLargeMessageThatIsWithdrawnBeforeItsLastChunkIsReset() {
        try (var sink = Sink.start(SinkOptions.standard().with("CHUNKING"));
                var connection = connect(sink.port())) {
            Message large = new Message(ENVELOPE, Content.of(lines(300_000)));
            List<Result> results =
                    connection.send(
                            List.of(large, Fixtures.message("to@b.test")),
                            SendOptions.STANDARD.withBegin(message -> !message.equals(large)));
            assertThat(results.getFirst()).isInstanceOf(Result.NotBegun.class);
            assertThat(settled(results.getLast()).accepted()).isTrue();
            assertThat(sink.messages()).isEqualTo(1);
        }
    }

    @Test
    void aThousandRecipientsDoNotBlockTheConversation() {
        var recipients = new ArrayList<String>();
        for (int i = 0; i < 1000; i++) {
            recipients.add("recipient-number-" + i + "@b.test");
        }
        for (String extensions : List.of("X", "PIPELINING", "PIPELINING CHUNKING")) {
            try (var sink =
                            Sink.start(
                                    SinkOptions.standard().announcing(extensions.split(" ", -1)));
                    var connection = connect(sink.port())) {
                Result result =
                        connection.send(
                                Fixtures.message("hi\r\n", recipients.toArray(String[]::new)));
                assertThat(settled(result).recipients())
                        .hasSize(1000)
                        .allMatch(RecipientResult::accepted);
            }
        }
    }
}
