package dev.postrider.boot;

import dev.postrider.identity.Identity;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.RunningServer;
import dev.postrider.vault.MasterKeyFile;
import dev.postrider.vault.RotateKeys;
import dev.postrider.vault.Vault;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/**
 * {@code ./postrider keys …}: makes, adds and retires keys, beside the programs that use them.
 *
 * @param settings read only when a command needs them
 */
record KeysCommand(Supplier<Settings> settings, PrintStream terminal) {
    void run(List<String> words) {
        switch (words) {
            case List<String> given when given.size() == 2 && given.getFirst().equals("create") ->
                    new MasterKeyFile(Path.of(given.getLast())).create();
            case List<String> given when given.equals(List.of("rotate")) -> rotate();
            case List<String> given when given.equals(List.of("rotate", "--master")) ->
                    rotateMaster();
            case List<String> given when given.equals(List.of("retire")) -> retire();
            case List<String> given when given.equals(List.of("lost")) -> lost();
            case List<String> given ->
                    throw new CannotStart(
                            "\"keys "
                                    + String.join(" ", given)
                                    + "\" is not understood: see ./postrider help.");
        }
    }

    private void rotate() {
        try (var database = database()) {
            var file = masterKey();
            new RotateKeys(database, file).addDataKey();
            Identity.addSigningKey(database, Vault.of(database, file));
            terminal.println(
                    "New keys are there for credentials and for access tokens. The running program"
                            + " takes them up within 10 seconds, seals everything anew, and forgets"
                            + " the old ones; its log says so.");
        }
    }

    private void rotateMaster() {
        try (var database = database()) {
            new RotateKeys(database, masterKey()).addMasterKey();
            terminal.println(
                    "The master key file "
                            + masterKey().path()
                            + " has a new key, and the old one. Back it up, copy it to every node,"
                            + " then run ./postrider keys retire.");
        }
    }

    private void retire() {
        try (var database = database()) {
            if (!new RotateKeys(database, masterKey()).retireMasterKeys()) {
                throw new CannotStart(
                        "Some credentials are still sealed by the master key itself: the running"
                                + " program changes that within seconds; try again then.");
            }
            terminal.println(
                    "The master key file "
                            + masterKey().path()
                            + " has only the newest key now. Back it up, and copy it to every node.");
        }
    }

    private void lost() {
        try (var database = database()) {
            var forgotten =
                    Identity.forgetLostSigningKeys(database, Vault.of(database, masterKey()));
            terminal.println(
                    "Forgot "
                            + forgotten
                            + " signing keys that no master key opens. The program starts now; each"
                            + " mailbox is held, credentials unreadable, until it is given its"
                            + " password again.");
        }
    }

    private Database database() {
        return Database.at(
                settings.get()
                        .databaseUrl()
                        .orElseGet(() -> RunningServer.of(settings.get().dataDir())));
    }

    private MasterKeyFile masterKey() {
        return new MasterKeyFile(
                settings.get()
                        .masterKeyFile()
                        .orElseGet(() -> settings.get().dataDir().resolve("master-key.json")));
    }
}
