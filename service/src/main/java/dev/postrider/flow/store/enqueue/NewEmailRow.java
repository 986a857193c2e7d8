package dev.postrider.flow.store.enqueue;

import java.sql.Timestamp;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An email that is to be inserted.
 *
 * @param begin what marks it begun; empty when it only waits for its turn
 * @param standing without which nothing of it is kept; empty when its caller's token was asked
 *     about
 */
public record NewEmailRow(NewEmail email, Optional<Begin> begin, Optional<Standing> standing) {
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

    byte @Nullable [] sessionHash() {
        return standing.isPresent() ? standing.get().sessionHash() : null;
    }

    @Nullable Timestamp issuedAfter() {
        return standing.map(Standing::issuedAfter).orElse(null);
    }

    byte @Nullable [] keyHash() {
        return standing.isPresent() ? standing.get().keyHash() : null;
    }

    @Nullable String role() {
        return standing.map(Standing::role).orElse(null);
    }

    @Nullable String permission() {
        return standing.map(Standing::permission).orElse(null);
    }

    @Nullable UUID onlyMailbox() {
        return standing.map(Standing::onlyMailbox).orElse(null);
    }
}
