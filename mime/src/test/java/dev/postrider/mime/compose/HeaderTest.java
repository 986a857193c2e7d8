package dev.postrider.mime.compose;

import static dev.postrider.mime.address.Addresses.address;
import static dev.postrider.mime.compose.Drafts.draft;
import static dev.postrider.mime.compose.Drafts.wire;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class HeaderTest {
    @Test
    void answersNameTheThreadAndTheirParentLast() throws IOException {
        Draft draft =
                draft().inReplyTo("c@x").references(List.of("<a@x> <b@x>", "<c@x>", "d@x")).build();
        assertThat(wire(draft))
                .contains("\nIn-Reply-To: <c@x>\nReferences: <a@x> <b@x> <d@x> <c@x>\n");
    }

    @Test
    void anAnswerAloneIsAThread() throws IOException {
        assertThat(wire(draft().inReplyTo("<a@x>").build()))
                .contains("\nIn-Reply-To: <a@x>\nReferences: <a@x>\n");
    }

    @Test
    void longThreadsKeepTheFirstAndTheLast() {
        List<String> ids = IntStream.range(0, 150).mapToObj(i -> "<" + i + "@x>").toList();
        assertThat(MessageId.thread(ids, null))
                .hasSize(100)
                .startsWith("<0@x>", "<51@x>")
                .endsWith("<149@x>");
    }

    @Test
    void unsubscribingByOneClickIsAnnounced() throws IOException {
        List<URI> uris =
                List.of(URI.create("https://example.com/u?id=1"), URI.create("mailto:u@x.example"));
        assertThat(wire(draft().unsubscribe(new Unsubscribe(uris, true)).build()))
                .contains(
                        """

                        List-Unsubscribe: <https://example.com/u?id=1>, <mailto:u@x.example>
                        List-Unsubscribe-Post: List-Unsubscribe=One-Click
                        """);
        assertThat(wire(draft().unsubscribe(new Unsubscribe(uris, false)).build()))
                .doesNotContain("List-Unsubscribe-Post");
    }

    @Test
    void aMessageToBlindRecipientsOnlySaysSo() throws IOException {
        assertThat(wire(draft().to().build())).contains("\nTo: undisclosed-recipients:;\n");
    }

    @Test
    void theDateIsTheWritersOwn() throws IOException {
        ZonedDateTime summer = ZonedDateTime.of(2026, 7, 31, 23, 0, 0, 0, ZoneOffset.UTC);
        Draft draft = Draft.from(address("a@b"), "<1@b>", summer).build();
        assertThat(wire(draft)).startsWith("Date: Fri, 31 Jul 2026 23:00:00 +0000\n");
    }

    @Test
    void aMessageIdIsInTheSendersDomain() {
        UUID id = UUID.fromString("0197a2b4-0000-7000-8000-000000000001");
        assertThat(MessageId.of(id, address("Ü <ü@bücher.example>")))
                .isEqualTo("<0197a2b4-0000-7000-8000-000000000001@xn--bcher-kva.example>");
    }

    @Test
    void customHeadersAreFoldedAndEncodedOnlyIfTheyMust() throws IOException {
        Draft draft =
                draft().header("X-Ref", "42")
                        .header("X-Encoded", "=?UTF-8?Q?kept?=")
                        .header("X-Umlaut", "ä")
                        .header("X-Long", "word ".repeat(30))
                        .build();
        assertThat(wire(draft))
                .contains("\nX-Ref: 42\n")
                .contains("\nX-Encoded: =?UTF-8?Q?kept?=\n")
                .contains("\nX-Umlaut: =?UTF-8?B?w6Q=?=\n")
                .contains("\nX-Long: word" + " word".repeat(13) + "\n word");
    }

    @Test
    void aLocalPartBeyondAsciiMakesTheHeaderUtf8() {
        Composed composed = Drafts.composed(draft().to(address("用户@example.com")).build());
        assertThat(composed.needsSmtpUtf8()).isTrue();
        assertThat(composed.needsEightBit()).isTrue();
        assertThat(Drafts.composed(draft().text("ü").build()).needsEightBit()).isFalse();
    }
}
