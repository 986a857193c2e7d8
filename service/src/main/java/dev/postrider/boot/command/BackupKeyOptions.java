package dev.postrider.boot.command;

import dev.postrider.backup.BackUp;
import dev.postrider.backup.BackupKey;
import dev.postrider.boot.CannotStart;
import dev.postrider.boot.Variable;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What seals a backup: words or a key, and never on the command line, where others see them. */
final class BackupKeyOptions {
    private static final String VARIABLE = Variable.BACKUP_PASSPHRASE.variable();
    private static final int LEAST_WORDS = 12;

    @Option(
            names = "--passphrase-file",
            paramLabel = "FILE",
            description = "A file whose first line is the passphrase.")
    private @Nullable Path passphraseFile;

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            description = "A file made by: openssl rand -hex 32.")
    private @Nullable Path keyFile;

    /** What a new backup is sealed with. */
    BackupKey forNew(boolean encrypt, Function<String, Optional<String>> environment) {
        var given = given();
        if (given.isPresent()) {
            return given.get();
        }
        return encrypt
                ? inVariable(environment).map(this::words).orElseGet(this::askTwice)
                : none();
    }

    /** What a backup is opened with. */
    BackupKey forExisting(Path file, Function<String, Optional<String>> environment) {
        var given = given();
        if (given.isPresent() || !BackUp.wantsPassphrase(file)) {
            return given.orElseGet(BackupKeyOptions::none);
        }
        return inVariable(environment)
                .<BackupKey>map(BackupKey.Passphrase::new)
                .orElseGet(() -> new BackupKey.Passphrase(ask("Passphrase of the backup: ")));
    }

    private static Optional<String> inVariable(Function<String, Optional<String>> environment) {
        return environment.apply(VARIABLE).filter(words -> !words.isEmpty());
    }

    private static BackupKey none() {
        return new BackupKey.None();
    }

    private Optional<BackupKey> given() {
        if (keyFile != null && passphraseFile != null) {
            throw new CannotStart("--key-file and --passphrase-file are two ways: name one.");
        }
        if (keyFile != null) {
            return Optional.of(new BackupKey.KeyFile(read(keyFile).strip()));
        }
        return passphraseFile == null
                ? Optional.empty()
                : Optional.of(words(read(passphraseFile).lines().findFirst().orElse("")));
    }

    private BackupKey words(String words) {
        if (words.length() < LEAST_WORDS) {
            throw new CannotStart(
                    "The passphrase is shorter than "
                            + LEAST_WORDS
                            + " characters: take more words.");
        }
        return new BackupKey.Passphrase(words);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new CannotStart("The file " + file + " can't be read (" + e.getMessage() + ").");
        }
    }

    private BackupKey askTwice() {
        var words = ask("Passphrase for the backup: ");
        if (!words.equals(ask("The same again: "))) {
            throw new CannotStart("These were two different passphrases: try again.");
        }
        return words(words);
    }

    private static String ask(String question) {
        var console =
                Optional.ofNullable(System.console())
                        .filter(Console::isTerminal)
                        .orElseThrow(() ->
                                new CannotStart(
                                        "A passphrase is needed, and there is no terminal to ask in:"
                                                + " give it by --passphrase-file or in "
                                                + VARIABLE
                                                + "."));
        var words = console.readPassword(question);
        if (words == null) {
            throw new CannotStart("No passphrase was given.");
        }
        var text = new String(words);
        Arrays.fill(words, ' ');
        return text;
    }
}
