package dev.postrider.identity;

import dev.postrider.audit.AuditLog;
import dev.postrider.identity.apikey.ApiKeyTable;
import dev.postrider.identity.apikey.CheckKey;
import dev.postrider.identity.apikey.RateLimit;
import dev.postrider.identity.issuer.CheckToken;
import dev.postrider.identity.issuer.ExternalUsers;
import dev.postrider.identity.issuer.Issuers;
import dev.postrider.identity.login.AccessTokens;
import dev.postrider.identity.login.LogIn;
import dev.postrider.identity.login.LoginTable;
import dev.postrider.identity.login.LoginThrottle;
import dev.postrider.identity.login.Passwords;
import dev.postrider.identity.login.RefreshSession;
import dev.postrider.identity.login.RevokeSession;
import dev.postrider.identity.login.SessionTable;
import dev.postrider.identity.login.SigningKeys;
import dev.postrider.identity.login.StoredSigningKeys;
import dev.postrider.identity.user.FirstUser;
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
        CheckKey checkKey,
        RateLimit limitRate) {

    /**
     * Puts the parts together; makes the key that signs access tokens if the database has none.
     *
     * @return empty when the vault doesn't open the database's signing key
     */
    public static Optional<Identity> of(
            Database database, Vault vault, Issuers issuers, InstantSource clock) {
        return StoredSigningKeys.of(database, vault)
                .map(keys -> of(database, keys, issuers, clock));
    }

    /** Adds a key that signs access tokens from then on; running programs take it up. */
    public static void addSigningKey(Database database, Vault vault) {
        StoredSigningKeys.add(database, vault);
    }

    /** Forgets the signing keys that the vault doesn't open, and says how many. */
    public static int forgetLostSigningKeys(Database database, Vault vault) {
        return StoredSigningKeys.forgetLost(database, vault);
    }

    public static Identity of(
            Database database, SigningKeys keys, Issuers issuers, InstantSource clock) {
        var sessions = new SessionTable(database);
        var apiKeys = new ApiKeyTable(database);
        var accessTokens = new AccessTokens(keys, clock);
        return new Identity(
                new FirstUser(database),
                new LogIn(
                        new LoginTable(database),
                        new Passwords(),
                        new LoginThrottle(database, clock),
                        new AuditLog(database),
                        sessions,
                        accessTokens,
                        clock),
                new RefreshSession(sessions, accessTokens, clock),
                new RevokeSession(sessions, accessTokens, clock),
                new CheckToken(accessTokens, sessions, new ExternalUsers(issuers, database), clock),
                apiKeys,
                new CheckKey(apiKeys),
                new RateLimit(clock));
    }
}
