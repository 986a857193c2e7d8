package dev.postrider.identity;

import dev.postrider.audit.AuditLog;
import dev.postrider.postgres.Database;
import dev.postrider.vault.Vault;
import java.time.InstantSource;
import java.util.Optional;

/** The parts of this package, put together once for a database. */
public record Identity(
        FirstUser firstUser,
        LogIn logIn,
        RefreshSession refreshSession,
        RevokeSession revokeSession,
        CheckToken checkToken,
        ApiKeyTable apiKeys,
        LimitRate limitRate) {

    /**
     * Puts the parts together; makes the key that signs access tokens if the database has none.
     *
     * @return empty when the vault doesn't open the database's signing key
     */
    public static Optional<Identity> of(Database database, Vault vault, InstantSource clock) {
        return SigningKey.of(database, vault).map(key -> of(database, key, clock));
    }

    static Identity of(Database database, SigningKey key, InstantSource clock) {
        var sessions = new SessionTable(database);
        var accessTokens = new AccessTokens(key, clock);
        return new Identity(
                new FirstUser(database),
                new LogIn(
                        new UserTable(database),
                        new Passwords(),
                        new SlowGuessing(database, clock),
                        new AuditLog(database),
                        sessions,
                        accessTokens,
                        clock),
                new RefreshSession(sessions, accessTokens, clock),
                new RevokeSession(sessions, accessTokens, clock),
                new CheckToken(accessTokens, sessions, clock),
                new ApiKeyTable(database),
                new LimitRate(clock));
    }
}
