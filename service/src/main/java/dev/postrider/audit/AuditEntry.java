package dev.postrider.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What somebody did. */
@Schema(name = "AuditEntry")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AuditEntry(
        @Schema(examples = "audit_entry") String object,
        UUID id,
        Instant at,
        @Schema(description = "The user; absent when nobody is known.") @JsonProperty("actor_id")
                @Nullable UUID actorId,
        @Schema(examples = "ann@example.org", description = "As they were called then.")
                String actor,
        @Schema(examples = "198.51.100.7", description = "Where the request came from.")
                @Nullable String address,
        @Schema(examples = "mailbox.removed") String action,
        @Schema(examples = "mailbox") @JsonProperty("subject_kind") String subjectKind,
        @JsonProperty("subject_id") @Nullable UUID subjectId,
        @Schema(examples = "/mailboxes/019a...", description = "What was asked for.")
                String subject,
        @Schema(
                        examples = "done",
                        enumeration = {"done", "refused", "failed", "unknown"},
                        description =
                                "unknown: it is still being done, or the program ended before it could"
                                        + " record the outcome; look at the subject.")
                String outcome,
        @Schema(examples = "200", description = "What the caller was answered.")
                @Nullable Integer status) {}
