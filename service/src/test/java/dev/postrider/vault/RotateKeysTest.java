package dev.postrider.vault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.postgres.Database;
import dev.postrider.postgres.NewId;
import dev.postrider.postgres.TestDatabase;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Keys come and go while two nodes hold the vault open. */
@ExtendWith(TestDatabase.class)
final class RotateKeysTest {
    private static final UUID WORKSPACE = new UUID(0, 9);
    private static final String SECRET = "wonderland";

    private final Database database;
    private final MasterKeyFile file;
    private final Vault one;
    private final Vault two;

    RotateKeysTest(Database database, @TempDir Path folder) {
        this.database = database;
        this.file = new MasterKeyFile(folder.resolve("key.json"));
        file.create();
        database.read(handle -> handle.execute("truncate workspace, data_key cascade"));
        database.read(handle ->
                handle.execute(
                        "insert into workspace (id, name) values ('%s', 'Test')"
                                .formatted(WORKSPACE)));
        one = Vault.of(database, file);
        two = Vault.of(database, file);
    }

    @Test
    void aNewDataKeySealsEverythingAnewAndTheOldOneGoes() {
        var rotated = webhook(one);
        rotateSecret(rotated);
        var ids = List.of(mailbox(one), mailbox(two), webhook(one), rotated);
        var before = one.currentKey();
        assertThat(two.currentKey()).isEqualTo(before);

        new RotateKeys(database).addDataKey(file);
        var done = reseal(one);
        assertThat(done.resealed()).as("with a secret before").isEqualTo(5);
        assertThat(done.unreadable()).isZero();
        assertThat(done.forgotten()).containsExactly(before);
        assertThat(one.currentKey()).isNotEqualTo(before);
        assertThat(keys()).containsExactly(one.currentKey());

        two.refresh();
        assertThat(two.currentKey()).isEqualTo(one.currentKey());
        assertThat(ids).allSatisfy(id -> assertThat(two.open(stored(id), id)).contains(SECRET));
        assertThat(reseal(two).resealed()).isZero();
        assertThat(two.open(previous(rotated), rotated)).contains("queen of hearts");
    }

    @Test
    void aKeyIsNotForgottenBeforeAllNodesHaveTakenUpTheNext() {
        mailbox(one);
        new RotateKeys(database).addDataKey(file);
        var done = new ReencryptSecrets(database, one).once(Duration.ofHours(1));
        assertThat(done.resealed()).isOne();
        assertThat(done.forgotten()).isEmpty();
        assertThat(reseal(one).forgotten()).hasSize(1);
    }

    @Test
    void theDatabaseRefusesToForgetAKeyThatIsNeeded() {
        mailbox(one);
        assertThatThrownBy(() -> database.read(handle -> handle.execute("delete from data_key")))
                .hasMessageContaining("credential");
    }

    @Test
    void whatTheMasterKeySealedItselfIsSealedByADataKey() {
        var id = NewId.get();
        var direct = file.open().seal(SECRET.getBytes(UTF_8), octets(id));
        mailbox(id, direct);
        assertThat(one.open(stored(id), id)).contains(SECRET);
        assertThat(new RotateKeys(database).retireMasterKeys(file)).isFalse();
        assertThat(reseal(one).resealed()).isOne();
        assertThat(DataKey.idIn(stored(id))).contains(one.currentKey());
        assertThat(one.open(stored(id), id)).contains(SECRET);
        assertThat(new RotateKeys(database).retireMasterKeys(file)).isTrue();
    }

    @Test
    void whileAMasterKeyIsReplacedNodesStartWithTheOldFileAndTheNewOne() throws IOException {
        var id = mailbox(one);
        var old = copy("old.json");
        var rotate = new RotateKeys(database);
        rotate.addMasterKey(file);
        rotate.addDataKey(file);
        assertThat(Vault.of(database, file).open(stored(id), id)).contains(SECRET);
        assertThat(Vault.of(database, old).open(stored(id), id)).contains(SECRET);
        assertThat(Vault.of(database, old).currentKey())
                .isEqualTo(Vault.of(database, file).currentKey());

        assertThat(rotate.retireMasterKeys(file)).isTrue();
        assertThat(Vault.of(database, file).open(stored(id), id)).contains(SECRET);
        assertThatThrownBy(() -> Vault.atStart(database, old))
                .isInstanceOf(MasterKeyUnusable.class);
        assertThat(one.open(stored(id), id)).as("a node that runs goes on").contains(SECRET);
    }

