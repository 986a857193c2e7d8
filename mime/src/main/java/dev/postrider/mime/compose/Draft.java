package dev.postrider.mime.compose;

import dev.postrider.mime.address.Address;
import dev.postrider.mime.header.ContentIds;
import dev.postrider.mime.header.HeaderField;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an email should say, before it is composed. There is no bcc: blind recipients are the
 * envelope's matter and never reach a header. Nothing is checked here; {@link ComposeDraft} names
 * every flaw at once.
 *
 * @param from the author
 * @param to the main recipients; may be empty
 * @param cc the others who may be seen; may be empty
 * @param replyTo where answers go, if not to the author
 * @param subject plain text in one line, any script
 * @param text the plain text; null to derive it from {@code html}, empty for none
 * @param html the HTML; null for none
 * @param attachments files and inline images
 * @param invitation a calendar invitation
 * @param headers the caller's own header fields
 * @param inReplyTo the Message-ID that this answers, with or without angle brackets
 * @param references the Message-IDs of the thread, oldest first; of more than 100 the first and the
 *     last 99 remain
 * @param messageId this email's Message-ID, for example from {@link MessageId}
 * @param date when it was written, in its writer's zone
 * @param unsubscribe how to leave the list
 */
public record Draft(
        Address from,
        List<Address> to,
        List<Address> cc,
        List<Address> replyTo,
        String subject,
        @Nullable String text,
        @Nullable String html,
        List<Attachment> attachments,
        @Nullable Invitation invitation,
        List<HeaderField> headers,
        @Nullable String inReplyTo,
        List<String> references,
        String messageId,
        ZonedDateTime date,
        @Nullable Unsubscribe unsubscribe) {

    /** Characters of a subject. */
    public static final int MAX_SUBJECT_LENGTH = 2_000;

    /** Characters of a header field's value. */
    public static final int MAX_HEADER_VALUE_LENGTH = 8_000;

    /** Characters of a header field's name. */
    public static final int MAX_HEADER_NAME_LENGTH = 76;

    /** Characters of an attachment's file name. */
    public static final int MAX_FILENAME_LENGTH = 255;

    /** Characters of an attachment's content id. */
    public static final int MAX_CONTENT_ID_LENGTH = ContentIds.MAX_LENGTH;

    /** Characters of an unsubscribe URI. */
    public static final int MAX_URI_LENGTH = 900;

    public Draft {
        to = List.copyOf(to);
        cc = List.copyOf(cc);
        replyTo = List.copyOf(replyTo);
        attachments = List.copyOf(attachments);
        headers = List.copyOf(headers);
        references = List.copyOf(references);
    }

    /** Begins a draft with what every email has. */
    public static Builder from(Address from, String messageId, ZonedDateTime date) {
        return new Builder(from, messageId, date);
    }

    /** Collects a draft's fields; for one thread. */
    public static final class Builder {
        private final Address from;
        private final String messageId;
        private final ZonedDateTime date;
        private final List<Attachment> attachments = new ArrayList<>();
        private final List<HeaderField> headers = new ArrayList<>();
        private List<Address> to = List.of();
        private List<Address> cc = List.of();
        private List<Address> replyTo = List.of();
        private String subject = "";
        private @Nullable String text;
        private @Nullable String html;
        private @Nullable Invitation invitation;
        private @Nullable String inReplyTo;
        private List<String> references = List.of();
        private @Nullable Unsubscribe unsubscribe;

        private Builder(Address from, String messageId, ZonedDateTime date) {
            this.from = from;
            this.messageId = messageId;
            this.date = date;
        }

        public Builder to(Address... values) {
            return to(List.of(values));
        }

        public Builder to(List<Address> values) {
            to = values;
            return this;
        }

        public Builder cc(List<Address> values) {
            cc = values;
            return this;
        }

        public Builder replyTo(List<Address> values) {
            replyTo = values;
            return this;
        }

        public Builder subject(String value) {
            subject = value;
            return this;
        }

        public Builder text(@Nullable String value) {
            text = value;
            return this;
        }

        public Builder html(@Nullable String value) {
            html = value;
            return this;
        }

        public Builder attach(Attachment value) {
            attachments.add(value);
            return this;
        }

        public Builder invitation(@Nullable Invitation value) {
            invitation = value;
            return this;
        }

        public Builder header(String name, String value) {
            headers.add(new HeaderField(name, value));
            return this;
        }

        public Builder inReplyTo(@Nullable String value) {
            inReplyTo = value;
            return this;
        }

        public Builder references(List<String> values) {
            references = values;
            return this;
        }

        public Builder unsubscribe(@Nullable Unsubscribe value) {
            unsubscribe = value;
            return this;
        }

        public Draft build() {
            return new Draft(
                    from,
                    to,
                    cc,
                    replyTo,
                    subject,
                    text,
                    html,
                    attachments,
                    invitation,
                    headers,
                    inReplyTo,
                    references,
                    messageId,
                    date,
                    unsubscribe);
        }
    }
}
