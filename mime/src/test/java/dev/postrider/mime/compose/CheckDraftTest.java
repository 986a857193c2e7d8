package dev.postrider.mime.compose;

import static dev.postrider.mime.compose.Drafts.DATE;
import static dev.postrider.mime.compose.Drafts.draft;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.mime.address.Addresses;
import dev.postrider.mime.encoding.Source;
import dev.postrider.mime.header.ForbiddenHeaders;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CheckDraftTest {
    static final Iterable<String> FORBIDDEN = ForbiddenHeaders.NAMES.keySet();

    @ParameterizedTest
    @FieldSource("FORBIDDEN")
    void forbiddenHeadersAreRefusedInAnyCase(String name) {
        String shouted = name.toUpperCase(Locale.ROOT);
        assertThat(flaws(draft().header(shouted, "x")))
                .containsExactly(
                        new Flaw(
                                "headers[" + shouted + "]",
                                Flaw.Kind.FORBIDDEN,
                                "The header "
                                        + shouted
                                        + " "
                                        + ForbiddenHeaders.NAMES.get(name)
                                        + "."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Type", "Resent-To", "ARC-Seal", "X-Postrider-Lane"})
    void forbiddenBeginningsAreRefused(String name) {
        assertThat(flaws(draft().header(name, "x")))
                .extracting(Flaw::kind)
                .containsExactly(Flaw.Kind.FORBIDDEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "X Y", "X:Y", "Ünal"})
    void namesThatAreNoneAreRefused(String name) {
        assertThat(flaws(draft().header(name, "x")))
                .extracting(Flaw::kind)
                .containsExactly(Flaw.Kind.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Entity-Ref-ID", "List-Unsubscribe", "Auto-Submitted", "Importance"})
    void otherHeadersAreTheCallersOwn(String name) {
        assertThat(flaws(draft().header(name, "x"))).isEmpty();
    }

    @Test
    void allFlawsAreNamedAtOnce() {
        assertThat(
                        flaws(
                                draft().subject("a\nb")
                                        .header("Bcc", "x")
                                        .attach(Attachment.file("../x", octets()))))
                .extracting(Flaw::field)
                .containsExactly("subject", "headers[Bcc]", "attachments[0].filename");
    }

    @Test
    void limitsHoldAtTheirEdge() {
        assertThat(flaws(draft().subject("s".repeat(2_000)))).isEmpty();
        assertThat(flaws(draft().subject("s".repeat(2_001)))).hasSize(1);
        assertThat(flaws(draft().header("x".repeat(76), "v"))).isEmpty();
        assertThat(flaws(draft().header("x".repeat(77), "v"))).hasSize(1);
        assertThat(flaws(draft().header("X", "v ".repeat(4_000)))).isEmpty();
        assertThat(flaws(draft().header("X", "v ".repeat(4_000) + "v"))).hasSize(1);
        assertThat(flaws(draft().header("X", "v".repeat(900)))).isEmpty();
        assertThat(flaws(draft().header("X", "v".repeat(901)))).hasSize(1);
        assertThat(flaws(draft().attach(Attachment.file("f".repeat(255), octets())))).isEmpty();
        assertThat(flaws(draft().attach(Attachment.file("f".repeat(256), octets())))).hasSize(1);
    }

    @Test
    void aMessageIdNeedsItsForm() {
        for (String id : List.of("", "a@b", "<a>", "<a b@c>", "<a@b><c@d>", "<ü@b>")) {
            assertThat(flaws(Draft.from(Addresses.address("a@b"), id, DATE)))
                    .as(id)
                    .extracting(Flaw::field)
                    .containsExactly("message_id");
        }
    }

    @Test
    void aDateNeedsAYearOfFourDigits() {
        assertThat(flaws(Draft.from(Addresses.address("a@b"), "<a@b>", DATE.withYear(10_000))))
                .extracting(Flaw::field)
                .containsExactly("date");
    }

    @Test
    void oneContentIdNamesOneAttachment() {
        Attachment logo = Attachment.inline("a.png", "logo", octets());
        assertThat(flaws(draft().attach(logo).attach(logo)))
                .extracting(Flaw::kind)
                .containsExactly(Flaw.Kind.CONFLICT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"pdf", "a/b/c", "a b/c", "a/b; c", "a/b; c=\"d", "multipart/mixed", "ä/b"})
    void aMediaTypeNeedsItsForm(String type) {
        assertThat(flaws(draft().attach(Attachment.file("a", octets()).as(type))))
                .extracting(Flaw::field)
                .containsExactly("attachments[0].content_type");
    }

    @Test
    void oneClickNeedsHttps() {
        assertThat(unsubscribe(true, "mailto:u@example.com")).hasSize(1);
        assertThat(unsubscribe(false, "mailto:u@example.com")).isEmpty();
        assertThat(unsubscribe(true, "https://example.com/u")).isEmpty();
        assertThat(unsubscribe(false, "http://example.com/u")).hasSize(1);
        assertThat(unsubscribe(false, "relative")).hasSize(1);
        assertThat(unsubscribe(false)).hasSize(1);
        assertThat(unsubscribe(false, "https://example.com/" + "u".repeat(881))).hasSize(1);
    }

    @Test
    void unsubscribingIsSaidInOnePlace() {
        Unsubscribe unsubscribe =
                new Unsubscribe(List.of(URI.create("https://example.com/u")), true);
        assertThat(flaws(draft().unsubscribe(unsubscribe).header("list-unsubscribe", "<x:y>")))
                .extracting(Flaw::kind)
                .containsExactly(Flaw.Kind.CONFLICT);
    }

    @Test
    void anInvitationsMethodIsTheCalendars() {
        assertThat(invitation("REQUEST", "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\n")).isEmpty();
        assertThat(invitation("CANCEL", "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\n")).hasSize(1);
        assertThat(invitation("DANCE", "BEGIN:VCALENDAR\r\nMETHOD:DANCE\r\n")).hasSize(1);
        assertThat(invitation("REQUEST", "METHOD:REQUEST\r\n")).hasSize(1);
    }

    private static List<Flaw> invitation(String method, String ics) {
        return flaws(draft().invitation(new Invitation(method, ics, false)));
    }

    private static List<Flaw> unsubscribe(boolean oneClick, String... uris) {
        List<URI> parsed = Arrays.stream(uris).map(URI::create).toList();
        return flaws(draft().unsubscribe(new Unsubscribe(parsed, oneClick)));
    }

    private static Source octets() {
        return Source.of(new byte[] {1});
    }

    private static List<Flaw> flaws(Draft.Builder draft) {
        return switch (ComposeDraft.compose(draft.build())) {
            case Composed _ -> List.of();
            case Composition.Flawed flawed -> flawed.flaws();
        };
    }
}
