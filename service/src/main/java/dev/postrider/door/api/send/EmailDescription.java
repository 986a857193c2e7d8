package dev.postrider.door.api.send;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.postrider.flow.accept.ScheduledTime;
import dev.postrider.mime.Draft;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Describes what {@code POST /emails} takes; {@link ReadEmailRequest} reads it. */
@Schema(
        name = "Email",
        requiredProperties = {"from", "to", "subject"},
        description =
                "Give html, text or both. Fields that aren't listed are ignored. The message may have"
                        + " 41943040 octets, its attachments counted in base64.")
record EmailDescription(
        @Schema(
                        description =
                                "The address of a mailbox that you may send through, bare or with the"
                                        + " name to show.",
                        examples = "Ada Lovelace <ada@example.com>",
                        maxLength = ReadEmailRequest.MAX_ADDRESS)
                String from,
        @Schema(
                        description = "1 to 50 addresses; one alone may be a text.",
                        examples = "[\"Grace Hopper <grace@example.com>\"]",
                        maxItems = ReadEmailRequest.MAX_RECIPIENTS)
                List<AddressText> to,
        @Schema(description = "Up to 50 addresses.", maxItems = ReadEmailRequest.MAX_RECIPIENTS)
                List<AddressText> cc,
        @Schema(
                        description = "Up to 50 addresses that stand in no header.",
                        maxItems = ReadEmailRequest.MAX_RECIPIENTS)
                List<AddressText> bcc,
        @Schema(
                        description = "Up to 25 addresses that answers go to.",
                        maxItems = ReadEmailRequest.MAX_REPLY_TO)
                @JsonProperty("reply_to")
                List<AddressText> replyTo,
        @Schema(description = "One line, any script.", maxLength = Draft.MAX_SUBJECT_LENGTH)
                String subject,
        @Schema(maxLength = ReadEmailRequest.MAX_BODY) String html,
        @Schema(
                        description =
                                "Plain text. Left out it is derived from the HTML; an empty text"
                                        + " switches that off.",
                        maxLength = ReadEmailRequest.MAX_BODY)
                String text,
        @Schema(
                        description =
                                "Up to 100 header fields of your own, names and values of up to 76 and"
                                        + " 8000 characters. What has a field of its own here, describes the"
                                        + " structure or is written by servers is refused: From, To, Cc,"
                                        + " Bcc, Date, Content-*, Received and so on; docs/api.md has the"
                                        + " list.",
                        maxProperties = ReadEmailRequest.MAX_HEADERS)
                Map<String, HeaderText> headers,
        @Schema(description = "Up to 100 files.", maxItems = ReadAttachments.MAX_ATTACHMENTS)
                List<AttachmentDescription> attachments,
        @Schema(
                        description = "Up to 50 marks of yours, to find the email by.",
                        maxItems = ReadDelivery.MAX_TAGS)
                List<Tag> tags,
        @Schema(
                        description =
                                "When to send: ISO 8601 with an offset, or 'in 90 minutes'; up to 365"
                                        + " days ahead. A time that has passed is now.",
                        examples = "2026-12-24T18:00:00Z",
                        maxLength = ScheduledTime.MAX_LENGTH)
                @JsonProperty("scheduled_at")
                String scheduledAt,
        @Schema(
                        description = "The Message-ID that this answers.",
                        maxLength = ReadEmailRequest.MAX_ID_LINE)
                @JsonProperty("in_reply_to")
                String inReplyTo,
        @Schema(
                        description = "The Message-IDs of the thread, oldest first.",
                        maxItems = ReadEmailRequest.MAX_REFERENCES)
                List<IdsText> references,
        @Schema(
                        description = "Instead of one that is made for it, in the sender's domain.",
                        examples = "<invoice-17@example.com>",
                        maxLength = ReadEmailRequest.MAX_MESSAGE_ID)
                @JsonProperty("message_id")
                String messageId,
        @Schema(
                        description = "Among the emails that wait in the same mailbox.",
                        enumeration = {"high", "normal", "low"},
                        defaultValue = "normal")
                String priority,
        @Schema(
                        description =
                                "What to do when nobody can say whether the server took it: send the"
                                        + " same bytes once more, or report that and leave it.",
                        enumeration = {"resend", "report"},
                        defaultValue = "resend")
                @JsonProperty("on_unknown")
                String onUnknown,
        InvitationDescription invitation,
        UnsubscribeDescription unsubscribe) {

    @Schema(
            name = "EmailAttachment",
            description = "Give content, or path to let the server fetch it.")
    record AttachmentDescription(
            @Schema(
                            description =
                                    "Base64; a list of octets and {\"type\":\"Buffer\",\"data\":[...]}"
                                            + " are taken too. A text that isn't base64 is itself"
                                            + " the content.")
                    String content,
            @Schema(
                            description =
                                    "A URL, fetched within 20 seconds when the email is accepted.",
                            maxLength = ReadAttachments.MAX_URL_LENGTH)
                    String path,
            @Schema(description = "A name without a path.", maxLength = Draft.MAX_FILENAME_LENGTH)
                    String filename,
            @Schema(
                            description = "Left out it is told from the file's name.",
                            maxLength = ReadAttachments.MAX_CONTENT_TYPE)
                    @JsonProperty("content_type")
                    String contentType,
            @Schema(
                            description = "What cid: in the HTML refers to.",
                            maxLength = Draft.MAX_CONTENT_ID_LENGTH)
                    @JsonProperty("content_id")
                    String contentId) {}

    @Schema(
            name = "EmailTag",
            requiredProperties = {"name", "value"})
    record Tag(
            @Schema(pattern = "[A-Za-z0-9_-]+", maxLength = ReadDelivery.MAX_TAG_LENGTH)
                    String name,
            @Schema(pattern = "[A-Za-z0-9_-]+", maxLength = ReadDelivery.MAX_TAG_LENGTH)
                    String value) {}

    @Schema(
            name = "EmailInvitation",
            description = "A calendar invitation, or an answer to one (RFC 6047).",
            requiredProperties = {"method", "ics"})
    record InvitationDescription(
            @Schema(
                            examples = "REQUEST",
                            enumeration = {
                                "PUBLISH",
                                "REQUEST",
                                "REPLY",
                                "ADD",
                                "CANCEL",
                                "REFRESH",
                                "COUNTER",
                                "DECLINECOUNTER"
                            })
                    String method,
            @Schema(
                            description = "The iCalendar text, with the same METHOD.",
                            maxLength = ReadEmailRequest.MAX_INVITATION)
                    String ics,
            @Schema(description = "Whether to attach it as invite.ics too.", defaultValue = "false")
                    boolean attached) {}

    @Schema(
            name = "EmailUnsubscribe",
            description = "How to leave the list: List-Unsubscribe (RFC 2369).",
            requiredProperties = "urls")
    record UnsubscribeDescription(
            @Schema(
                            description = "Up to 5, best first, https: or mailto:.",
                            maxItems = ReadEmailRequest.MAX_URLS)
                    List<UrlText> urls,
            @Schema(
                            description = "Whether a POST to the https: URL is enough (RFC 8058).",
                            defaultValue = "false")
                    @JsonProperty("one_click")
                    boolean oneClick) {}

    @Schema(
            name = "EmailAddress",
            type = SchemaType.STRING,
            description = "a@b, or Name <a@b>.",
            maxLength = ReadEmailRequest.MAX_ADDRESS)
    interface AddressText {}

    @Schema(
            name = "MessageIds",
            type = SchemaType.STRING,
            description = "One Message-ID, or several with spaces between.",
            maxLength = ReadEmailRequest.MAX_ID_LINE)
    interface IdsText {}

    @Schema(
            name = "UnsubscribeUrl",
            type = SchemaType.STRING,
            description = "Begins with https: or mailto:.",
            maxLength = Draft.MAX_URI_LENGTH)
    interface UrlText {}

    @Schema(
            name = "HeaderValue",
            type = SchemaType.STRING,
            maxLength = Draft.MAX_HEADER_VALUE_LENGTH)
    interface HeaderText {}
}