    @Test
    void aNodeThatRunsReadsItsFileAgainForAKeyThatItCannotOpen() {
        var rotate = new RotateKeys(database);
        rotate.addMasterKey(file);
        rotate.retireMasterKeys(file);
        rotate.addDataKey(file);
        var id = mailbox(Vault.of(database, file));
        one.refresh();
        assertThat(one.open(stored(id), id)).contains(SECRET);
    }

    @Test
    void withALostMasterKeySecretsAreUnreadableAndNewOnesAreSealed() throws IOException {
        var lost = mailbox(one);
        Files.delete(file.path());
        file.create();
        assertThatThrownBy(() -> Vault.atStart(database, file))
                .isInstanceOf(MasterKeyUnusable.class)
                .hasMessageContaining("it is another database's key");
        assertThat(new RotateKeys(database).startAnew(file)).isTrue();
        assertThat(new RotateKeys(database).startAnew(file)).isFalse();
        var started = Vault.of(database, file);
        assertThat(started.open(stored(lost), lost)).isEmpty();
        var given = mailbox(started);
        assertThat(started.open(stored(given), given)).contains(SECRET);
        var done = reseal(started);
        assertThat(done.unreadable()).isOne();
        assertThat(done.forgotten()).as("what somebody may still restore stays").isEmpty();
    }

    private ReencryptSecrets.Done reseal(Vault vault) {
        return new ReencryptSecrets(database, vault).once(Duration.ZERO.minusSeconds(1));
    }

    private MasterKeyFile copy(String name) throws IOException {
        return new MasterKeyFile(Files.copy(file.path(), file.path().resolveSibling(name)));
    }

    private UUID mailbox(Vault vault) {
        var id = NewId.get();
        mailbox(id, vault.seal(SECRET, id));
        return id;
    }

    private void mailbox(UUID id, byte[] sealed) {
        database.read(handle -> {
            handle.execute(
                    """
                    insert into mailbox (workspace_id, id, address, provider, state)
                    values (?, ?, 'a@example.org', 'sandbox', 'active')
                    """,
                    WORKSPACE,
                    id);
            return handle.execute(
                    """
                    insert into credential (workspace_id, mailbox_id, kind, secret)
                    values (?, ?, 'password', ?)
                    """,
                    WORKSPACE,
                    id,
                    sealed);
        });
    }

    private UUID webhook(Vault vault) {
        var id = NewId.get();
        database.read(handle ->
                handle.execute(
                        """
                        insert into webhook (workspace_id, id, endpoint, events, secret, status)
                        values (?, ?, 'https://example.org', '{email.sent}', ?, 'enabled')
                        """,
                        WORKSPACE,
                        id,
                        vault.seal(SECRET, id)));
        return id;
    }

    /** The secret before signs for a while. */
    private void rotateSecret(UUID webhook) {
        database.read(handle ->
                handle.execute(
                        """
                        update webhook
                        set previous_secret = ?,
                            previous_secret_until = now()
                        where id = ?
                        """,
                        one.seal("queen of hearts", webhook),
                        webhook));
    }

    private byte[] previous(UUID webhook) {
        return database.read(handle ->
                handle.createQuery("select previous_secret from webhook where id = :id")
                        .bind("id", webhook)
                        .mapTo(byte[].class)
                        .one());
    }

    private byte[] stored(UUID id) {
        return database.read(handle ->
                handle.createQuery(
                                """
                                select secret from credential where mailbox_id = :id
                                union all
                                select secret from webhook where id = :id
                                """)
                        .bind("id", id)
                        .mapTo(byte[].class)
                        .one());
    }

    private List<Integer> keys() {
        return database.read(handle ->
                handle.createQuery("select id from data_key").mapTo(Integer.class).list());
    }

    private static byte[] octets(UUID id) {
        return ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }
}
