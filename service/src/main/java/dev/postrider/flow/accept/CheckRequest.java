package dev.postrider.flow.accept;

import dev.postrider.flow.compose.Body;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Holds a request against the limits and rules that are the same on every wire. */
final class CheckRequest {
    private final List<FieldViolation> flaws = new ArrayList<>();
    private final Instant now;

    private CheckRequest(Instant now) {
        this.now = now;
    }

    static List<FieldViolation> of(SendRequest request, Instant now) {
        var check = new CheckRequest(now);
        switch (request) {
            case EmailRequest email -> check.email(email);
            case RawRequest raw -> check.raw(raw);
        }
        check.delivery(request.delivery());
        return check.flaws;
    }

    private void email(EmailRequest email) {
        var recipients = email.recipients();
        if (recipients.to().isEmpty()) {
            flaws.add(new FieldViolation.Missing("to"));
        }
        most("to", recipients.to().size(), EmailLimits.RECIPIENTS);
        most("cc", recipients.cc().size(), EmailLimits.RECIPIENTS);
        most("bcc", recipients.bcc().size(), EmailLimits.RECIPIENTS);
        most("reply_to", recipients.replyTo().size(), EmailLimits.REPLY_TO);
        most("attachments", email.attachments().size(), EmailLimits.ATTACHMENTS);
        most("references", email.conversation().references().size(), EmailLimits.REFERENCES);
        body(email.body());
    }

    private void body(Body body) {
        text("subject", body.subject());
        body.text().ifPresent(text -> text("text", text));
        body.html().ifPresent(html -> text("html", html));
        most("headers", body.headers().size(), EmailLimits.HEADERS);
        for (var header : body.headers()) {
            text("headers[" + header.name() + "]", header.value());
        }
    }

    private void raw(RawRequest raw) {
        most("to", raw.recipients().size(), EmailLimits.RAW_RECIPIENTS);
        if (raw.message().size() > EmailLimits.MESSAGE) {
            flaws.add(new FieldViolation.TooLarge("raw", EmailLimits.MESSAGE));
        }
    }

    private void delivery(DeliveryOptions delivery) {
        if (delivery.scheduledAt().filter(now.plus(EmailLimits.AHEAD)::isBefore).isPresent()) {
            flaws.add(new FieldViolation.TooFarAhead("scheduled_at", EmailLimits.AHEAD));
        }
        most("tags", delivery.tags().size(), EmailLimits.TAGS);
        var at = 0;
        for (var tag : delivery.tags().entrySet()) {
            word("tags[" + at + "].name", tag.getKey());
            word("tags[" + at + "].value", tag.getValue());
            at++;
        }
    }

    private void word(String field, String text) {
        if (text.length() > EmailLimits.TAG) {
            flaws.add(new FieldViolation.TooLong(field, EmailLimits.TAG));
        } else if (text.isEmpty() || !text.chars().allMatch(CheckRequest::isWordCharacter)) {
            flaws.add(new FieldViolation.NoWord(field));
        }
    }

    private static boolean isWordCharacter(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '_';
    }

    private void most(String field, int count, int most) {
        if (count > most) {
            flaws.add(new FieldViolation.TooMany(field, most));
        }
    }

    /** A text too long to be looked at isn't. */
    private void text(String field, String text) {
        if (text.length() > EmailLimits.TEXT) {
            flaws.add(new FieldViolation.TooLong(field, EmailLimits.TEXT));
        } else if (!isText(text)) {
            flaws.add(new FieldViolation.NoText(field));
        }
    }

    /**
     * Programs can spell what is no text: half a surrogate pair, or NUL, which mail can't carry.
     */
    private static boolean isText(String text) {
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            var isPair =
                    Character.isHighSurrogate(c)
                            && i + 1 < text.length()
                            && Character.isLowSurrogate(text.charAt(i + 1));
            if (c == 0 || (Character.isSurrogate(c) && !isPair)) {
                return false;
            }
            i += isPair ? 1 : 0;
        }
        return true;
    }
}
