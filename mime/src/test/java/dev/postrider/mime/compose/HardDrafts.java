package dev.postrider.mime.compose;

import static dev.postrider.mime.address.Addresses.address;
import static dev.postrider.mime.compose.Drafts.draft;

import dev.postrider.mime.address.Address;
import dev.postrider.mime.encoding.Source;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Drafts that have broken composers before, each with what is hard about it. */
public final class HardDrafts {
    private static final Source PNG = Source.of(new byte[] {(byte) 0x89, 'P', 'N', 'G', 0, 13, 10});
    private static final String ICS =
            """
            BEGIN:VCALENDAR
            VERSION:2.0
            METHOD:REQUEST
            BEGIN:VEVENT
            UID:1
            SUMMARY:Grüße
            END:VEVENT
            END:VCALENDAR
            """;

    private final Map<String, Draft> drafts = new LinkedHashMap<>();

    private HardDrafts() {}

    public static Map<String, Draft> all() {
        HardDrafts hard = new HardDrafts();
        hard.subjects();
        hard.names();
        hard.texts();
        hard.structures();
        hard.files();
        return hard.drafts;
    }

    private void subjects() {
        subject("empty subject", "");
        subject("emoji subject", "Ship it 🚀 now 👩‍👩‍👧‍👦👩🏽‍🚀🏳️‍🌈");
        subject("Arabic subject", "مرحبا بالعالم، كيف حالك اليوم؟ نأمل أن تكون بخير وصحة جيدة");
        subject("Hebrew and English subject", "שלום Bob, \u200fהחשבונית\u200e #42");
        subject("Japanese subject of 900 characters", "請求書のお知らせです".repeat(90));
        subject("ASCII subject of 900 characters", "A long story ".repeat(69) + "end");
        subject("subject of one word of 1,999 characters", "x".repeat(1_999));
        subject("subject that looks encoded", "=?UTF-8?Q?not_encoded?=");
        subject("subject with runs of spaces", "a   b" + " ".repeat(90) + "c");
        subject("subject with spaces at both ends", "  indented  ");
        subject("subject of accents over accents", "Z" + "\u0301\u0327\u0330".repeat(60) + "algo");
        subject("subject with question marks and underscores", "Où? _là_ = 100 %");
    }

    private void subject(String what, String subject) {
        drafts.put(what, draft().subject(subject).text("Hello.").build());
    }

