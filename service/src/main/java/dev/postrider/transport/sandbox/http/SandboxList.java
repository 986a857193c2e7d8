package dev.postrider.transport.sandbox.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.postrider.http.ListAnswer;
import dev.postrider.page.Page;
import dev.postrider.transport.sandbox.SandboxMessage;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

@Schema(name = "SandboxMessageList")
final class SandboxList extends ListAnswer<SandboxList.Item> {
    SandboxList(Page.Items<SandboxMessage> found) {
        super(found, Item::of);
    }

    /** A message, without its content. */
    @Schema(name = "SandboxMessage")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Item(
            UUID id,
            @Schema(description = "Which email it was: GET /emails/ID, while that is kept.")
                    @JsonProperty("email_id")
                    @Nullable UUID emailId,
            @Schema(description = "The envelope's sender.", examples = "ann@example.org")
                    String from,
            @Schema(description = "The envelope's recipients.") List<String> to,
            @Nullable String subject,
            @Schema(description = "In bytes.") int size,
            @JsonProperty("received_at") Instant receivedAt) {
        static Item of(SandboxMessage message) {
            return new Item(
                    message.id(),
                    message.emailId().orElse(null),
                    message.sender(),
                    message.recipients(),
                    message.subject().orElse(null),
                    message.size(),
                    message.receivedAt());
        }
    }
}
