package dev.postrider.flow.store.enqueue;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An email that is to be inserted.
 *
 * @param begin what marks it begun; empty when it only waits for its turn
 */
public record NewEmailRow(NewEmail email, Optional<Begin> begin) {
    UUID workspace() {
        return email.key().workspaceId();
    }

    UUID id() {
        return email.key().id();
    }

    UUID mailbox() {
        return email.lane().mailboxId();
    }

    NewEmail.Message message() {
        return email.message();
    }

    NewEmail.Delivery delivery() {
        return email.delivery();
    }

    @Nullable Long epoch() {
        return begin.map(each -> each.lease().epoch()).orElse(null);
    }
}
