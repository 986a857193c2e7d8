package dev.postrider.transport.graph.draft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.mime.address.Address;
import dev.postrider.mime.compose.Attachment;
import dev.postrider.mime.compose.ComposeDraft;
import dev.postrider.mime.compose.Composed;
import dev.postrider.mime.compose.Draft;
import dev.postrider.mime.compose.Invitation;
import dev.postrider.mime.encoding.Source;
import dev.postrider.mime.read.MessageLimits;
import dev.postrider.mime.read.ParsedMessage;
import dev.postrider.transport.Objection;
import dev.postrider.transport.api.ApiLimits;
import dev.postrider.transport.api.ApiRequest;
import dev.postrider.transport.api.message.MessageHead;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a draft would lose is said, and never lost without a word. */
final class FindLossTest {
    private static final ApiLimits LIMITS = ApiLimits.load("microsoft");
    private static final GraphDrafts DRAFTS =
            new GraphDrafts(LIMITS, new ApiRequest(LIMITS), "/v1.0/");

    @Test
    void aUsualMessageLosesNothing() throws Exception {
        var draft =
                draft().text("Hello")
                        .html("<p>Hello <img src=\"cid:a@b\"></p>")
                        .inReplyTo("<a@example.org>")
                        .header("X-Order", "1")
                        .header("List-Unsubscribe", "<https://example.org/u>")
                        .header("Importance", "high");
        draft.attach(file("plan.pdf", 5_000_000));
        draft.attach(Attachment.inline("a.png", "a@b", Source.of(new byte[100])));
        assertThat(loss(draft)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Auto-Submitted", "List-Unsubscribe-Post", "Precedence", "Keywords"})
    void aFieldThatGraphDoesNotTakeIsNamed(String name) throws Exception {
        assertThat(loss(draft().text("x").header(name, "some-value")))
                .hasValueSatisfying(loss -> {
                    assertThat(loss.field()).isEqualTo("headers");
                    assertThat(loss.reason()).containsIgnoringCase(name);
                });
    }

    @ParameterizedTest
    @CsvSource({"4, ''", "5, headers"})
    void itTakesAFewFieldsOfOnesOwn(int count, String field) throws Exception {
        var draft = draft().text("x");
        for (var i = 0; i < count; i++) {
            draft.header("X-Own-" + i, "1");
        }
        assertThat(loss(draft).map(Objection::field))
                .isEqualTo(Optional.of(field).filter(each -> !each.isEmpty()));
    }

    @Test
    void anInvitationHasAMethodThatNoDraftHas() throws Exception {
        var ics = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n";
        assertThat(loss(draft().text("x").invitation(new Invitation("REQUEST", ics, false))))
                .map(Objection::reason)
                .hasValueSatisfying(reason -> assertThat(reason).contains("invitation"));
    }

    /** An upload can't say by which id the text shows it. */
    @ParameterizedTest
    @CsvSource({"3000000, ''", "3000001, attachments"})
    void aPictureInTheTextIsAsLargeAsARequestTakes(int octets, String field) throws Exception {
        var draft = draft().html("<img src=\"cid:a@b\">");
        draft.attach(Attachment.inline("a.png", "a@b", Source.of(new byte[octets])));
        assertThat(loss(draft).map(Objection::field))
                .isEqualTo(Optional.of(field).filter(each -> !each.isEmpty()));
    }

    @Test
    void aTextIsAsLongAsARequestTakes() throws Exception {
        assertThat(loss(draft().html("<p>" + "x".repeat(3_100_000) + "</p>").text("x")))
                .map(Objection::field)
                .contains("html");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "multipart/signed; protocol=\"application/pgp-signature\"",
                "multipart/encrypted",
                "multipart/report; report-type=disposition-notification",
                "application/pkcs7-mime; smime-type=signed-data"
            })
    void whatIsSealedStaysWhole(String type) throws Exception {
        var message = "From: ann@example.org\r\nContent-Type: " + type + "\r\n\r\nx\r\n";
        assertThat(loss(message.getBytes(StandardCharsets.US_ASCII)))
                .map(Objection::reason)
                .hasValueSatisfying(reason -> assertThat(reason).contains("signed"));
    }

    private static Attachment file(String name, int octets) {
        return Attachment.file(name, Source.of(new byte[octets]));
    }

    private static Draft.Builder draft() {
        return Draft.from(
                        (Address) Address.parse("ann@example.org"),
                        "<1@example.org>",
                        ZonedDateTime.now(ZoneOffset.UTC))
                .to((Address) Address.parse("bob@example.org"))
                .subject("Hello");
    }

    private static Optional<Objection> loss(Draft.Builder draft) throws IOException {
        return loss(((Composed) ComposeDraft.compose(draft.build())).toBytes());
    }

    private static Optional<Objection> loss(byte[] message) throws IOException {
        return DRAFTS.loss(
                MessageHead.read(new ByteArrayInputStream(message)),
                ParsedMessage.of(new ByteArrayInputStream(message), MessageLimits.TAKEN));
    }
}
