package dev.postrider.mailbox.connect;

import dev.postrider.credential.provider.Provider;
import dev.postrider.identity.OpaqueToken;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Browsers that are at a provider, asking for consent. */
final class ConnectAttemptTable {
    private static final String INSERT =
            """
            insert into connect_attempt
                (state_hash, workspace_id, link_id, browser_hash, provider, app, verifier, nonce,
                 expires_at)
            values
                (:state, :workspace, :link, :browser, :provider, :app, :verifier, :nonce,
                 :expires_at)
            """;

    /** Once, in time, and by the browser that was sent; whatever else comes leaves it be. */
    private static final String TAKE =
            """
            update connect_attempt
            set used_at = :now
            where state_hash = :state
              and browser_hash = :browser
              and used_at is null
              and expires_at > :now
            returning *
            """;

    /** The earlier ones of a link are good for nothing once another has begun. */
    private static final String END_OTHERS =
            """
            update connect_attempt
            set used_at = :now
            where workspace_id = :workspace
              and link_id = :link
              and used_at is null
            """;

    private static final String PURGE =
            """
            delete from connect_attempt
            where ctid = any (array(
                select ctid
                from connect_attempt
                where expires_at < :before
                order by expires_at
                limit :limit))
            """;

    private ConnectAttemptTable() {}

    /**
     * One time that a browser was sent to a provider.
     *
     * @param verifier PKCE's (RFC 7636)
     */
    record Attempt(
            UUID workspaceId,
            UUID linkId,
            Provider provider,
            String app,
            String verifier,
            String nonce) {
        @Override
        public String toString() {
            return "Attempt[" + linkId + "]";
        }
    }

    static void insert(
            Handle handle,
            OpaqueToken state,
            Browser browser,
            Attempt attempt,
            Instant now,
            Instant expiresAt) {
        handle.createUpdate(END_OTHERS)
                .bind("workspace", attempt.workspaceId())
                .bind("link", attempt.linkId())
                .bind("now", now)
                .execute();
        handle.createUpdate(INSERT)
                .bind("state", state.hash())
                .bind("workspace", attempt.workspaceId())
                .bind("link", attempt.linkId())
                .bind("browser", browser.hash())
                .bind("provider", attempt.provider().text())
                .bind("app", attempt.app())
                .bind("verifier", attempt.verifier())
                .bind("nonce", attempt.nonce())
                .bind("expires_at", expiresAt)
                .execute();
    }

    static Optional<Attempt> take(Handle handle, OpaqueToken state, Browser browser, Instant now) {
        return handle.createQuery(TAKE)
                .bind("state", state.hash())
                .bind("browser", browser.hash())
                .bind("now", now)
                .map((row, _) ->
                        new Attempt(
                                row.getObject("workspace_id", UUID.class),
                                row.getObject("link_id", UUID.class),
                                Provider.of(row.getString("provider")).orElseThrow(),
                                row.getString("app"),
                                row.getString("verifier"),
                                row.getString("nonce")))
                .findOne();
    }

    static int purge(Handle handle, Instant before, int limit) {
        return handle.createUpdate(PURGE).bind("before", before).bind("limit", limit).execute();
    }
}
