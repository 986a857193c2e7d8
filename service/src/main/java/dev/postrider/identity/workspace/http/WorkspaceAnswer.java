package dev.postrider.identity.workspace.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.postrider.identity.workspace.ReturnUrl;
import dev.postrider.identity.workspace.Workspace;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A workspace as the API shows it. */
@Schema(name = "Workspace")
@JsonInclude(JsonInclude.Include.NON_NULL)
record WorkspaceAnswer(
        @Schema(examples = "workspace") String object,
        UUID id,
        @Schema(examples = "Acme") String name,
        @Schema(description = "As your OpenID provider names it.") @JsonProperty("external_name")
                @Nullable String externalName,
        @Schema(
                        description = "Where connect links may lead back to, and all below it.",
                        examples = "[\"https://crm.example.com/mail\"]")
                @JsonProperty("return_urls")
                List<String> returnUrls,
        @Schema(
                        description =
                                "The mailbox that writes to owners of mailboxes that are held; absent"
                                        + " for none.")
                @JsonProperty("notification_mailbox_id")
                @Nullable UUID notificationMailboxId,
        @Schema(
                        enumeration = {"en", "de"},
                        description = "What it writes in.")
                String language,
        @JsonProperty("created_at") Instant createdAt) {
    WorkspaceAnswer {
        returnUrls = List.copyOf(returnUrls);
    }

    static WorkspaceAnswer of(Workspace workspace) {
        return new WorkspaceAnswer(
                "workspace",
                workspace.id(),
                workspace.name(),
                workspace.externalName().orElse(null),
                workspace.returnUrls().stream().map(ReturnUrl::text).toList(),
                workspace.notificationMailbox().orElse(null),
                workspace.language().text(),
                workspace.createdAt());
    }
}
