package dev.postrider.transport.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.email.OnUnknown;
import dev.postrider.mime.compose.Attachment;
import dev.postrider.mime.encoding.Source;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.testkit.provider.http.Fault;
import dev.postrider.testkit.provider.microsoft.FakeMicrosoft;
import dev.postrider.testkit.provider.microsoft.state.GraphError;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftEndpoint;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Emails of more than a request takes, as drafts with uploads: each is accepted once at most. */
@ExtendWith(TestDatabase.class)
@Timeout(40)
final class LargeMessagesTest {
    private static FakeMicrosoft microsoft;
    private final Database database;
    private LargeMailRig rig;

    LargeMessagesTest(Database database) {
        this.database = database;
    }

    @BeforeAll
    static void start() throws Exception {
        microsoft = FakeMicrosoft.start();
    }

    @AfterAll
    static void stop() {
        microsoft.close();
    }

    @BeforeEach
    void open() {
        rig = new LargeMailRig(database, microsoft);
    }

    @AfterEach
    void close() throws Exception {
        rig.close();
    }

    @Test
    void allOfAMessageComesOverWithItsFiles() throws Exception {
        var logo =
                Attachment.inline(
                                "logo.png",
                                "logo@example.org",
                                Source.of(LargeMail.octets("logo.png", 40_000)))
                        .as("image/png");
        var key = rig.flow.lanes().newKey();
        var files =
                List.of(
                        LargeMail.file("film.mp4", LargeMailRig.LARGE),
                        logo,
                        LargeMail.file("plan.pdf", 2_000_000),
                        LargeMail.file("list.csv", 1_500_000));
        rig.flow.send(rig.email(key, OnUnknown.RESEND, files));

        rig.assertSentOnce(key);
        var message = rig.last();
        assertThat(LargeMail.files(message))
                .containsExactlyInAnyOrder(
                        LargeMail.sent("film.mp4", LargeMailRig.LARGE),
                        LargeMail.sent("logo.png", 40_000),
                        LargeMail.sent("plan.pdf", 2_000_000),
                        LargeMail.sent("list.csv", 1_500_000));
        var parsed = LargeMail.parsed(message);
        assertThat(parsed.html()).hasValueSatisfying(html -> assertThat(html).contains("Grüße"));
        assertThat(parsed.files())
                .filteredOn(part -> part.filename().equals("logo.png"))
                .singleElement()
                .satisfies(part -> {
                    assertThat(part.contentId()).isEqualTo("logo@example.org");
                    assertThat(part.contentType()).isEqualTo("image/png");
                });
        assertThat(message.recipients())
                .containsExactlyInAnyOrder("bob@example.org", "cy@example.org", "eve@example.org");
        assertThat(message.fields().get("Bcc")).contains("eve@example.org");
        assertThat(message.subject()).isEqualTo("Größe \"matters\"");
        assertThat(message.messageId()).isEqualTo("<" + key.id() + "@example.org>");
        assertThat(message.fields().get("Reply-To")).contains("desk@example.org");
        assertThat(message.fields().get("X-Order")).contains("4711");
        assertThat(message.fields().get("In-Reply-To")).contains("<first@example.org>");
        assertThat(message.fields().get("References"))
                .contains("<zero@example.org> <first@example.org>");
        assertThat(rig.flow.lanes().row(key).get("provider_message")).isEqualTo(message.id());
    }

    /** Up to the mailbox's own limit. */
    @Test
    void thirtyMegabytesAreHeldInPieces() throws Exception {
        var key = rig.flow.lanes().newKey();
        var ranges = microsoft.calls().count(MicrosoftEndpoint.UPLOAD);
        rig.flow.send(
                rig.email(key, OnUnknown.RESEND, List.of(LargeMail.file("film.mp4", 26_000_000))));
        rig.assertSentOnce(key);
        assertThat(LargeMail.files(rig.last()))
                .containsExactly(LargeMail.sent("film.mp4", 26_000_000));
        assertThat(microsoft.calls().count(MicrosoftEndpoint.UPLOAD) - ranges).isEqualTo(7);
    }