    private void names() {
        name("name with a comma", "Doe, John");
        name("name with quotes and backslashes", "The \"Boss\" \\ Co.");
        name("name with parentheses and colons", "Sales (EU): @night; <now>");
        name("name with two spaces together", "Ada  Lovelace");
        name("name in Cyrillic", "Александр Сергеевич Пушкин");
        name("name of 900 emoji", "🦊".repeat(450));
        name("name of 900 ASCII characters", "Long Name ".repeat(89) + "Here");
        name("name of one word of 900 characters", "N".repeat(900));
        name("name that looks encoded", "=?UTF-8?B?QQ==?=");
        List<Address> many = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            many.add(address("Empfänger Nr. " + i, "recipient" + i + "@example.org"));
        }
        drafts.put("sixty recipients", draft().to(many).cc(many).subject("s").text("t").build());
        drafts.put(
                "quoted local part",
                draft().to(address("\"bob smith\"@example.org")).text("t").build());
        drafts.put(
                "domain beyond ASCII",
                draft().to(address("Bücher <info@bücher.example>")).text("t").build());
        drafts.put(
                "local part beyond ASCII",
                draft().to(address("用户 <用户@例え.example>")).text("t").build());
    }

    private void name(String what, String name) {
        Address named = address(name, "someone@example.org");
        drafts.put(
                what,
                draft().to(named, named).replyTo(List.of(named)).subject(what).text("t").build());
    }

    private void texts() {
        text("empty text", "");
        text("text of dots", ".\n..\n...\n.hidden\n\n.\n");
        text("text with bare CRs", "one\rtwo\r\rthree\n\rfour\r");
        text("text with From at line starts", "From here on\nFrom\nFromage\n>From x\n");
        text("text with spaces at line ends", "sig \n-- \n\t\nend \t");
        text("text that looks like a boundary", "--=_\n--=_0\n--\n--=_x--\n");
        String boundary =
                "--=_"
                        + UUID.nameUUIDFromBytes(Drafts.MESSAGE_ID.getBytes(StandardCharsets.UTF_8))
                        + "_0";
        text("text with the message's own boundary", boundary + "\n" + boundary + "--\nx\n");
        text("text that looks like a header", "Bcc: evil@example.net\n\nX: y\n");
        text("text of one line of 20,000 characters", "word ".repeat(4_000));
        text("line of 5,000 characters without a space", "y".repeat(5_000));
        text("text of emoji", "🎉".repeat(1_000));
        text("mostly ASCII text", "Viele Grüße aus Köln\n".repeat(40));
        text("text with NUL and other controls", "a\0b\u0007c\u007fd\u0085e\f");
        text("text of equals signs", "=".repeat(300) + "\n=20\n=\n");
        text("text with line and paragraph separators", "a\u2028b\u2029c");
        text("text with From after a soft line break", "x".repeat(75) + "From me\n" + "é");
        text("text with a dot after a soft line break", "é" + "x".repeat(69) + ".".repeat(20));
    }

    private void text(String what, String text) {
        drafts.put(what, draft().subject(what).text(text).build());
        drafts.put(
                what + " beside HTML",
                draft().subject(what).text(text).html("<pre>" + text + "</pre>").build());
    }

    private void structures() {
        drafts.put("HTML alone", draft().text("").html("<p>Hi</p>").build());
        drafts.put("nothing at all", draft().build());
        drafts.put("invitation", invited(false).build());
        drafts.put("invitation with a file", invited(true).build());
        drafts.put("invitation alone", draft().invitation(invitation(false)).build());
        drafts.put(
                "everything nested",
                invited(true)
                        .attach(Attachment.inline("logo.png", "logo@x", PNG))
                        .attach(Attachment.inline("unused.png", "unused", PNG))
                        .attach(Attachment.file("report.pdf", PNG))
                        .build());
    }

    private static Draft.Builder invited(boolean attached) {
        return draft().subject("Invitation")
                .text("See you")
                .html("<p>See <img src=\"cid:logo@x\"> you</p>")
                .invitation(invitation(attached));
    }

    private static Invitation invitation(boolean attached) {
        return new Invitation("request", ICS, attached);
    }

    private void files() {
        file("file without content", "empty.txt", new byte[0]);
        file("file of exactly one line", "line.bin", new byte[57]);
        file("file of one line and an octet", "lines.bin", new byte[58]);
        file("file of exactly one block", "block.bin", new byte[57 * 144]);
        file("file in Japanese", "請求書（2026年11月）.pdf", utf8("%PDF"));
        file("file in long Japanese", "とても長いファイル名".repeat(24) + ".txt", utf8("長い"));
        file("file with a plus sign", "ä + b.txt", utf8("x"));
        file("file of emoji", "🎉 party 🥳.png", utf8("x"));
        file("file with quotes and semicolons", "a \"b\"; c=d, 'e' %41.txt", utf8("x"));
        file("file with a long ASCII name", "n".repeat(251) + ".txt", utf8("x"));
        file("file that looks encoded", "=?UTF-8?Q?x?=.txt", utf8("x"));
        file("file with dots and boundaries in it", "raw.txt", utf8(".\r\n--=_\r\n..\r\nFrom "));
        file("file without a name", "", utf8("x"));
        drafts.put(
                "message as a file",
                draft().text("fwd")
                        .attach(Attachment.file("m.eml", Source.of(utf8("X: y\n\nz"))))
                        .build());
        drafts.put(
                "file with a media type's parameters",
                draft().text("t")
                        .attach(
                                Attachment.file("a.csv", Source.of(utf8("ä;ö")))
                                        .as("text/CSV; charset=\"utf-8\"; header=present; name=b"))
                        .build());
    }

    private void file(String what, String name, byte[] content) {
        drafts.put(
                what,
                draft().subject(what)
                        .text("t")
                        .attach(Attachment.file(name, Source.of(content)))
                        .build());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
