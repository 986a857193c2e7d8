package dev.postrider.mailbox.connect;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Links, as browsers come with them: by their token, or by their id and the browser that began. */
final class ConnectVisitTable {
    private static final String BY_TOKEN =
            """
            select *
            from connect_link
            where hash = :hash
            """;

    private static final String BY_ID =
            """
            select *
            from connect_link
            where id = :id
              and browser_hash = :browser
            """;

    private static final String LOCK =
            """
            select *
            from connect_link
            where workspace_id = :workspace
              and id = :id
            for update
            """;

    /** Of two browsers that begin at once, one does. */
    private static final String BEGIN =
            """
            update connect_link
            set browser_hash = :browser
            where workspace_id = :workspace
              and id = :id
              and (browser_hash is null or browser_hash = :browser)
            """;

    private static final String FAIL =
            """
            update connect_link
            set failure = :failure,
                failed_with = :failed_with
            where workspace_id = :workspace
              and id = :id
              and connected_at is null
            """;

    private static final String USE_UP =
            """
            update connect_link
            set connected_at = :now,
                connected_id = :mailbox,
                failure = null,
                failed_with = null
            where workspace_id = :workspace
              and id = :id
            """;

    /**
     * The pause doubles with each try that isn't free; the row's lock makes that one step. Those
     * that are free leave no time behind: a window whose clock is a moment late would have to wait.
     */
    private static final String COUNT_TRY =
            """
            update connect_link
            set tries = tries + 1,
                paused_until = case
                    when tries < :free then paused_until
                    else cast(:now as timestamptz)
                        + make_interval(secs => least(:longest, power(2, least(tries - :free, 20))))
                end
            where workspace_id = :workspace
              and id = :id
              and paused_until <= :now
            """;

    private static final String PAUSED_UNTIL =
            """
            select paused_until
            from connect_link
            where workspace_id = :workspace
              and id = :id
            """;

    private static final int FREE_TRIES = 5;
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private ConnectVisitTable() {}

    static Optional<ConnectLink> byToken(Handle handle, byte[] hash) {
        return handle.createQuery(BY_TOKEN)
                .bind("hash", hash)
                .map((row, _) -> ConnectLinkTable.read(row))
                .findOne();
    }

    static Optional<ConnectLink> byId(Handle handle, UUID id, Browser browser) {
        return handle.createQuery(BY_ID)
                .bind("id", id)
                .bind("browser", browser.hash())
                .map((row, _) -> ConnectLinkTable.read(row))
                .findOne();
    }

    /** As it is now, and until the end of the transaction. */
    static Optional<ConnectLink> lock(Handle handle, ConnectLink link) {
        return handle.createQuery(LOCK)
                .bind("workspace", link.workspaceId())
                .bind("id", link.id())
                .map((row, _) -> ConnectLinkTable.read(row))
                .findOne();
    }

    /** False when another browser has begun. */
    static boolean begin(Handle handle, ConnectLink link, Browser browser) {
        return handle.createUpdate(BEGIN)
                        .bind("workspace", link.workspaceId())
                        .bind("id", link.id())
                        .bind("browser", browser.hash())
                        .execute()
                == 1;
    }

    /**
     * @param with what the failure is about, for its page
     */
    static void fail(
            Handle handle, ConnectLink link, ConnectFailure failure, Optional<String> with) {
        handle.createUpdate(FAIL)
                .bind("workspace", link.workspaceId())
                .bind("id", link.id())
                .bind("failure", failure.code())
                .bind("failed_with", with)
                .execute();
    }

    static void useUp(Handle handle, ConnectLink link, UUID mailbox, Instant now) {
        handle.createUpdate(USE_UP)
                .bind("workspace", link.workspaceId())
                .bind("id", link.id())
                .bind("mailbox", mailbox)
                .bind("now", now)
                .execute();
    }

    /** Counts a try of a password; empty when it may be made, or how long to wait. */
    static Optional<Duration> countTry(Handle handle, ConnectLink link, Instant now) {
        var isCounted =
                handle.createUpdate(COUNT_TRY)
                                .bind("workspace", link.workspaceId())
                                .bind("id", link.id())
                                .bind("now", now)
                                .bind("free", FREE_TRIES)
                                .bind("longest", (double) LONGEST_PAUSE.toSeconds())
                                .execute()
                        == 1;
        return isCounted
                ? Optional.empty()
                : Optional.of(
                        Duration.between(
                                now,
                                handle.createQuery(PAUSED_UNTIL)
                                        .bind("workspace", link.workspaceId())
                                        .bind("id", link.id())
                                        .mapTo(Instant.class)
                                        .one()));
    }
}
