package dev.postrider.boot.command;

import dev.postrider.backup.BackUp;
import dev.postrider.backup.BackupKey;
import dev.postrider.backup.BackupUnusable;
import dev.postrider.backup.Progress;
import dev.postrider.boot.CannotStart;
import dev.postrider.boot.ProgramVersion;
import dev.postrider.boot.Settings;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./postrider backup FILE}: all rows as of one moment, beside the program or without it. */
@Command(
        name = "backup",
        description = {
            "Writes all of the database to FILE, while the program runs or not. FILE is there when it"
                    + " is whole, and was read back.",
            "The master key isn't in it unless asked: keep a copy of its file elsewhere. See"
                    + " docs/backup.md."
        })
final class BackupCommand implements Runnable {
    private final Function<String, Optional<String>> environment;
    private final PrintStream terminal;

    @Parameters(paramLabel = "FILE")
    private Path file = Path.of("");

    @Option(names = "--verify", description = "Only reads FILE to its end, and says what is in it.")
    private boolean verify;

    @Option(names = "--encrypt", description = "Encrypts it with a passphrase, asked for twice.")
    private boolean encrypt;

    @Option(
            names = "--with-key",
            description =
                    "Puts the master key in, without which no credential can be read; encrypted only.")
    private boolean withKey;

    @Option(names = "--overwrite", description = "Replaces a FILE that is there already.")
    private boolean overwrite;

    @Mixin private BackupKeyOptions key = new BackupKeyOptions();

    BackupCommand(Function<String, Optional<String>> environment, PrintStream terminal) {
        this.environment = environment;
        this.terminal = terminal;
    }

    @Override
    public void run() {
        try {
            if (verify) {
                verify();
            } else {
                make(Settings.read(environment));
            }
        } catch (BackupUnusable e) {
            throw new CannotStart(String.valueOf(e.getMessage()));
        }
    }

    private void verify() {
        var found =
                new BackUp(ProgramVersion.read().version(), Progress.on(terminal, "Reading"))
                        .check(file, key.forExisting(file, environment));
        terminal.println(
                file
                        + " is whole: "
                        + found
                        + ", by Postrider "
                        + found.head().postrider()
                        + " on PostgreSQL "
                        + found.head().server()
                        + (found.head().hasMasterKey() ? ", with" : ", without")
                        + " the master key.");
    }

    private void make(Settings settings) {
        var wanted =
                new BackUp.Wanted(
                        file,
                        overwrite,
                        key.forNew(encrypt, environment),
                        withKey ? Optional.of(masterKey(settings)) : Optional.empty());
        var backUp = new BackUp(ProgramVersion.read().version(), Progress.on(terminal, "Writing"));
        var made =
                settings.databaseUrl()
                        .map(url -> backUp.of(url, wanted))
                        .orElseGet(
                                () -> backUp.of(settings.dataDir(), settings.postgres(), wanted));
        terminal.println(file + " is written and was read back: " + made + ".");
        if (!withKey) {
            terminal.println(
                    "The master key isn't in it. Without a copy of "
                            + place(settings)
                            + ", kept elsewhere, no mailbox's credentials can be read after a"
                            + " restore.");
        }
        if (wanted.key() instanceof BackupKey.None) {
            terminal.println(
                    "It isn't encrypted: whoever has the file reads everybody's email. --encrypt"
                            + " encrypts it.");
        }
    }

    private static String masterKey(Settings settings) {
        var text = settings.masterKey().text();
        if (text.isPresent()) {
            return text.get().value();
        }
        var path = settings.masterKey().file(settings.dataDir()).path();
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new CannotStart(
                    "The master key file " + path + " can't be read (" + e.getMessage() + ").");
        }
    }

    private static String place(Settings settings) {
        return settings.masterKey().text().isPresent()
                ? "POSTRIDER_MASTER_KEY"
                : settings.masterKey().file(settings.dataDir()).path().toString();
    }
}
