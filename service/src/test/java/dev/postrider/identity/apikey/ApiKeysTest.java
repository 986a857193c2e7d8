package dev.postrider.identity.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.identity.ApiKey;
import dev.postrider.identity.Caller;
import dev.postrider.identity.OpaqueToken;
import dev.postrider.identity.OpaqueToken.Kind;
import dev.postrider.identity.Role;
import dev.postrider.identity.login.CheapPasswords;
import dev.postrider.identity.user.FirstUser;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.NewId;
import dev.postrider.postgres.TestDatabase;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
final class ApiKeysTest {
    private final Database database;

    ApiKeysTest(Database database) {
        this.database = database;
        database.read(handle -> handle.execute("truncate workspace cascade"));
        new FirstUser(database, CheapPasswords.shared())
                .create(Optional.of("ann@example.com"), Optional.of("correct horse"));
    }

    @Test
    void aWorkspaceHasSoManyKeysAndNoMore() {
        var keys = new ApiKeys(database);
        database.read(handle ->
                handle.execute(
                        """
                        insert into api_key (workspace_id, id, user_id, name, permission, hash, per_second)
                        select workspace_id, gen_random_uuid(), id, 'n', 'full_access',
                            sha256(cast(cast(i as text) as bytea)), 1
                        from user_account
                        cross join generate_series(1, 999) as i
                        """));
        assertThat(keys.insert(ann(), key(), secret())).isEqualTo(ApiKeys.Creation.DONE);
        assertThat(keys.insert(ann(), key(), secret())).isEqualTo(ApiKeys.Creation.QUOTA_REACHED);
    }

    /** Each request asks; not each writes. */
    @Test
    void theLastUseIsWrittenOnceAMinute() {
        var keys = new ApiKeys(database);
        var secret = secret();
        keys.insert(ann(), key(), secret);
        var check = new CheckApiKey(keys);
        check.of(secret);
        var version = version();
        check.of(secret);
        assertThat(version()).isEqualTo(version);
        database.read(handle ->
                handle.execute("update api_key set last_used_at = now() - interval '61 seconds'"));
        version = version();
        check.of(secret);
        assertThat(version()).isNotEqualTo(version);
    }

    private String version() {
        return database.read(handle ->
                handle.createQuery("select cast(ctid as text) from api_key")
                        .mapTo(String.class)
                        .one());
    }

    private static ApiKeys.NewKey key() {
        return new ApiKeys.NewKey(
                NewId.get(), "crm", ApiKey.Permission.FULL_ACCESS, Optional.empty(), 1);
    }

    private static OpaqueToken secret() {
        return OpaqueToken.random(Kind.API_KEY);
    }

    private Caller ann() {
        var id =
                database.read(handle ->
                        handle.createQuery("select id from user_account").mapTo(UUID.class).one());
        return new Caller(new UUID(0, 1), id, "ann@example.com", Role.OWNER);
    }
}
