package dev.postrider.identity.user;

import dev.postrider.postgres.Database;
import dev.postrider.postgres.NewId;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** What applications call their users, who needn't sign in here. Safe for concurrent use. */
@Singleton
public record ExternalIds(Database database) {
    /** The user whom an application calls so. */
    public Optional<UUID> find(UUID workspace, String externalId) {
        return database.of(workspace)
                .read(handle -> UserTable.findExternal(handle, workspace, externalId))
                .map(User::id);
    }

    /** What applications call users; without those whom none has named. */
    public Map<UUID, String> of(UUID workspace, List<UUID> users) {
        var found = new HashMap<UUID, String>();
        names(workspace, users)
                .forEach((user, names) -> names.externalId().ifPresent(id -> found.put(user, id)));
        return found;
    }

    /** How users are called, here and by applications; without those who are gone. */
    public Map<UUID, UserNames> names(UUID workspace, List<UUID> users) {
        return users.isEmpty()
                ? Map.of()
                : database.of(workspace).read(handle -> UserTable.names(handle, workspace, users));
    }

    /**
     * Finds an application's own user, or makes one: a member without a login.
     *
     * @return empty when the workspace has as many users as it may
     */
    public static Optional<User> findOrCreate(Handle handle, UUID workspace, String externalId) {
        var found = UserTable.findExternal(handle, workspace, externalId);
        if (found.isPresent()) {
            return found;
        }
        if (UserTable.isFull(handle, workspace)) {
            return Optional.empty();
        }
        // of two who make the same one, the second finds the first's
        return UserTable.insertExternal(handle, workspace, NewId.get(), externalId)
                .or(() -> UserTable.findExternal(handle, workspace, externalId));
    }
}
