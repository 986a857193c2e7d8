package dev.postrider.door.api.change;

import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What is answered to a change of an email. */
@Schema(name = "EmailChanged")
record ChangedAnswer(@Schema(examples = "email") String object, UUID id) {
    static ChangedAnswer of(UUID id) {
        return new ChangedAnswer("email", id);
    }
}
