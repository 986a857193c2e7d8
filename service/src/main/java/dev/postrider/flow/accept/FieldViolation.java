package dev.postrider.flow.accept;

import dev.postrider.mime.compose.Flaw;
import java.time.Duration;

/** What is wrong with one field of a request; whoever asked says it in the words of a wire. */
public sealed interface FieldViolation {
    /** As in the request: {@code to[2]}, {@code attachments[0].path}. */
    String field();

    /** It is needed, and isn't there. */
    record Missing(String field) implements FieldViolation {}

    /** It has more items than are taken. */
    record TooMany(String field, int most) implements FieldViolation {}

    /** It has more characters than are taken. */
    record TooLong(String field, int most) implements FieldViolation {}

    /** The message would have more octets than are taken. */
    record TooLarge(String field, long most) implements FieldViolation {}

    /** It has NUL, or half a surrogate pair, which no message can carry. */
    record NoText(String field) implements FieldViolation {}

    /** Not of ASCII letters, digits, - and _, of which there must be one. */
    record NoWord(String field) implements FieldViolation {}

    /** It is further ahead than emails are kept. */
    record TooFarAhead(String field, Duration most) implements FieldViolation {}

    /** A header says something else than the field for it. */
    record Contradiction(String field, String other) implements FieldViolation {}

    /** A header names somebody else than the mailbox as the sender. */
    record ForeignSender(String field, String mailbox) implements FieldViolation {}

    /**
     * No file could be got from a URL.
     *
     * @param reason what the outbound client says
     */
    record NotFetched(String field, String reason) implements FieldViolation {}

    /** The mailbox's kind of transport can't send it so. */
    record OfTransport(String field, String reason) implements FieldViolation {}

    /** What the composer, or the reader of messages, says. */
    record OfMessage(Flaw flaw) implements FieldViolation {
        @Override
        public String field() {
            return flaw.field();
        }
    }

    /** Whether something is merely not there. */
    default boolean isMissing() {
        return this instanceof Missing
                || (this instanceof OfMessage(var flaw) && flaw.kind() == Flaw.Kind.MISSING);
    }
}
