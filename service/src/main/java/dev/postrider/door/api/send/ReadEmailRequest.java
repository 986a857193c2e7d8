package dev.postrider.door.api.send;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.flow.accept.EmailRequest;
import dev.postrider.http.Fields;
import dev.postrider.mime.Address;
import dev.postrider.mime.Draft;
import dev.postrider.mime.HeaderField;
import dev.postrider.mime.Invitation;
import dev.postrider.mime.MalformedAddress;
import dev.postrider.mime.Unsubscribe;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the fields of one email; all that is wrong is told by the fields. */
public final class ReadEmailRequest {
    /** Of each of to, cc and bcc. */
    public static final int MAX_RECIPIENTS = 50;

    static final int MAX_REPLY_TO = 25;
    static final int MAX_HEADERS = 100;
    static final int MAX_REFERENCES = 1_000;

    /** Characters of an address with its name. */
    public static final int MAX_ADDRESS = 1_300;

    /** Characters of the HTML and of the text. */
    public static final int MAX_BODY = 5 * 1024 * 1024;

    static final int MAX_INVITATION = 256 * 1024;
    static final int MAX_URLS = 5;

    /** Characters of several Message-IDs in one text. */
    static final int MAX_ID_LINE = 20_000;

    static final int MAX_MESSAGE_ID = 900;

    private final Fields fields;
    private final Instant now;

    private ReadEmailRequest(Fields fields, Instant now) {
        this.fields = fields;
        this.now = now;
    }

    /** Empty when something is wrong. */
    public static Optional<EmailRequest> in(Fields fields, Instant now) {
        return new ReadEmailRequest(fields, now).read();
    }

    private Optional<EmailRequest> read() {
        var from = address("from", fields.text("from", MAX_ADDRESS));
        var recipients =
                new EmailRequest.Recipients(
                        addresses("to", MAX_RECIPIENTS),
                        addresses("cc", MAX_RECIPIENTS),
                        addresses("bcc", MAX_RECIPIENTS));
        requireRecipient();
        var replyTo = addresses("reply_to", MAX_REPLY_TO);
        var subject = fields.text("subject", Draft.MAX_SUBJECT_LENGTH);
        requireText("subject", subject);
        var text = body("text");
        var html = body("html");
        requireBody();
        var headers = headers();
        var request =
                new EmailRequest(
                        from.orElse(NOBODY),
                        recipients,
                        replyTo,
                        subject,
                        text,
                        html,
                        headers.stream().filter(header -> !isOfThread(header.name())).toList(),
                        ReadAttachments.in(fields),
                        thread(headers),
                        invitation(),
                        unsubscribe(),
                        ReadDelivery.in(fields, now));
        return fields.areValid() ? Optional.of(request) : Optional.empty();
    }

    /** Stands in beside an error. */
    private static final Address NOBODY = new Address("", "nobody", "invalid");

    private void requireRecipient() {
        var to = fields.node("to");
        if (to.isEmpty()) {
            fields.error("to", "is missing");
        } else if (to.get().isArray() && to.get().isEmpty()) {
            fields.error("to", "names nobody");
        }
    }

    private void requireBody() {
        if (fields.has("template")) {
            fields.error("template", "is not known here: give html or text");
        } else if (!fields.has("html") && !fields.has("text")) {
            fields.error("html", "is missing, and so is text: give one of them");
        }
    }

    private Optional<String> body(String name) {
        var body = fields.optionalText(name, MAX_BODY);
        body.ifPresent(text -> requireText(name, text));
        return body;
    }

    /** JSON can spell what is no text: half a surrogate pair, or NUL, which mail can't carry. */
    private void requireText(String name, String text) {
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == 0
                    || (Character.isHighSurrogate(c)
                            && (i + 1 == text.length()
                                    || !Character.isLowSurrogate(text.charAt(i + 1))))
                    || (Character.isLowSurrogate(c)
                            && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1))))) {
                fields.error(name, "must not contain NUL or half a surrogate pair");
                return;
            }
        }
    }

    private List<Address> addresses(String name, int max) {
        var texts = fields.texts(name, max, MAX_ADDRESS);
        var addresses = new ArrayList<Address>(texts.size());
        var isList = fields.node(name).filter(JsonNode::isArray).isPresent();
        for (var i = 0; i < texts.size(); i++) {
            address(isList ? name + "[" + i + "]" : name, texts.get(i)).ifPresent(addresses::add);
        }
        return addresses;
    }

    private Optional<Address> address(String name, String text) {
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

    private List<HeaderField> headers() {
        var node = fields.node("headers");
        if (node.isEmpty()) {
            return List.of();
        }
        if (!node.get().isObject()) {
            fields.error("headers", "must be an object of names and texts");
            return List.of();
        }
        if (node.get().size() > MAX_HEADERS) {
            fields.error("headers", "has more than " + MAX_HEADERS + " names");
            return List.of();
        }
        return node.get().properties().stream().flatMap(each -> header(each).stream()).toList();
    }

    private Optional<HeaderField> header(Map.Entry<String, JsonNode> field) {
        if (!field.getValue().isTextual()) {
            fields.error("headers[" + field.getKey() + "]", "must be a text");
            return Optional.empty();
        }
        requireText("headers[" + field.getKey() + "]", field.getValue().textValue());
        return Optional.of(new HeaderField(field.getKey(), field.getValue().textValue()));
    }

    /** Other services know threads only as headers, so these two are taken there too. */
    private static boolean isOfThread(String name) {
        return name.equalsIgnoreCase("In-Reply-To") || name.equalsIgnoreCase("References");
    }

    private EmailRequest.Conversation thread(List<HeaderField> headers) {
        var references = fields.texts("references", MAX_REFERENCES, MAX_ID_LINE);
        return new EmailRequest.Conversation(
                fields.optionalText("message_id", MAX_MESSAGE_ID),
                fields.optionalText("in_reply_to", MAX_ID_LINE)
                        .or(() -> value(headers, "In-Reply-To")),
                references.isEmpty() ? value(headers, "References").stream().toList() : references);
    }

    private static Optional<String> value(List<HeaderField> headers, String name) {
        return headers.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(HeaderField::value)
                .findFirst();
    }

    private Optional<Invitation> invitation() {
        if (!fields.has("invitation")) {
            return Optional.empty();
        }
        var invitation = fields.object("invitation");
        return Optional.of(
                new Invitation(
                        invitation.text("method", 32),
                        invitation.text("ics", MAX_INVITATION),
                        invitation.optionalFlag("attached", false)));
    }

    private Optional<Unsubscribe> unsubscribe() {
        if (!fields.has("unsubscribe")) {
            return Optional.empty();
        }
        var unsubscribe = fields.object("unsubscribe");
        var urls = new ArrayList<URI>();
        for (var text : unsubscribe.texts("urls", MAX_URLS, Draft.MAX_URI_LENGTH)) {
            try {
                urls.add(new URI(text));
            } catch (URISyntaxException _) {
                unsubscribe.error("urls", "must be URLs that begin with https: or mailto:");
            }
        }
        return Optional.of(new Unsubscribe(urls, unsubscribe.optionalFlag("one_click", false)));
    }
}
