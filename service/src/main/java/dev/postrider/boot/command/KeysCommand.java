package dev.postrider.boot.command;

import dev.postrider.boot.CannotStart;
import dev.postrider.boot.Settings;
import dev.postrider.postgres.Database;
import dev.postrider.vault.KeysetForm;
import dev.postrider.vault.KmsKey;
import dev.postrider.vault.MasterKeyFile;
import dev.postrider.vault.MasterKeySource;
import dev.postrider.vault.RotateKeys;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code ./postrider keys …}: makes, adds and retires keys, beside the programs that use them.
 *
 * @param environment looks a variable up; settings are read only when a command needs them
 */
@Command(
        name = "keys",
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Makes, replaces and looks after the keys that encrypt credentials, beside the programs"
                    + " that use them.",
            "docs/security.md says when."
        })
record KeysCommand(Function<String, Optional<String>> environment, PrintStream terminal) {
    @Command(
            name = "create",
            description = "Makes a new master key, for POSTRIDER_MASTER_KEY_FILE.")
    void create(
            @Parameters(paramLabel = "FILE", description = "Where; it must not exist yet.")
                    Path file) {
        new MasterKeyFile(file, Settings.masterKey(environment).form()).create();
    }

    @Command(
            name = "rotate",
            description = "Adds a new key for credentials and tokens, beside the running server.")
    void rotate(
            @Option(
                            names = "--master",
                            description = "A new master key, beside the old one in its file.")
                    boolean master) {
        if (master) {
            rotateMaster();
        } else {
            rotateData();
        }
    }

    private void rotateData() {
        try (var database = database()) {
            new RotateKeys(database).addDataKey(masterKey());
            terminal.println(
                    "A new key for credentials has been added. The running program picks it up"
                            + " within 10 seconds, re-encrypts everything and deletes the old key; its log"
                            + " says so.");
        }
    }

    private void rotateMaster() {
        var file = file();
        try (var database = database()) {
            new RotateKeys(database).addMasterKey(file);
            terminal.println(
                    "The master key file "
                            + file.path()
                            + " now has a new key beside the old one. Back it up, copy it to every node,"
                            + " then run ./postrider keys retire.");
        }
    }

    @Command(
            name = "retire",
            description = "Takes all master keys but the newest away, after rotate --master.")
    void retire() {
        var file = file();
        try (var database = database()) {
            if (!new RotateKeys(database).retireMasterKeys(file)) {
                throw new CannotStart(
                        "Some credentials are still encrypted by the master key itself. The running"
                                + " program re-encrypts them within seconds: try again then.");
            }
            terminal.println(
                    "The master key file "
                            + file.path()
                            + " has only the newest key now. Back it up, and copy it to every node.");
        }
    }

    @Command(name = "wrap", description = "Encrypts the master key by POSTRIDER_MASTER_KEY_KMS.")
    void wrap() {
        var key = kms();
        file(KeysetForm.CLEAR).rewrite(new KeysetForm(Optional.of(key)));
        terminal.println(
                "The master key is encrypted by "
                        + key.uri()
                        + " now. Copy its file to every node, with POSTRIDER_MASTER_KEY_KMS set, and"
                        + " delete the unencrypted copies.");
    }

    @Command(name = "unwrap", description = "Takes that encryption away.")
    void unwrap() {
        file(new KeysetForm(Optional.of(kms()))).rewrite(KeysetForm.CLEAR);
        terminal.println(
                "The master key is no longer encrypted: unset POSTRIDER_MASTER_KEY_KMS, and"
                        + " copy the file to every node.");
    }

    private KmsKey kms() {
        return Settings.masterKey(environment)
                .kms()
                .orElseThrow(() ->
                        new CannotStart(
                                "Set POSTRIDER_MASTER_KEY_KMS to the key that encrypts the master"
                                        + " key."));
    }

    @Command(
            name = "lost",
            description =
                    "Starts again after a master key was lost for good: credentials are to be given anew.")
    void lost() {
        try (var database = database()) {
            if (!new RotateKeys(database).startAnew(masterKey())) {
                throw new CannotStart(
                        "The master key opens this database's keys: nothing is lost.");
            }
            terminal.println(
                    "A new key has been added, encrypted by this master key. The program starts"
                            + " now; each mailbox is held because its credentials can't be read, until its"
                            + " password is given again.");
        }
    }

    private Settings settings() {
        return Settings.read(environment);
    }

    private Database database() {
        return AttachedDatabase.database(settings());
    }

    private MasterKeySource masterKey() {
        var given = settings();
        return given.masterKey().source(given.dataDir());
    }

    private MasterKeyFile file() {
        return file(Settings.masterKey(environment).form());
    }

    private MasterKeyFile file(KeysetForm form) {
        var given = settings();
        if (given.masterKey().text().isPresent()) {
            throw new CannotStart(
                    "The master key is in POSTRIDER_MASTER_KEY, which this command can't change:"
                            + " put it in a file of mode 0600, name that file in POSTRIDER_MASTER_KEY_FILE"
                            + " for this command, and then give the programs the file's new content.");
        }
        return new MasterKeyFile(given.masterKey().file(given.dataDir()).path(), form);
    }
}
