package dev.postrider.transport.gmail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.postgres.Database;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.testkit.provider.google.FakeGoogle;
import dev.postrider.testkit.provider.google.state.GoogleEndpoint;
import dev.postrider.testkit.provider.google.state.GoogleError;
import dev.postrider.testkit.provider.http.Fault;
import dev.postrider.transport.api.PlayedRig;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is too large for JSON goes to Gmail by upload, whole or not at all. */
@ExtendWith(TestDatabase.class)
@Timeout(60)
final class LargeGmailTest {
    private static final int LARGE = 5_000_000;

    private static FakeGoogle google;
    private final Database database;
    private PlayedRig rig;

    LargeGmailTest(Database database) {
        this.database = database;
    }

    @BeforeAll
    static void start() throws Exception {
        google = FakeGoogle.start();
    }

    @AfterAll
    static void stop() {
        google.close();
    }

    @BeforeEach
    void open() {
        rig = new PlayedRig(database, new PlayedGmail(google), Set.of("gmail.send"));
    }

    @AfterEach
    void close() throws Exception {
        rig.close();
    }

    @Test
    void aLargeReplyLandsInItsThread() throws Exception {
        var first = rig.sendLarge("From: ann@example.org\r\nSubject: Plan", 0);
        var thread = rig.last().threadId();
        var uploads = google.calls().count(GoogleEndpoint.UPLOAD);
        var reply =
                rig.sendLarge(
                        "From: ann@example.org\r\nSubject: Re: Plan\r\nIn-Reply-To: <"
                                + first.id()
                                + "@example.org>\r\nReferences: <"
                                + first.id()
                                + "@example.org>",
                        LARGE);
        assertThat(rig.flow.lanes().state(reply)).isEqualTo("sent");
        assertThat(rig.flow.lanes().row(reply)).containsEntry("provider_thread", thread);
        assertThat(google.calls().count(GoogleEndpoint.UPLOAD) - uploads).isEqualTo(1);
        assertThat(rig.last().threadId()).isEqualTo(thread);
        assertThat(rig.last().octets().length).isGreaterThan(LARGE - 100);
        assertThat(rig.accepted(reply)).isEqualTo(1);
    }

    /** The thread is another mailbox's or was deleted: nothing was sent, so it is without. */
    @Test
    void aLargeReplyWhoseThreadIsGoneIsSentWithout() throws Exception {
        var first = rig.sendLarge("From: ann@example.org\r\nSubject: Plan", 0);
        rig.flow.lanes().run("update email set provider_thread = 'gone' where id = ?", first.id());
        var reply =
                rig.sendLarge(
                        "Subject: Re: Plan\r\nIn-Reply-To: <" + first.id() + "@example.org>",
                        LARGE);
        assertThat(rig.flow.lanes().state(reply)).isEqualTo("sent");
        assertThat(rig.accepted(reply)).isEqualTo(1);
    }

    /** The server answers and resets before the body has ended. */
    @Test
    void aRefusalThatComesBeforeTheBodyHasEndedIsFinal() throws Exception {
        google.faults()
                .next(
                        GoogleEndpoint.UPLOAD,
                        Fault.answerBeforeBody(GoogleError.TOO_LARGE.response()));
        var key = rig.sendLarge("Subject: Large", LARGE);
        assertThat(rig.flow.lanes().state(key)).isEqualTo("refused");
        assertThat(rig.reason(key)).contains("413").contains("takes no message of this size");
        assertThat(rig.accepted()).isZero();
    }

    /** What it hasn't had whole it can't have sent, whatever it answers. */
    @Test
    void aFailureThatComesBeforeTheBodyHasEndedIsNoDoubt() throws Exception {
        google.faults()
                .next(
                        GoogleEndpoint.UPLOAD,
                        Fault.answerBeforeBody(GoogleError.BACKEND.response()));
        var key = rig.sendLarge("Subject: Large", LARGE);
        assertThat(rig.flow.lanes().attempts(key)).containsExactly("1 unreachable");
    }
}
