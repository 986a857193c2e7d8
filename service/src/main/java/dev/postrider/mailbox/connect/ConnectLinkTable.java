package dev.postrider.mailbox.connect;

import dev.postrider.credential.provider.Tier;
import dev.postrider.page.Keyset;
import dev.postrider.page.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Links, as their makers know them. */
final class ConnectLinkTable {
    private static final String INSERT =
            """
            insert into connect_link
                (workspace_id, id, hash, user_id, made_by, mailbox_id, address, providers, tier,
                 return_url, state, created_at, expires_at)
            values
                (:workspace, :id, :hash, :user, :made_by, :mailbox, :address, :providers, :tier,
                 :return_url, :state, :now, :expires_at)
            returning *
            """;

    private static final String FIND =
            """
            select *
            from connect_link
            where workspace_id = :workspace
              and id = :id
            """;

    private static final String PAGE =
            """
            select *
            from connect_link
            where workspace_id = :workspace
              and (cast(:user as uuid) is null or user_id = :user)
              and id > :above
              and id < :below
            order by id desc
            limit :rows
            """;

    /** Of those that are made at once a few may get past it. */
    private static final String OPEN =
            """
            select count(*)
            from connect_link
            where workspace_id = :workspace
              and expires_at > :now
              and connected_at is null
              and revoked_at is null
            """;

    private static final String REVOKE =
            """
            update connect_link
            set revoked_at = :now
            where workspace_id = :workspace
              and id = :id
              and revoked_at is null
              and connected_at is null
            """;

    private static final String PURGE =
            """
            delete from connect_link
            where ctid = any (array(
                select ctid
                from connect_link
                where expires_at < :before
                order by expires_at
                limit :limit))
            """;

    private ConnectLinkTable() {}

    static ConnectLink insert(
            Handle handle,
            UUID id,
            NewConnectLink link,
            Optional<UUID> user,
            byte[] hash,
            Instant now) {
        return handle.createQuery(INSERT)
                .bind("workspace", link.workspaceId())
                .bind("id", id)
                .bind("hash", hash)
                .bind("user", user)
                .bind("made_by", link.madeBy())
                .bind("mailbox", link.mailboxId())
                .bind("address", link.address())
                .bind(
                        "providers",
                        link.options().stream().map(ConnectOption::text).toArray(String[]::new))
                .bind("tier", link.tier().text())
                .bind("return_url", link.returnUrl().map(Object::toString))
                .bind("state", link.state())
                .bind("now", now)
                .bind("expires_at", now.plus(link.lifetime()))
                .map((row, _) -> read(row))
                .one();
    }

    static Optional<ConnectLink> find(Handle handle, UUID workspace, UUID id) {
        return handle.createQuery(FIND)
                .bind("workspace", workspace)
                .bind("id", id)
                .map((row, _) -> read(row))
                .findOne();
    }

    /**
     * @param user whose; empty for the whole workspace's
     */
    static Page.Items<ConnectLink> list(
            Handle handle, UUID workspace, Optional<UUID> user, Page page) {
        return Keyset.of(page)
                .read(
                        handle,
                        PAGE,
                        query -> query.bind("workspace", workspace).bind("user", user),
                        (row, _) -> read(row));
    }

    static long countOpen(Handle handle, UUID workspace, Instant now) {
        return handle.createQuery(OPEN)
                .bind("workspace", workspace)
                .bind("now", now)
                .mapTo(Long.class)
                .one();
    }

    /** False when it was used, or revoked before. */
    static boolean revoke(Handle handle, UUID workspace, UUID id, Instant now) {
        return handle.createUpdate(REVOKE)
                        .bind("workspace", workspace)
                        .bind("id", id)
                        .bind("now", now)
                        .execute()
                == 1;
    }

    static int purge(Handle handle, Instant before, int limit) {
        return handle.createUpdate(PURGE).bind("before", before).bind("limit", limit).execute();
    }

    static ConnectLink read(ResultSet row) throws SQLException {
        return new ConnectLink(
                row.getObject("workspace_id", UUID.class),
                row.getObject("id", UUID.class),
                id(row, "user_id"),
                id(row, "mailbox_id"),
                text(row, "address"),
                List.of((String[]) row.getArray("providers").getArray()).stream()
                        .map(ConnectOption::of)
                        .toList(),
                Tier.of(row.getString("tier")).orElseThrow(),
                text(row, "return_url"),
                text(row, "state"),
                instant(row, "created_at").orElseThrow(),
                instant(row, "expires_at").orElseThrow(),
                new ConnectLink.Progress(
                        instant(row, "revoked_at"),
                        instant(row, "connected_at"),
                        id(row, "connected_id"),
                        Optional.ofNullable(row.getBytes("browser_hash"))
                                .map(HexFormat.of()::formatHex),
                        text(row, "failure"),
                        text(row, "failed_with")));
    }

    private static Optional<UUID> id(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, UUID.class));
    }

    private static Optional<String> text(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
                .map(OffsetDateTime::toInstant);
    }
}