    /** What failed before the draft was sent can be done again, and leaves nothing behind. */
    static Stream<Arguments> faultsBefore() {
        return Stream.of(
                Arguments.of(MicrosoftEndpoint.MESSAGE_CREATE, Fault.html(503)),
                Arguments.of(MicrosoftEndpoint.MESSAGE_CREATE, Fault.html(200)),
                Arguments.of(MicrosoftEndpoint.MESSAGE_CREATE, Fault.resetBeforeBody()),
                Arguments.of(MicrosoftEndpoint.MESSAGE_CREATE, Fault.acceptThenReset()),
                Arguments.of(
                        MicrosoftEndpoint.UPLOAD_SESSION,
                        Fault.answer(GraphError.TRANSIENT.response())),
                Arguments.of(MicrosoftEndpoint.UPLOAD_SESSION, Fault.acceptThenReset()),
                Arguments.of(
                        MicrosoftEndpoint.UPLOAD_SESSION,
                        Fault.answer(GraphError.NOT_FOUND.response())),
                Arguments.of(
                        MicrosoftEndpoint.UPLOAD, Fault.answer(GraphError.NOT_FOUND.response())),
                Arguments.of(
                        MicrosoftEndpoint.ATTACH, Fault.answer(GraphError.TRANSIENT.response())),
                Arguments.of(
                        MicrosoftEndpoint.MESSAGE_SEND,
                        Fault.answer(GraphError.NOT_FOUND.response())));
    }

    @ParameterizedTest
    @MethodSource("faultsBefore")
    void aFaultBeforeTheEndMakesItBeginAgain(MicrosoftEndpoint where, Fault fault)
            throws Exception {
        microsoft.faults().next(where, fault);
        var key = rig.send(OnUnknown.REPORT, where == MicrosoftEndpoint.ATTACH);
        assertThat(rig.flow.lanes().state(key)).isEqualTo("queued");
        assertThat(rig.accepted()).isZero();
        rig.again(key);
        rig.assertSentOnce(key);
    }

    /** Where the server says how far it got, the same attempt goes on. */
    static Stream<Arguments> faultsWithin() {
        return Stream.of(
                Arguments.of(MicrosoftEndpoint.UPLOAD, Fault.resetBeforeBody()),
                Arguments.of(MicrosoftEndpoint.UPLOAD, Fault.resetAfterBody()),
                Arguments.of(MicrosoftEndpoint.UPLOAD, Fault.acceptThenReset()),
                Arguments.of(MicrosoftEndpoint.UPLOAD, Fault.html(502)),
                Arguments.of(
                        MicrosoftEndpoint.UPLOAD, Fault.answer(GraphError.BAD_RANGE.response())),
                Arguments.of(MicrosoftEndpoint.ATTACH, Fault.acceptThenReset()));
    }

    @ParameterizedTest
    @MethodSource("faultsWithin")
    void anUploadGoesOnWhereTheServerSays(MicrosoftEndpoint where, Fault fault) throws Exception {
        microsoft.faults().next(where, fault);
        var key = rig.send(OnUnknown.REPORT, where == MicrosoftEndpoint.ATTACH);
        rig.assertSentOnce(key);
        assertThat(rig.flow.lanes().attempts(key)).containsExactly("1 accepted");
        assertThat(LargeMail.files(rig.last()))
                .contains(LargeMail.sent("film.mp4", LargeMailRig.LARGE));
    }

    /** The last answer of an upload isn't needed: the draft says which files it has. */
    @ParameterizedTest
    @EnumSource(names = {"UPLOAD", "ATTACH"})
    void aFileWhoseLastAnswerIsLostIsThereOnce(MicrosoftEndpoint where) throws Exception {
        var ranges = where == MicrosoftEndpoint.UPLOAD ? 1 : 0;
        for (var i = 0; i < ranges; i++) {
            microsoft.faults().next(where, new Fault.Pass());
        }
        microsoft.faults().next(where, Fault.acceptThenReset());
        var key = rig.send(OnUnknown.REPORT, true);
        rig.assertSentOnce(key);
        assertThat(LargeMail.files(rig.last()))
                .containsExactlyInAnyOrder(
                        LargeMail.sent("film.mp4", LargeMailRig.LARGE),
                        LargeMail.sent("plan.pdf", 2_900_000),
                        LargeMail.sent("list.csv", 300_000));
    }

    @Test
    void aServerForUploadsThatNobodyAllowedGetsNothing() throws Exception {
        rig.close();
        rig =
                new LargeMailRig(
                        database, microsoft, Set.of(URI.create("https://outlook.office.com")));
        var ranges = microsoft.calls().count(MicrosoftEndpoint.UPLOAD);
        var key = rig.send(OnUnknown.RESEND);
        assertThat(rig.flow.lanes().state(key)).isEqualTo("queued");
        assertThat(rig.reason(key)).contains("127.0.0.1").contains("uploads");
        assertThat(microsoft.calls().count(MicrosoftEndpoint.UPLOAD)).isEqualTo(ranges);
        assertThat(rig.drafts()).isEmpty();
    }
}
