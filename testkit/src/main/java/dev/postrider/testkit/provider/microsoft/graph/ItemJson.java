package dev.postrider.testkit.provider.microsoft.graph;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.testkit.provider.http.Json;
import dev.postrider.testkit.provider.http.Request;
import dev.postrider.testkit.provider.mail.Addresses;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftState;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftSwitch;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** An item as Graph tells it to a client, which may want immutable ids. */
record ItemJson(MicrosoftState microsoft, Request request) {

    boolean wantsImmutableIds() {
        return request.header("prefer")
                .filter(value ->
                        value.replace(" ", "")
                                .toLowerCase(Locale.ROOT)
                                .contains("idtype=\"immutableid\""))
                .isPresent();
    }

    ObjectNode of(Item item) {
        Instant now = microsoft.now();
        ObjectNode body =
                Json.object()
                        .put("id", item.id(now, wantsImmutableIds()))
                        .put("internetMessageId", item.fields().get("Message-ID").orElse(""))
                        .put("subject", item.fields().get("Subject").orElse(""))
                        .put("conversationId", item.conversationId())
                        .put("isDraft", item.isDraft(now))
                        .put("parentFolderId", item.folder(now).map(Folder::path).orElse(""))
                        .put("sentDateTime", item.at().toString())
                        .put("receivedDateTime", item.at().toString())
                        .put("hasAttachments", !item.attachments().isEmpty());
        from(item).ifPresent(address -> body.set("from", address(address)));
        addresses(body.putArray("toRecipients"), Addresses.of(item.fields(), "To"));
        addresses(body.putArray("ccRecipients"), Addresses.of(item.fields(), "Cc"));
        addresses(body.putArray("bccRecipients"), Addresses.of(item.fields(), "Bcc"));
        boolean selected =
                List.of(request.query().text("$select").split(","))
                        .contains("internetMessageHeaders");
        boolean there =
                !item.folder(now).equals(Optional.of(Folder.SENT_ITEMS))
                        || microsoft.on(MicrosoftSwitch.SENT_ITEMS_HAVE_HEADERS);
        if (selected && there) {
            var headers = body.putArray("internetMessageHeaders");
            item.fields()
                    .list()
                    .forEach(field ->
                            headers.addObject()
                                    .put("name", field.getKey())
                                    .put("value", field.getValue()));
        }
        return body;
    }

    private static Optional<String> from(Item item) {
        return Addresses.of(item.fields(), "From").stream().findFirst();
    }

    private static void addresses(ArrayNode array, List<String> addresses) {
        addresses.forEach(each -> array.add(address(each)));
    }

    private static ObjectNode address(String address) {
        ObjectNode body = Json.object();
        body.putObject("emailAddress").put("address", address).put("name", address);
        return body;
    }
}
