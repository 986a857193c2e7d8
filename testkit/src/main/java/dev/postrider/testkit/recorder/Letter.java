package dev.postrider.testkit.recorder;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * A message from an account to itself: nobody else can be named as a recipient. Each has a field of
 * its own by which it is found again.
 *
 * @param messageId with brackets, of a domain that nobody has
 * @param head more fields, none of which is a recipient
 */
public record Letter(
        String self, String mark, String messageId, String to, String subject, String head) {
    public static final String FIELD = "X-Postrider-Record";

    /** A time that no server would write by itself. */
    static final Instant DATE = Instant.parse("2026-01-02T03:04:05Z");

    public static Letter to(String self) {
        var mark = UUID.randomUUID().toString();
        return new Letter(
                self,
                mark,
                "<" + mark + "@recorder.invalid>",
                "To: " + self + "\r\n",
                "Postrider records what this provider does (" + mark.substring(0, 8) + ")",
                "");
    }

    /** The account as Bcc, too. */
    public Letter withBcc() {
        return with("Bcc: " + self);
    }

    /** From somebody else, in a domain that can't be. */
    public Letter fromNobody() {
        return with("X-Recorded-From: nobody@recorder.invalid");
    }

    public Letter inReplyTo(String id) {
        return with("In-Reply-To: " + id + "\r\nReferences: " + id);
    }

    public Letter about(String other) {
        return new Letter(self, mark, messageId, to, other, head);
    }

    /** One that no server can deliver: nobody is named. */
    public Letter toNobody() {
        return new Letter(self, mark, messageId, "", subject, head);
    }

    /** One that no server can deliver: what is named is no address. */
    public Letter toNoAddress() {
        return new Letter(self, mark, messageId, "To: no address\r\n", subject, head);
    }

    private Letter with(String fields) {
        return new Letter(self, mark, messageId, to, subject, head + fields + "\r\n");
    }

    public String date() {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(DATE.atOffset(ZoneOffset.UTC));
    }

    /** The octets; {@link #fromNobody} is where From differs. */
    public byte[] octets(int padding) {
        var from =
                Optional.of("nobody@recorder.invalid")
                        .filter(_ -> head.contains("X-Recorded-From"))
                        .orElse(self);
        return ("From: "
                        + from
                        + "\r\n"
                        + to
                        + "Subject: "
                        + subject
                        + "\r\nMessage-ID: "
                        + messageId
                        + "\r\nDate: "
                        + date()
                        + "\r\n"
                        + FIELD
                        + ": "
                        + mark
                        + "\r\n"
                        + head
                        + "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
                        + "This mailbox records what its provider does. Nobody else gets this.\r\n"
                        + ("x".repeat(76) + "\r\n").repeat(padding / 78))
                .getBytes(StandardCharsets.UTF_8);
    }

    public byte[] octets() {
        return octets(0);
    }

    public String base64() {
        return Base64.getEncoder().encodeToString(octets());
    }

    public String base64Url() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets());
    }
}
