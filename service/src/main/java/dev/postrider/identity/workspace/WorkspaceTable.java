package dev.postrider.identity.workspace;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The workspaces of an installation. */
public final class WorkspaceTable {
    private static final String INSERT =
            """
            insert into workspace (id, name)
            values (:id, :name)
            """;

    private static final String ALL =
            """
            select *
            from workspace
            order by id
            """;

    private static final String FIND =
            """
            select *
            from workspace
            where id = :id
            """;

    /** Until the end of the transaction nobody adds a user, a mailbox or a webhook to it. */
    private static final String LOCK =
            """
            select *
            from workspace
            where id = :id
            for update
            """;

    private static final String CHANGE =
            """
            update workspace
            set name = :name,
                return_urls = :return_urls,
                notification_mailbox_id = :notification_mailbox,
                language = :language
            where id = :id
            returning *
            """;

    private static final String DELETE =
            """
            delete from workspace
            where id = :id
            """;

    private WorkspaceTable() {}

    static void insert(Handle handle, UUID id, String name) {
        handle.createUpdate(INSERT).bind("id", id).bind("name", name).execute();
    }

    static List<Workspace> all(Handle handle) {
        return handle.createQuery(ALL).map((row, _) -> workspace(row)).list();
    }

    public static Optional<Workspace> find(Handle handle, UUID id) {
        return handle.createQuery(FIND).bind("id", id).map((row, _) -> workspace(row)).findOne();
    }

    static Optional<Workspace> lock(Handle handle, UUID id) {
        return handle.createQuery(LOCK).bind("id", id).map((row, _) -> workspace(row)).findOne();
    }

    /** Changes a workspace; what is empty stays. */
    static Optional<Workspace> change(Handle handle, UUID id, WorkspaceChange change) {
        return lock(handle, id)
                .map(before ->
                        handle.createQuery(CHANGE)
                                .bind("id", id)
                                .bind("name", change.name().orElse(before.name()))
                                .bind(
                                        "return_urls",
                                        change.returnUrls().orElse(before.returnUrls()).stream()
                                                .map(ReturnUrl::text)
                                                .toArray(String[]::new))
                                .bind(
                                        "notification_mailbox",
                                        change.notificationMailbox()
                                                .orElse(before.notificationMailbox()))
                                .bind(
                                        "language",
                                        change.language().orElse(before.language()).text())
                                .map((row, _) -> workspace(row))
                                .one());
    }

    static void delete(Handle handle, UUID id) {
        handle.createUpdate(DELETE).bind("id", id).execute();
    }

    private static Workspace workspace(ResultSet row) throws SQLException {
        var returnUrls = List.of((String[]) row.getArray("return_urls").getArray());
        return new Workspace(
                row.getObject("id", UUID.class),
                row.getString("name"),
                Optional.ofNullable(row.getString("external_name")),
                returnUrls.stream().flatMap(url -> ReturnUrl.parse(url).stream()).toList(),
                Optional.ofNullable(row.getObject("notification_mailbox_id", UUID.class)),
                Language.of(row.getString("language")).orElseThrow(),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
