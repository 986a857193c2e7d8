package dev.postrider.credential.grant;

import dev.postrider.credential.provider.Account;
import dev.postrider.credential.provider.Provider;
import dev.postrider.credential.provider.Tier;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A grant as it is stored, with its tokens sealed and what its app suffers from.
 *
 * @param version the credential's
 * @param revision counted up by each refresh
 * @param tryAfter until then the token endpoint isn't asked again
 * @param ended the code of its end
 * @param problem the last refresh's
 * @param appFault its app is refused
 */
record GrantRow(
        Key key,
        GrantInfo info,
        SealedTokens sealed,
        long version,
        long revision,
        Instant usedAt,
        Optional<Instant> nextRefresh,
        int failures,
        Optional<Instant> tryAfter,
        Optional<String> ended,
        Optional<String> problem,
        Optional<AppFault> appFault) {
    /** Whose it is. */
    record Key(UUID workspaceId, UUID mailboxId) {}

    /**
     * @param isTokenEndpoint whether that refuses it; else the API does
     * @param isOnTrial whether one mailbox may try it
     */
    record AppFault(String problem, boolean isTokenEndpoint, boolean isOnTrial) {}

    /** Whether it is to be refreshed although nobody asks. */
    boolean isDue(Instant now) {
        return ended.isEmpty() && nextRefresh.filter(at -> !at.isAfter(now)).isPresent();
    }

    static GrantRow read(ResultSet row) throws SQLException {
        return new GrantRow(
                new Key(
                        row.getObject("workspace_id", UUID.class),
                        row.getObject("mailbox_id", UUID.class)),
                info(row),
                new SealedTokens(row.getBytes("secret")),
                row.getLong("version"),
                row.getLong("revision"),
                instant(row, "used_at").orElseThrow(),
                instant(row, "next_refresh_at"),
                row.getInt("failures"),
                instant(row, "try_after"),
                Optional.ofNullable(row.getString("end_code")),
                Optional.ofNullable(row.getString("problem")),
                appFault(row));
    }

    private static Optional<AppFault> appFault(ResultSet row) throws SQLException {
        var isTokenEndpoint = "token".equals(row.getString("app_fault"));
        var isOnTrial = row.getBoolean("app_trial");
        return Optional.ofNullable(row.getString("app_problem"))
                .map(problem -> new AppFault(problem, isTokenEndpoint, isOnTrial));
    }

    /** With what its app suffers from, which is worse. */
    GrantInfo infoNow() {
        return info.atFault(appFault.map(AppFault::problem));
    }

    static GrantInfo info(ResultSet row) throws SQLException {
        return new GrantInfo(
                Provider.of(row.getString("provider")).orElseThrow(),
                row.getString("app"),
                row.getBoolean("is_application"),
                new Account(
                        row.getString("subject"),
                        Optional.ofNullable(row.getString("tenant")),
                        Optional.of(row.getString("address"))),
                Tier.of(row.getString("tier")).orElseThrow(),
                Set.of((String[]) row.getArray("scopes").getArray()),
                instant(row, "granted_at").orElseThrow(),
                instant(row, "ends_at"),
                instant(row, "refreshed_at").orElseThrow(),
                row.getString("end_code") != null,
                Optional.ofNullable(row.getString("problem")));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
                .map(OffsetDateTime::toInstant);
    }
}
