package dev.postrider.flow.store.find;

import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * Which emails a caller sees: members those that they sent, owners and admins their workspace's;
 * with an API key for one mailbox only that mailbox's.
 */
public record Visibility(UUID workspaceId, Optional<UUID> onlyUser, Optional<UUID> onlyMailbox) {
    public <S extends SqlStatement<S>> S bind(S statement) {
        return statement
                .bind("workspace", workspaceId)
                .bind("only_user", onlyUser)
                .bind("only_mailbox", onlyMailbox);
    }
}
