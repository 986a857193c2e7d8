package dev.postrider.boot.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.boot.CannotStart;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.DatabaseUnusable;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.vault.FakeTransit;
import dev.postrider.vault.KeysetForm;
import dev.postrider.vault.KmsKey;
import dev.postrider.vault.MasterKeyFile;
import dev.postrider.vault.MasterKeyUnusable;
import dev.postrider.vault.Vault;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./postrider keys}, beside a program that has the database open. */
@ExtendWith(TestDatabase.class)
final class KeysCommandTest {
    private final ByteArrayOutputStream words = new ByteArrayOutputStream();
    private final Database database;
    private final Path folder;
    private final MasterKeyFile file;

    KeysCommandTest(Database database, @TempDir Path folder) {
        this.database = database;
        this.folder = folder;
        this.file = new MasterKeyFile(folder.resolve("key.json"));
    }

    @BeforeEach
    void aProgramHasStarted() throws Exception {
        database.read(handle -> handle.execute("truncate data_key cascade"));
        Files.deleteIfExists(file.path());
        run("create", file.path().toString());
        assertThat(start()).isPresent();
    }

    @Test
    void newKeysAreAdded() {
        run("rotate");
        assertThat(count("data_key")).isEqualTo(2);
        assertThat(words.toString(UTF_8)).contains("within 10 seconds");
        assertThat(start()).isPresent();
    }

    @Test
    void aMasterKeyIsReplacedInTwoSteps() throws Exception {
        var before = Files.readString(file.path());
        var id = new UUID(0, 5);
        var sealed = Vault.of(database, file).seal("wonderland", id);
        run("rotate", "--master");
        assertThat(Vault.of(database, file).open(sealed, id)).contains("wonderland");
        run("retire");
        assertThat(Vault.of(database, file).open(sealed, id)).contains("wonderland");
        assertThat(start()).isPresent();
        assertThat(words.toString(UTF_8)).contains("copy it to every node");

        Files.writeString(file.path(), before);
        assertThat(start()).as("with the old file").isEmpty();
    }

    @Test
    void aLostMasterKeyIsSaidAndGotOver() throws Exception {
        Files.delete(file.path());
        file.create();
        assertThat(start()).isEmpty();
        run("lost");
        assertThatThrownBy(() -> run("lost")).hasMessageContaining("nothing is lost");
        assertThat(words.toString(UTF_8)).contains("credentials can't be read");
        assertThat(start()).isPresent();
    }

    @Test
    void aMasterKeyIsEncryptedByAServiceWhileTheProgramRuns() throws Exception {
        var id = new UUID(0, 6);
        var sealed = Vault.of(database, file).seal("wonderland", id);
        try (var transit = new FakeTransit()) {
            runWith(Map.of("POSTRIDER_MASTER_KEY_KMS", transit.uri()), "wrap");
            var encrypted =
                    new MasterKeyFile(
                            file.path(), new KeysetForm(Optional.of(new KmsKey(transit.uri()))));
            assertThat(Vault.of(database, encrypted).open(sealed, id)).contains("wonderland");
            runWith(Map.of("POSTRIDER_MASTER_KEY_KMS", transit.uri()), "rotate", "--master");
            runWith(Map.of("POSTRIDER_MASTER_KEY_KMS", transit.uri()), "retire");
            assertThat(Vault.of(database, encrypted).open(sealed, id)).contains("wonderland");
            runWith(Map.of("POSTRIDER_MASTER_KEY_KMS", transit.uri()), "unwrap");
        }
        assertThat(Vault.of(database, file).open(sealed, id)).contains("wonderland");
    }

    @Test
    void aNewKeyIsMadeForAServiceBeforeAnythingElseIsSet() throws Exception {
        var next = folder.resolve("next.json");
        try (var transit = new FakeTransit()) {
            command(
                            Map.of(
                                    "POSTRIDER_MASTER_KEY_KMS",
                                    transit.uri(),
                                    "POSTRIDER_DATABASE_URL",
                                    "postgresql://u:p@127.0.0.1:1/db"))
                    .run(List.of("keys", "create", next.toString()));
        }
        assertThat(next).content().contains("encryptedKeyset");
    }

    @Test
    void aMasterKeyInTheEnvironmentCanBeUsedButNotReplacedThere() throws Exception {
        var text = Map.of("POSTRIDER_MASTER_KEY", Files.readString(file.path()));
        runWithout("POSTRIDER_MASTER_KEY_FILE", text, "rotate");
        assertThat(count("data_key")).isEqualTo(2);
        for (var words : List.of("rotate --master", "retire")) {
            assertThatThrownBy(() ->
                            runWithout("POSTRIDER_MASTER_KEY_FILE", text, words.split(" ", -1)))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("put it in a file of mode 0600");
        }
    }

    @Test
    void withoutAServiceNothingIsWrapped() {
        assertThatThrownBy(() -> run("wrap"))
                .isInstanceOf(CannotStart.class)
                .hasMessageStartingWith("Set POSTRIDER_MASTER_KEY_KMS");
    }

    @Test
    void withoutAProgramOnTheDataFolderThereIsNothingToDo() {
        var settings = Map.of("POSTRIDER_DATA_DIR", folder.resolve("none").toString());
        assertThatThrownBy(() -> command(settings).run(List.of("keys", "rotate")))
                .isInstanceOf(DatabaseUnusable.class)
                .hasMessageContaining("start it with ./postrider serve");
    }

    @Test
    void otherWordsAreNotUnderstood() {
        for (var bad : List.of("", "create", "rotate all", "rotate --all", "create a b")) {
            assertThatThrownBy(() ->
                            command(Map.of()).run(List.of(("keys " + bad).strip().split(" ", -1))))
                    .isInstanceOf(CannotStart.class);
        }
    }

    private Optional<Vault> start() {
        try {
            return Optional.of(Vault.atStart(database, file));
        } catch (MasterKeyUnusable _) {
            return Optional.empty();
        }
    }

    private void run(String... given) {
        runWith(Map.of(), given);
    }

    private void runWith(Map<String, String> more, String... given) {
        runWithout("nothing", more, given);
    }

    private void runWithout(String variable, Map<String, String> more, String... given) {
        var url = database.url();
        var environment =
                new HashMap<>(
                        Map.of(
                                "POSTRIDER_DATABASE_URL",
                                "postgresql://%s:%s@%s:%d/%s%s"
                                        .formatted(
                                                url.user(),
                                                url.password(),
                                                url.host(),
                                                url.port(),
                                                url.database(),
                                                url.query().isEmpty() ? "" : "?" + url.query()),
                                "POSTRIDER_MASTER_KEY_FILE",
                                file.path().toString()));
        environment.putAll(more);
        environment.remove(variable);
        var words = new ArrayList<>(List.of("keys"));
        words.addAll(List.of(given));
        command(environment).run(words);
    }

    private Commands command(Map<String, String> environment) {
        return new Commands(
                name -> Optional.ofNullable(environment.get(name)),
                new PrintStream(words, true, UTF_8));
    }

    private int count(String table) {
        return database.read(handle ->
                handle.createQuery("select count(*) from " + table).mapTo(Integer.class).one());
    }
}
