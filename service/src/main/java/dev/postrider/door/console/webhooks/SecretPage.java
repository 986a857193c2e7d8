package dev.postrider.door.console.webhooks;

import dev.postrider.door.console.Moment;
import org.jspecify.annotations.Nullable;

/**
 * A secret, this once.
 *
 * @param isNew whether the webhook is new as well
 * @param previousUntil until when the one before signs too
 */
public record SecretPage(String id, String secret, boolean isNew, @Nullable Moment previousUntil) {
    @Override
    public String toString() {
        return "SecretPage[" + id + "]";
    }
}
