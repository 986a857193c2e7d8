package dev.postrider.transport.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.postrider.credential.provider.Tier;
import dev.postrider.mime.encoding.Source;
import dev.postrider.outbound.guard.AllowedBlocks;
import dev.postrider.outbound.guard.OutboundGuard;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.transport.Objection;
import dev.postrider.transport.OutgoingMessage;
import dev.postrider.transport.TestKinds;
import dev.postrider.transport.Transport;
import dev.postrider.transport.graph.GraphKind;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an API doesn't take is said before an email is accepted. */
@ExtendWith(TestDatabase.class)
final class CheckMessageTest {
    private static final Transport.MailboxKey MAILBOX =
            new Transport.MailboxKey(UUID.randomUUID(), UUID.randomUUID());

    private final Database database;

    CheckMessageTest(Database database) {
        this.database = database;
    }

    @ParameterizedTest
    @CsvSource({
        "microsoft, api,  2900000,  ''",
        "microsoft, api,  3000001,  attachments",
        "microsoft, smtp, 9000000,  ''",
        "gmail,     api,  30000000, ''",
        "gmail,     api,  36700161, attachments"
    })
    void aMessageIsAsLargeAsTheApiTakes(String kind, String via, long size, String field) {
        assertThat(objection(kind, via, message(size, List.of("b@x.example"), Set.of())))
                .isEqualTo(Optional.of(field).filter(each -> !each.isEmpty()));
    }

    /** What was granted counts, not the tier. */
    @ParameterizedTest
    @CsvSource({
        "mail.send, 3000001, 0, 'attachments'",
        "mail.readwrite, 3000001, 0, ''",
        "mail.readwrite, 36000000, 0, ''",
        "mail.readwrite, 36700161, 0, 'attachments'",
        "mail.readwrite, 20000001, 20000000, 'attachments'",
        "mail.readwrite, 36700161, 40000000, ''"
    })
    void moreIsTakenWhereDraftsMayBeMade(String scope, long size, int octets, String field) {
        assertThat(large(scope, octets, size, false).map(Objection::field))
                .isEqualTo(Optional.of(field).filter(each -> !each.isEmpty()));
    }

    @Test
    void whatWouldBeNeededIsSaid() {
        assertThat(large("mail.send", 0, 3_000_001, false).orElseThrow().reason())
                .contains("3000000")
                .contains("Mail.ReadWrite");
        assertThat(large("mail.readwrite", 0, 36_700_161, false).orElseThrow().reason())
                .contains("36700160")
                .doesNotContain("Mail.ReadWrite");
    }

    /** A draft isn't the message that its sender composed. */
    @Test
    void aLargeMessageThatWasComposedElsewhereIsRefused() {
        var why = large("mail.readwrite", 0, 4_000_000, true).orElseThrow();
        assertThat(why.field()).isEqualTo("raw");
        assertThat(why.reason()).contains("SMTP");
    }

    private Optional<Objection> large(String scope, int octets, long size, boolean isRaw) {
        var api =
                new FindApi.Api(
                        URI.create("https://graph.microsoft.com"),
                        Set.of(),
                        true,
                        Tier.SEND,
                        Set.of(scope),
                        "ann@example.org",
                        Optional.of(octets).filter(each -> each > 0));
        return new GraphKind(
                        TestKinds.shared(
                                database,
                                new OutboundGuard(AllowedBlocks.NONE),
                                _ -> Optional.of(api)))
                .restore(JsonNodeFactory.instance.objectNode())
                .objection(
                        MAILBOX,
                        new OutgoingMessage(
                                "ann@example.org",
                                "ann@example.org",
                                List.of("b@x.example"),
                                Set.of(),
                                Source.of(size, () -> new ByteArrayInputStream(new byte[0])),
                                isRaw));
    }

    @ParameterizedTest
    @CsvSource({"gmail, 100, ''", "gmail, 101, to", "microsoft, 500, ''", "microsoft, 501, to"})
    void itHasAsManyRecipientsAsTheProviderTakes(String kind, int recipients, String field) {
        var to = IntStream.range(0, recipients).mapToObj(i -> "r" + i + "@x.example").toList();
        assertThat(objection(kind, "api", message(1_000, to, Set.of())))
                .isEqualTo(Optional.of(field).filter(each -> !each.isEmpty()));
    }

    /** Whoever the header names gets it: a raw message for fewer can't be sent so. */
    @Test
    void theEnvelopeHasAllWhomTheHeaderNames() {
        var some = List.of("b@x.example", "Hidden@x.example");
        assertThat(objection("gmail", "api", message(100, some, Set.of("B@x.example")))).isEmpty();
        assertThat(
                        objection(
                                "gmail",
                                "api",
                                message(100, some, Set.of("b@x.example", "late@x.example"))))
                .contains("to");
    }

    private static OutgoingMessage message(long size, List<String> to, Set<String> named) {
        return new OutgoingMessage(
                "ann@example.org", "ann@example.org", to, named, source(size), false);
    }

    private static Source source(long size) {
        return Source.of(
                size,
                () -> {
                    throw new AssertionError("it is read");
                });
    }

    private Optional<String> objection(String kind, String via, OutgoingMessage message) {
        var settings = JsonNodeFactory.instance.objectNode().put("via", via);
        return TestKinds.of(database)
                .named(kind)
                .orElseThrow()
                .restore(settings)
                .objection(MAILBOX, message)
                .map(Objection::field);
    }
}
