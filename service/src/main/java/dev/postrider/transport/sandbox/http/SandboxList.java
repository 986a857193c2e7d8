package dev.postrider.transport.sandbox.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.postrider.http.Page;
import dev.postrider.transport.sandbox.SandboxMessage;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A page of what a sandbox mailbox "sent", newest first. */
@Schema(name = "SandboxMessageList")
record SandboxList(
        @Schema(examples = "list") String object,
        @JsonProperty("has_more") boolean hasMore,
        List<Item> data) {
    SandboxList {
        data = List.copyOf(data);
    }

    /** A message, without its content. */
    @Schema(name = "SandboxMessage")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Item(
            UUID id,
            @Schema(description = "The envelope's sender.", examples = "ann@example.org")
                    String from,
            @Schema(description = "The envelope's recipients.") List<String> to,
            @Nullable String subject,
            @Schema(description = "In bytes.") int size,
            @JsonProperty("received_at") Instant receivedAt) {
        Item {
            to = List.copyOf(to);
        }
    }

    static SandboxList of(Page.Items<SandboxMessage> messages) {
        return new SandboxList(
                "list",
                messages.hasMore(),
                messages.items().stream().map(SandboxList::item).toList());
    }

    private static Item item(SandboxMessage message) {
        return new Item(
                message.id(),
                message.sender(),
                message.recipients(),
                message.subject().orElse(null),
                message.size(),
                message.receivedAt());
    }
}
