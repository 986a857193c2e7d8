package dev.postrider.smtp.send;

import dev.postrider.smtp.message.Envelope;
import dev.postrider.smtp.message.Message;
import dev.postrider.smtp.message.Notify;
import dev.postrider.smtp.message.Recipient;
import dev.postrider.smtp.message.Returned;
import dev.postrider.smtp.server.Capabilities;
import dev.postrider.smtp.wire.Syntax;
import dev.postrider.smtp.wire.Wire;
import java.io.IOException;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes MAIL and RCPT with the parameters that the server announces. */
final class EnvelopeWriter {
    private final Wire wire;
    private final boolean size;
    private final boolean eightBitMime;
    private final boolean dsn;

    EnvelopeWriter(Wire wire, Capabilities capabilities) {
        this.wire = wire;
        this.size = capabilities.has("SIZE");
        this.eightBitMime = capabilities.has("8BITMIME");
        this.dsn = capabilities.has("DSN");
    }

    void mail(Message message) throws IOException {
        Envelope envelope = message.envelope();
        wire.say("MAIL FROM:<").say(envelope.sender()).say(">");
        if (size) {
            // RFC 1870 section 3
            wire.say(" SIZE=").say(Long.toString(message.content().size()));
        }
        if (eightBitMime && message.content().eightBit()) {
            // RFC 6152 section 2
            wire.say(" BODY=8BITMIME");
        }
        if (envelope.internationalised()) {
            // RFC 6531 section 3.4
            wire.say(" SMTPUTF8");
        }
        if (envelope.requireTls()) {
            // RFC 8689 section 2
            wire.say(" REQUIRETLS");
        }
        if (dsn) {
            // RFC 3461 sections 4.3, 4.4
            if (envelope.returned() != null) {
                wire.say(envelope.returned() == Returned.FULL ? " RET=FULL" : " RET=HDRS");
            }
            if (envelope.envelopeId() != null) {
                wire.say(" ENVID=").say(xtext(envelope.envelopeId()));
            }
        }
        wire.endLine();
    }

    void rcpt(Recipient recipient) throws IOException {
        wire.say("RCPT TO:<").say(recipient.address()).say(">");
        if (dsn) {
            // RFC 3461 sections 4.1, 4.2
            if (!recipient.notifications().isEmpty()) {
                String when =
                        recipient.orderedNotifications().stream()
                                .map(Notify::name)
                                .collect(Collectors.joining(","));
                wire.say(" NOTIFY=").say(when);
            }
            String original = recipient.original();
            if (original != null) {
                boolean ascii = Syntax.isAscii(original);
                wire.say(ascii ? " ORCPT=rfc822;" : " ORCPT=utf-8;");
                wire.say(ascii ? xtext(original) : utf8Xtext(original));
            }
        }
        wire.endLine();
    }

    /** RFC 3461 section 4 */
    private static String xtext(String ascii) {
        var encoded = new StringBuilder();
        for (int i = 0; i < ascii.length(); i++) {
            char c = ascii.charAt(i);
            if (c <= ' ' || c == '+' || c == '=') {
                encoded.append(String.format(Locale.ROOT, "+%02X", (int) c));
            } else {
                encoded.append(c);
            }
        }
        return encoded.toString();
    }

    /** utf-8-addr-xtext, ASCII itself (RFC 6533 section 3) */
    private static String utf8Xtext(String text) {
        var encoded = new StringBuilder();
        text.codePoints()
                .forEach(c -> {
                    if (c <= ' ' || c > 126 || c == '+' || c == '=' || c == '\\') {
                        encoded.append(String.format(Locale.ROOT, "\\x{%X}", c));
                    } else {
                        encoded.appendCodePoint(c);
                    }
                });
        return encoded.toString();
    }
}
