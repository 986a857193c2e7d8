package dev.postrider.door.api.send.json;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.flow.accept.EmailLimits;
import dev.postrider.flow.accept.EmailRequest;
import dev.postrider.flow.compose.Body;
import dev.postrider.flow.compose.Conversation;
import dev.postrider.flow.compose.Recipients;
import dev.postrider.http.Fields;
import dev.postrider.mime.address.Address;
import dev.postrider.mime.address.MalformedAddress;
import dev.postrider.mime.compose.Draft;
import dev.postrider.mime.header.HeaderField;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What {@code POST /emails} takes: its description, and beside it how it is read. */
@Schema(
        name = "Email",
        requiredProperties = {"from", "to", "subject"},
        description =
                "Give html, text or both. Fields that aren't listed are ignored, unless they"
                        + " look like one that is, such as scheduledAt. The message may have up to"
                        + " 41943040 octets, with attachments counted in base64.")
public record EmailJson(
        @Schema(
                        description =
                                "The address of a mailbox that you may send through, alone or with a display"
                                        + " name.",
                        examples = "Ada Lovelace <ada@example.com>",
                        maxLength = MAX_ADDRESS)
                String from,
        @Schema(
                        description = "1 to 50 addresses; a single one may be a string.",
                        examples = "[\"Grace Hopper <grace@example.com>\"]",
                        maxItems = EmailLimits.RECIPIENTS)
                List<AddressText> to,
        @Schema(description = "Up to 50 addresses.", maxItems = EmailLimits.RECIPIENTS)
                List<AddressText> cc,
        @Schema(
                        description = "Up to 50 addresses that no header shows.",
                        maxItems = EmailLimits.RECIPIENTS)
                List<AddressText> bcc,
        @Schema(
                        description = "Up to 25 addresses that replies go to.",
                        maxItems = EmailLimits.REPLY_TO)
                @JsonProperty("reply_to")
                List<AddressText> replyTo,
        @Schema(description = "One line, any script.", maxLength = Draft.MAX_SUBJECT_LENGTH)
                String subject,
        @Schema(maxLength = EmailLimits.TEXT) String html,
        @Schema(
                        description =
                                "Plain text. If left out, it is derived from the HTML; an empty string turns"
                                        + " that off.",
                        maxLength = EmailLimits.TEXT)
                String text,
        @Schema(
                        description =
                                "Up to 100 header fields of your own, with names of up to 76 and values of"
                                        + " up to 8000 characters; a list of values repeats the field. A header that"
                                        + " has a field of its own here, such as Reply-To, sets that field or must"
                                        + " agree with it. Headers that describe the structure or that servers write"
                                        + " are refused: Content-*, Received and so on; docs/api.md lists them.",
                        maxProperties = EmailLimits.HEADERS)
                Map<String, HeaderText> headers,
        @Schema(description = "Up to 100 files.", maxItems = EmailLimits.ATTACHMENTS)
                List<AttachmentJson> attachments,
        @Schema(
                        description = "Up to 50 tags of your own, to find the email by.",
                        maxItems = EmailLimits.TAGS)
                List<DeliveryJson.Tag> tags,
        @JsonProperty("scheduled_at") DeliveryJson.ScheduledAtText scheduledAt,
        @Schema(description = "The Message-ID that this answers.", maxLength = MAX_ID_LINE)
                @JsonProperty("in_reply_to")
                String inReplyTo,
        @Schema(
                        description = "The Message-IDs of the thread, oldest first.",
                        maxItems = EmailLimits.REFERENCES)
                List<IdsText> references,
        @Schema(
                        description = "Used instead of a generated one in the sender's domain.",
                        examples = "<invoice-17@example.com>",
                        maxLength = MAX_MESSAGE_ID)
                @JsonProperty("message_id")
                String messageId,
        DeliveryJson.PriorityText priority,
        @JsonProperty("on_unknown") DeliveryJson.OnUnknownText onUnknown,
        PartsJson.InvitationJson invitation,
        PartsJson.UnsubscribeJson unsubscribe) {

    /** Characters of an address with its name. */
    static final int MAX_ADDRESS = 1_300;

    /** Characters of several Message-IDs in one text. */
    static final int MAX_ID_LINE = 20_000;

    static final int MAX_MESSAGE_ID = 900;

    private static final Set<String> NAMES = FieldNames.of(EmailJson.class);

    /** What other services call it: nothing may leave at once that was meant for later. */
    private static final List<String> OTHERS_SCHEDULED_AT =
            List.of("send_at", "sendAt", "scheduled", "schedule", "deliver_at", "delay");

    /** Empty when something is wrong, which the fields tell. */
    public static Optional<EmailRequest> read(Fields fields, Instant now) {
        fields.refuseLookalikes(NAMES, Set.of("template", "topic_id"));
        for (var name : OTHERS_SCHEDULED_AT) {
            if (fields.has(name)) {
                fields.error(name, "is unknown: write it scheduled_at");
            }
        }
        var from = address(fields, "from", fields.text("from", MAX_ADDRESS));
        var to = addresses(fields, "to", EmailLimits.RECIPIENTS);
        if (to.isEmpty() && !fields.names("to")) {
            if (fields.node("to").filter(JsonNode::isArray).isPresent()) {
                fields.error("to", "is empty: give at least one recipient");
            } else {
                fields.missing("to", "is missing: give at least one recipient");
            }
        }
        var recipients =
                new Recipients(
                        to,
                        addresses(fields, "cc", EmailLimits.RECIPIENTS),
                        addresses(fields, "bcc", EmailLimits.RECIPIENTS),
                        addresses(fields, "reply_to", EmailLimits.REPLY_TO));
        var request =
                new EmailRequest(
                        from,
                        recipients,
                        body(fields),
                        conversation(fields),
                        AttachmentJson.in(fields),
                        DeliveryJson.in(fields, now));
        return fields.areValid() ? Optional.of(request) : Optional.empty();
    }

    private static Body body(Fields fields) {
        var subject = fields.text("subject", Draft.MAX_SUBJECT_LENGTH);
        var text = fields.optionalText("text", EmailLimits.TEXT);
        var html = fields.optionalText("html", EmailLimits.TEXT);
        if (fields.has("template")) {
            fields.error("template", "is unknown: give html or text");
        } else if (saysNothing(fields, "html") && saysNothing(fields, "text")) {
            fields.missing(
                    "html", "is missing or empty, and so is text: give at least one of them");
        }
        return new Body(
                subject,
                text,
                html,
                headers(fields),
                PartsJson.invitation(fields),
                PartsJson.unsubscribe(fields));
    }

    private static boolean saysNothing(Fields fields, String name) {
        return fields.node(name)
                .map(node -> node.isTextual() && node.textValue().isEmpty())
                .orElse(true);
    }

    /** Where an empty text is none, too. */
    private static Conversation conversation(Fields fields) {
        return new Conversation(
                fields.optionalText("message_id", MAX_MESSAGE_ID).filter(id -> !id.isBlank()),
                fields.optionalText("in_reply_to", MAX_ID_LINE).filter(ids -> !ids.isBlank()),
                fields.texts("references", EmailLimits.REFERENCES, MAX_ID_LINE).stream()
                        .filter(ids -> !ids.isBlank())
                        .toList());
    }

    /** Addresses, where an empty text, which some programs send for none, names nobody. */
    static List<Address> addresses(Fields fields, String name, int max) {
        var texts = fields.texts(name, max, MAX_ADDRESS);
        var addresses = new ArrayList<Address>(texts.size());
        var isList = fields.node(name).filter(JsonNode::isArray).isPresent();
        for (var i = 0; i < texts.size(); i++) {
            var at = isList ? name + "[" + i + "]" : name;
            if (!texts.get(i).isBlank()) {
                address(fields, at, texts.get(i)).ifPresent(addresses::add);
            }
        }
        return addresses;
    }

    private static Optional<Address> address(Fields fields, String name, String text) {
        if (text.isEmpty() && !fields.areValid()) {
            return Optional.empty();
        }
        return switch (Address.parse(text)) {
            case Address address -> Optional.of(address);
            case MalformedAddress(var reason) -> {
                fields.error(name, reason);
                yield Optional.empty();
            }
        };
    }

    /** An object of names and values, or, as others write them, a list of name and value. */
    private static List<HeaderField> headers(Fields fields) {
        var node = fields.node("headers");
        if (node.isEmpty() || (node.get().isArray() && node.get().isEmpty())) {
            // PHP writes an empty object so
            return List.of();
        }
        var headers = new ArrayList<HeaderField>();
        if (node.get().isArray()) {
            for (var header : fields.objects("headers", EmailLimits.HEADERS)) {
                headers.add(
                        new HeaderField(
                                header.text("name", Draft.MAX_HEADER_NAME_LENGTH),
                                header.text("value", Draft.MAX_HEADER_VALUE_LENGTH)));
            }
            return headers;
        }
        if (!node.get().isObject()) {
            fields.error("headers", "must be an object of names and strings");
            return List.of();
        }
        if (node.get().size() > EmailLimits.HEADERS) {
            fields.error("headers", "has more than " + EmailLimits.HEADERS + " names");
            return List.of();
        }
        node.get()
                .properties()
                .forEach(field -> header(fields, field.getKey(), field.getValue(), headers));
        return headers;
    }

    private static void header(
            Fields fields, String name, JsonNode value, List<HeaderField> headers) {
        if (value.isArray() && value.valueStream().allMatch(EmailJson::saysSomething)) {
            value.forEach(each -> headers.add(new HeaderField(name, each.asText())));
        } else if (saysSomething(value)) {
            headers.add(new HeaderField(name, value.asText()));
        } else if (!value.isNull() && !(value.isObject() && value.isEmpty())) {
            fields.error("headers[" + name + "]", "must be a string or a list of strings");
        }
    }

    /** A number too: {@code X-Priority: 1}. */
    private static boolean saysSomething(JsonNode value) {
        return value.isTextual() || value.isNumber() || value.isBoolean();
    }

    @Schema(
            name = "EmailAddress",
            type = SchemaType.STRING,
            description = "a@b, or Name <a@b>.",
            maxLength = MAX_ADDRESS)
    interface AddressText {}

    @Schema(
            name = "MessageIds",
            type = SchemaType.STRING,
            description = "One Message-ID, or several with spaces between.",
            maxLength = MAX_ID_LINE)
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
