package dev.postrider.transport.graph.draft;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.mime.address.Address;
import dev.postrider.mime.read.ParsedMessage;
import dev.postrider.transport.api.message.MessageHead;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a message says, as a draft has it. Of its HTML and its text Graph takes one; the other is
 * made by Exchange.
 */
final class DraftJson {
    /** MAPI properties for fields that {@code internetMessageHeaders} doesn't take. */
    private static final List<Property> PROPERTIES =
            List.of(
                    new Property("in-reply-to", "String 0x1042"),
                    new Property("references", "String 0x1039"),
                    new Property("list-unsubscribe", "String 0x1045"));

    private static final Set<String> IMPORTANCE = Set.of("low", "normal", "high");

    private final ObjectNode json = JsonNodeFactory.instance.objectNode();
    private final MessageHead head;

    private DraftJson(MessageHead head) {
        this.head = head;
    }

    private record Property(String field, String id) {}

    /**
     * Without files.
     *
     * @param bcc whom the header doesn't name
     * @param ids fields of this program's own, name and value
     */
    static ObjectNode of(
            MessageHead head, ParsedMessage message, List<String> bcc, List<Field> ids) {
        return new DraftJson(head).write(message, bcc, ids);
    }

    record Field(String name, String value) {}

    private ObjectNode write(ParsedMessage message, List<String> bcc, List<Field> ids) {
        json.put("subject", message.value("subject").orElse(""));
        var isHtml = message.html().isPresent();
        json.putObject("body")
                .put("contentType", isHtml ? "html" : "text")
                .put("content", message.html().or(message::text).orElse(""));
        first("from").ifPresent(from -> address(json.putObject("from"), from));
        addresses("toRecipients", head.addresses("to"));
        addresses("ccRecipients", head.addresses("cc"));
        addresses("replyTo", head.addresses("reply-to"));
        bcc(bcc);
        value("message-id").ifPresent(id -> json.put("internetMessageId", id));
        value("importance")
                .map(level -> level.toLowerCase(Locale.ROOT))
                .filter(IMPORTANCE::contains)
                .ifPresent(level -> json.put("importance", level));
        fields(ids);
        properties();
        return json;
    }

    private Optional<Address> first(String name) {
        return head.addresses(name).stream().findFirst();
    }

    private Optional<String> value(String name) {
        return head.values(name).stream().findFirst();
    }

    private void addresses(String name, List<Address> addresses) {
        if (!addresses.isEmpty()) {
            var all = json.putArray(name);
            addresses.forEach(each -> address(all.addObject(), each));
        }
    }

    private static void address(ObjectNode into, Address address) {
        var written = into.putObject("emailAddress").put("address", address.addrSpec());
        if (!address.displayName().isEmpty()) {
            written.put("name", address.displayName());
        }
    }

    private void bcc(List<String> bcc) {
        if (!bcc.isEmpty()) {
            ArrayNode all = json.putArray("bccRecipients");
            bcc.forEach(each -> all.addObject().putObject("emailAddress").put("address", each));
        }
    }

    private void fields(List<Field> ids) {
        var all = json.putArray("internetMessageHeaders");
        ids.forEach(field -> field(all, field));
        head.names().stream()
                .filter(DraftJson::isOwn)
                .sorted()
                .forEach(name ->
                        head.values(name).forEach(value -> field(all, new Field(name, value))));
    }

    static boolean isOwn(String name) {
        return name.startsWith("x-");
    }

    private static void field(ArrayNode all, Field field) {
        all.addObject().put("name", field.name()).put("value", field.value());
    }

    private void properties() {
        var all = json.putArray("singleValueExtendedProperties");
        for (var property : PROPERTIES) {
            value(property.field())
                    .ifPresent(
                            value -> all.addObject().put("id", property.id()).put("value", value));
        }
        if (all.isEmpty()) {
            json.remove("singleValueExtendedProperties");
        }
    }
}
