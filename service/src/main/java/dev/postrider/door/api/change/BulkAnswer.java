package dev.postrider.door.api.change;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What became of a change of many emails. */
@Schema(name = "EmailsChanged")
record BulkAnswer(
        @Schema(examples = "emails_changed") String object,
        @Schema(description = "How many emails were changed.") int done,
        @Schema(description = "Those that weren't, and why.") @JsonProperty("not_done")
                List<NotDone> notDone,
        @Schema(
                        description =
                                "Of a cancel: those that nothing more is sent of, and that somebody may have"
                                        + " got all the same.")
                @JsonProperty("in_doubt")
                List<CanceledAnswer> inDoubt,
        @Schema(description = "Whether the filter has more emails, further on.")
                @JsonProperty("has_more")
                boolean hasMore,
        @Schema(
                        nullable = true,
                        description = "With has_more: ask again with the same filter and this.")
                @Nullable UUID after) {
    /** An email that wasn't changed. */
    @Schema(name = "EmailNotChanged")
    record NotDone(
            UUID id,
            @Schema(
                            description = "As the operation on this email alone answers.",
                            examples = "too_late")
                    String code,
            String detail) {}
}
