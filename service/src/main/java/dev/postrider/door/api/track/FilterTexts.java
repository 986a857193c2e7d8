package dev.postrider.door.api.track;

import dev.postrider.http.Fields;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Which emails, as a request says it; for {@code @BeanParam}, or read out of a body. */
public final class FilterTexts {
    @Parameter(description = "Only from this mailbox.")
    @QueryParam("mailbox_id")
    @Nullable String mailbox;

    @Parameter(description = "Only in these states, separated by commas.")
    @QueryParam("state")
    @Nullable String state;

    @Parameter(
            description =
                    "Only to this address, as to, cc or bcc. Without an @ inside: to `@example.org`, a"
                            + " domain; or to `grace`, with which the address or its domain begins.")
    @QueryParam("recipient")
    @Nullable String recipient;

    @Parameter(description = "Only with this address as From; without an @, with what it begins.")
    @QueryParam("sender")
    @Nullable String sender;

    @Parameter(
            description =
                    "Only with all of these words in the subject, in any order, without case and"
                            + " accents (`mull` finds `Müller`); of the last word the beginning is enough.")
    @QueryParam("subject")
    @Nullable String subject;

    @Parameter(description = "Only with this tag, as name:value; may be repeated.")
    @QueryParam("tag")
    List<String> tags = List.of();

    @Parameter(description = "Only accepted at this time or later.")
    @QueryParam("created_after")
    @Nullable String createdAfter;

    @Parameter(description = "Only accepted before this time.")
    @QueryParam("created_before")
    @Nullable String createdBefore;

    private static final Set<String> NAMES =
            Set.of(
                    "mailbox_id",
                    "state",
                    "recipient",
                    "sender",
                    "subject",
                    "tag",
                    "created_after",
                    "created_before");

    private static final int MAX_LENGTH = 1_000;
    private static final int MAX_TAGS = 10;

    /** The same in a body, where a name that isn't known is an error: it would be all emails. */
    public static FilterTexts in(Fields fields) {
        fields.names().stream()
                .filter(name -> !NAMES.contains(name))
                .limit(MAX_TAGS)
                .forEach(name -> fields.error(name, "is no filter of GET /emails"));
        var texts = new FilterTexts();
        texts.mailbox = text(fields, "mailbox_id");
        texts.state = text(fields, "state");
        texts.recipient = text(fields, "recipient");
        texts.sender = text(fields, "sender");
        texts.subject = text(fields, "subject");
        texts.tags = fields.texts("tag", MAX_TAGS, MAX_LENGTH);
        texts.createdAfter = text(fields, "created_after");
        texts.createdBefore = text(fields, "created_before");
        return texts;
    }

    private static @Nullable String text(Fields fields, String name) {
        return fields.optionalText(name, MAX_LENGTH).orElse(null);
    }
}
