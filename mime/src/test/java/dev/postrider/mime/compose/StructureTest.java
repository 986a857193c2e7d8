package dev.postrider.mime.compose;

import static dev.postrider.mime.compose.Drafts.draft;
import static dev.postrider.mime.compose.Drafts.wire;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.mime.encoding.Source;
import java.io.IOException;
import java.util.stream.Collectors;
import org.apache.james.mime4j.dom.Entity;
import org.apache.james.mime4j.dom.Multipart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StructureTest {
    private static final Attachment LOGO = Attachment.inline("l.png", "logo", octets());
    private static final Attachment PDF = Attachment.file("r.pdf", octets());
    private static final String HTML = "<img src='cid:logo'>";
    private static final Invitation INVITATION =
            new Invitation("REQUEST", "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR", true);

    @Test
    void aPlainTextIsOneReadablePart() throws IOException {
        assertThat(wire(draft().subject("Hello").text("Dear Bob,\n\nall is well.").build()))
                .isEqualTo(
                        """
                        Date: Mon, 2 Nov 2026 09:05:07 +0100
                        From: Ada Lovelace <ada@example.com>
                        To: bob@example.org
                        Subject: Hello
                        Message-ID: <0197-test@example.com>
                        MIME-Version: 1.0
                        Content-Type: text/plain; charset=utf-8
                        Content-Transfer-Encoding: 7bit

                        Dear Bob,

                        all is well.
                        """);
    }

    @Test
    void textAndHtmlAreAlternativesTheRicherLast() throws IOException {
        assertThat(wire(draft().subject("Grüße").text("Hallo Jörg").html("<b>Hallo</b>").build()))
                .isEqualTo(
                        """
                        Date: Mon, 2 Nov 2026 09:05:07 +0100
                        From: Ada Lovelace <ada@example.com>
                        To: bob@example.org
                        Subject: =?UTF-8?B?R3LDvMOfZQ==?=
                        Message-ID: <0197-test@example.com>
                        MIME-Version: 1.0
                        Content-Type: multipart/alternative;
                         boundary="=_BOUNDARY_0"

                        --=_BOUNDARY_0
                        Content-Type: text/plain; charset=utf-8
                        Content-Transfer-Encoding: quoted-printable

                        Hallo J=C3=B6rg

                        --=_BOUNDARY_0
                        Content-Type: text/html; charset=utf-8
                        Content-Transfer-Encoding: 7bit

                        <b>Hallo</b>

                        --=_BOUNDARY_0--
                        """
                                .replace("BOUNDARY", "87a56410-69b0-38ef-9d49-9f1dcc9bdbb9"));
    }

    @Test
    void eachLevelStandsOnlyWhereItHoldsSeveralParts() throws IOException {
        assertThat(tree(draft().text("t"))).isEqualTo("plain");
        assertThat(tree(draft().html("<p>h"))).isEqualTo("alternative(plain, html)");
        assertThat(tree(draft().text("").html("<p>h"))).isEqualTo("html");
        assertThat(tree(draft().text("t").attach(PDF))).isEqualTo("mixed(plain, pdf)");
        assertThat(tree(draft().text("").html(HTML).attach(LOGO))).isEqualTo("related(html, png)");
        assertThat(tree(draft().text("t").html(HTML).attach(LOGO).attach(PDF)))
                .isEqualTo("mixed(alternative(plain, related(html, png)), pdf)");
        assertThat(tree(draft().text("t").html(HTML).attach(LOGO).invitation(INVITATION)))
                .isEqualTo("mixed(alternative(plain, related(html, png), calendar), ics)");
    }

    @Test
    void anInlineImageThatTheHtmlDoesNotShowIsStillShown() throws IOException {
        assertThat(tree(draft().text("t").html("<p>h").attach(LOGO)))
                .isEqualTo("mixed(alternative(plain, html), png)");
        assertThat(tree(draft().text("t").attach(LOGO))).isEqualTo("mixed(plain, png)");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\0',
            delimiter = '|',
            textBlock =
                    """
                    logo           | <img src="CID:logo">
                    <logo>         | <img src="cid:logo">
                    a@b.example    | <img src='cid:a%40b.example'>
                    a@b.example    | <img src=Cid:a@b.example>
                    a&b            | <img src="cid:a&amp;b">
                    a%b            | <img src="cid:a%b">
                    a%b            | <img src="cid:a%25b">
                    it's           | <img src="cid:it's">
                    logo           | <p style="background:url(cid:logo)">
                    logo           | <p style='background:url("cid:logo")'>
                    logo           | <p>cid:cid:logo</p>
                    """)
    void anImageIsFoundHoweverTheHtmlWritesItsId(String id, String html) throws IOException {
        assertThat(
                        tree(
                                draft().text("")
                                        .html(html)
                                        .attach(Attachment.inline("l.png", id, octets()))))
                .isEqualTo("related(html, png)");
        assertThat(wire(draft().attach(Attachment.inline("l.png", id, octets())).build()))
                .contains("\nContent-ID: <" + id.replaceAll("^<|>$", "") + ">\n");
    }

    @Test
    void anIdIsNotFoundWithinAnother() throws IOException {
        assertThat(tree(draft().text("").html("<img src='cid:logo2'>").attach(LOGO)))
                .isEqualTo("mixed(html, png)");
    }

    @Test
    void htmlWithoutWordsGetsNoEmptyText() throws IOException {
        assertThat(tree(draft().html("<img src='https://example.com/x.png'>"))).isEqualTo("html");
    }

    @Test
    void anInvitationSaysItsMethodWhereCalendarsLook() throws IOException {
        assertThat(wire(draft().text("t").invitation(INVITATION).build()))
                .contains("Content-Type: text/calendar; charset=utf-8; method=REQUEST\n")
                .contains("Content-Type: application/ics;\n name=\"invite.ics\"\n");
    }

    @Test
    void theSameDraftGivesTheSameBytes() throws IOException {
        Draft.Builder draft = draft().text("t").html(HTML).attach(LOGO).attach(PDF);
        assertThat(Drafts.bytes(draft.build())).isEqualTo(Drafts.bytes(draft.build()));
    }

    private static Source octets() {
        return Source.of(new byte[] {1, 2, 3});
    }

    private static String tree(Draft.Builder draft) throws IOException {
        return tree(ReadByMime4j.parse(Drafts.bytes(draft.build())));
    }

    private static String tree(Entity entity) {
        String type = entity.getMimeType().replaceFirst(".*/", "");
        return entity.getBody() instanceof Multipart multipart
                ? multipart.getBodyParts().stream()
                        .map(StructureTest::tree)
                        .collect(Collectors.joining(", ", type + "(", ")"))
                : type;
    }
}
