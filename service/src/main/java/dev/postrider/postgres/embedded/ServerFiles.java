package dev.postrider.postgres.embedded;

import dev.postrider.postgres.DatabaseUnusable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Optional;

/** Where the embedded server keeps what, all of it readable by the folder's owner alone. */
record ServerFiles(Path folder) {
    /** Of the process file, counted from 0 (LOCK_FILE_LINE_PM_STATUS of its miscadmin.h). */
    private static final int STATUS_LINE = 7;

    Path data() {
        return folder.resolve("postgres");
    }

    /** Staged data is served by the programs of the folder around it. */
    Path binaries() {
        var around = folder.endsWith(StagedData.FOLDER) ? folder.resolveSibling(".") : folder;
        return around.normalize().resolve("postgres-binaries");
    }

    Path log() {
        return folder.resolve("postgres.log");
    }

    Path password() {
        return folder.resolve("postgres.password");
    }

    /** The major version of the PostgreSQL that made the data; empty when there is none yet. */
    Optional<Integer> version() {
        return ServerPrograms.of(data());
    }

    /**
     * Whether the server that is starting takes connections: it writes so into its process file.
     */
    boolean isServerReady() throws IOException {
        try {
            var said = Files.readAllLines(data().resolve("postmaster.pid"));
            return said.size() > STATUS_LINE && said.get(STATUS_LINE).strip().equals("ready");
        } catch (NoSuchFileException _) {
            return false;
        }
    }

    LeftoverServer leftover() {
        return new LeftoverServer(data(), binaries());
    }

    /**
     * Stands from before the data is made until the server has started on it for the first time.
     */
    private Path unfinished() {
        return folder.resolve("postgres.unfinished");
    }

    /**
     * Makes ready for a start. Data whose making was cut off can't be used and holds nothing yet,
     * so it is made anew.
     *
     * @return the superuser's password
     */
    String prepare() throws IOException {
        if (Files.exists(unfinished())) {
            delete(data());
        }
        if (!Files.exists(data())) {
            if (!Files.exists(unfinished())) {
                createPrivate(unfinished());
            }
            if (!Files.exists(password())) {
                writePassword();
            }
        }
        if (!Files.exists(log())) {
            createPrivate(log());
        }
        if (!Files.exists(password())) {
            throw new DatabaseUnusable(
                    "The embedded database's password file "
                            + password()
                            + " is missing: restore it from a backup.");
        }
        return Files.readString(password()).strip();
    }

    void complete() throws IOException {
        Files.deleteIfExists(unfinished());
    }

    /** By a rename, so that it is never half written. */
    private void writePassword() throws IOException {
        var random = new byte[24];
        new SecureRandom().nextBytes(random);
        var draft = folder.resolve("postgres.password.new");
        Files.deleteIfExists(draft);
        createPrivate(draft);
        Files.writeString(draft, HexFormat.of().formatHex(random) + "\n");
        Files.move(draft, password(), StandardCopyOption.ATOMIC_MOVE);
    }

    private static void createPrivate(Path file) throws IOException {
        Files.createFile(
                file,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
