package dev.postrider.door.api.send;

import dev.postrider.flow.accept.IntakeResult;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Describes what is answered to emails that are kept. */
@Schema(name = "EmailKept")
record KeptAnswer(@Schema(description = "The email's id.") UUID id) {
    /** As JSON, for one email. */
    static String one(IntakeResult.Kept kept) {
        return "{\"id\":\"" + kept.ids().getFirst() + "\"}";
    }

    @Schema(name = "EmailsKept")
    record Batch(
            List<KeptAnswer> data,
            @Schema(
                            description =
                                    "Those that were not kept; only with x-batch-validation: permissive.")
                    List<Failed> errors) {}

    @Schema(name = "EmailNotKept")
    record Failed(
            @Schema(description = "Its position in the request, from 0.") int index,
            String message) {}
}
