package dev.postrider.flow.accept;

import dev.postrider.mime.Flaw;
import java.time.Duration;

/** What is wrong with one field of a request; whoever asked says it in the words of a wire. */
public sealed interface FieldFlaw {
    /** As in the request: {@code to[2]}, {@code attachments[0].path}. */
    String field();

    /** It is needed, and isn't there. */
    record Missing(String field) implements FieldFlaw {}

    /** It has more items than are taken. */
    record TooMany(String field, int most) implements FieldFlaw {}

    /** It has more characters than are taken. */
    record TooLong(String field, int most) implements FieldFlaw {}

    /** The message would have more octets than are taken. */
    record TooLarge(String field, long most) implements FieldFlaw {}

    /** It has NUL, or half a surrogate pair, which no message can carry. */
    record NoText(String field) implements FieldFlaw {}

    /** Not of ASCII letters, digits, - and _, of which there must be one. */
    record NoWord(String field) implements FieldFlaw {}

    /** It is further ahead than emails are kept. */
    record TooFarAhead(String field, Duration most) implements FieldFlaw {}

    /** A header says something else than the field for it. */
    record Contradiction(String field, String other) implements FieldFlaw {}

    /** A header names somebody else than the mailbox as the sender. */
    record ForeignSender(String field, String mailbox) implements FieldFlaw {}

    /**
     * No file could be got from a URL.
     *
     * @param reason what the outbound client says
     */
    record NotFetched(String field, String reason) implements FieldFlaw {}

    /** What the composer, or the reader of messages, says. */
    record OfMessage(Flaw flaw) implements FieldFlaw {
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
