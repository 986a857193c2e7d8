package dev.postrider.boot.command;

import dev.postrider.backup.BackupUnusable;
import dev.postrider.backup.DoubtWaiting;
import dev.postrider.backup.Progress;
import dev.postrider.backup.Restore;
import dev.postrider.backup.Waiting;
import dev.postrider.boot.CannotStart;
import dev.postrider.boot.Settings;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./postrider restore FILE}: into a folder or a database with nothing in it. */
@Command(
        name = "restore",
        description = {
            "Puts the backup FILE into POSTRIDER_DATA_DIR, where no database is, or into the empty"
                    + " database of POSTRIDER_DATABASE_URL. All of FILE is checked before.",
            "Emails that waited then may have been sent since; --waiting says what becomes of them."
                    + " See docs/backup.md."
        })
final class RestoreCommand implements Runnable {
    private final Function<String, Optional<String>> environment;
    private final PrintStream terminal;

    @Parameters(paramLabel = "FILE")
    private Path file = Path.of("");

    @Option(
            names = "--waiting",
            paramLabel = "WHAT",
            defaultValue = "hold",
            description =
                    "hold (default): their mailboxes are paused until somebody resumes them. resend:"
                            + " each is sent once more, or reported, as its sender chose by on_unknown."
                            + " report: none is sent, each ends as unknown.")
    private String waiting = "hold";

    @Mixin private BackupKeyOptions key = new BackupKeyOptions();

    RestoreCommand(Function<String, Optional<String>> environment, PrintStream terminal) {
        this.environment = environment;
        this.terminal = terminal;
    }

    @Override
    public void run() {
        try {
            restore(Settings.read(environment), waiting());
        } catch (BackupUnusable e) {
            throw new CannotStart(String.valueOf(e.getMessage()));
        }
    }

    private Waiting waiting() {
        try {
            return Waiting.valueOf(waiting.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException _) {
            throw new CannotStart(
                    "--waiting is \"" + waiting + "\": it is hold, resend or report.");
        }
    }

    private void restore(Settings settings, Waiting chosen) {
        var opened = key.forExisting(file, environment);
        var restore =
                new Restore(Progress.on(terminal, "Checking"), Progress.on(terminal, "Restoring"));
        var wanted = new Restore.Wanted(file, opened, chosen);
        Restore.KeepMasterKey keepKey = key -> placeKey(settings, key);
        var restored =
                settings.databaseUrl()
                        .map(url -> restore.into(url, wanted, keepKey))
                        .orElseGet(() ->
                                restore.into(
                                        settings.dataDir(), settings.postgres(), wanted, keepKey));
        terminal.println(
                "%,d rows as of %s are restored into %s."
                        .formatted(
                                restored.end().rows(),
                                restored.head().takenAt(),
                                settings.databaseUrl()
                                        .map(Object::toString)
                                        .orElseGet(() -> settings.dataDir().toString())));
        sayWaiting(restored.waiting(), chosen);
        terminal.println(
                "What was done after that moment is undone: sessions and API keys that were revoked"
                        + " since are valid again, a request repeated with its Idempotency-Key sends"
                        + " again, events waiting for webhooks are told again with the same webhook-id."
                        + " See docs/backup.md.");
        if (restored.masterKey().isEmpty()) {
            sayKey(settings);
        }
    }

    private void sayWaiting(DoubtWaiting.Told told, Waiting chosen) {
        if (told.mailboxes() == 0) {
            terminal.println("No email waited then, so none can be sent twice.");
            return;
        }
        terminal.println(
                "%,d emails in %,d mailboxes waited then and may have been sent since. "
                                .formatted(told.emails() + told.forLater(), told.mailboxes())
                        + switch (chosen) {
                            case HOLD ->
                                    "Their mailboxes are paused: cancel what was sent, then resume"
                                            + " each.";
                            case RESEND ->
                                    "Each is sent once more with the same Message-ID, or reported, as"
                                            + " its sender chose by on_unknown."
                                            + forLater(told.forLater());
                            case REPORT -> "None is sent: each ends as unknown.";
                        });
    }

    private static String forLater(long emails) {
        return emails == 0
                ? ""
                : " But %,d are scheduled for a time still to come, and go then: cancel those that were"
                                .formatted(emails)
                        + " canceled or moved to an earlier time since.";
    }

    private void sayKey(Settings settings) {
        if (settings.masterKey().text().isPresent()) {
            return;
        }
        var path = settings.masterKey().file(settings.dataDir()).path();
        terminal.println(
                Files.exists(path)
                        ? "The master key file " + path + " is used, if it is the right one."
                        : "The master key isn't in the backup: put your copy at "
                                + path
                                + ", mode 0600, before you start.");
    }

    /**
     * Before the rows: a restore that was cut off behind them isn't begun again, and the key would
     * be in nothing but the backup.
     */
    private void placeKey(Settings settings, String masterKey) {
        if (settings.masterKey().text().isPresent()) {
            return;
        }
        var path = settings.masterKey().file(settings.dataDir()).path();
        try {
            var exists = Files.exists(path);
            if (exists && Files.readString(path).equals(masterKey)) {
                return;
            }
            var target = exists ? path.resolveSibling(path.getFileName() + ".restored") : path;
            write(target, masterKey);
            terminal.println(
                    exists
                            ? path
                                    + " is another key than the backup's, which is in "
                                    + target
                                    + " now: the database is opened by that one."
                            : "Its master key is in " + target + " now.");
        } catch (IOException e) {
            throw new CannotStart(
                    "The backup's master key can't be written to "
                            + path
                            + " ("
                            + e.getMessage()
                            + "): nothing was restored.");
        }
    }

    /** Under its name it is whole, and on the disk. */
    private static void write(Path path, String text) throws IOException {
        var unfinished = path.resolveSibling(path.getFileName() + ".unfinished");
        Files.deleteIfExists(unfinished);
        try (var channel =
                FileChannel.open(
                        unfinished,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")))) {
            for (var octets = StandardCharsets.UTF_8.encode(text); octets.hasRemaining(); ) {
                channel.write(octets);
            }
            channel.force(true);
        }
        Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
    }
}
