package dev.postrider.doctor;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The data folder: whose it is, who may look into it, what it is on, how full that is, and who runs
 * on it.
 *
 * @param isDatabaseHere whether the embedded database is in it
 */
public record CheckDataFolder(Path folder, boolean isDatabaseHere) implements Check {
    private static final String WHY = "Without it the program doesn't start.";
    private static final String SET = "set POSTRIDER_DATA_DIR to another folder.";
    private static final long MEBIBYTE = 1024 * 1024;
    private static final long LEAST = 512 * MEBIBYTE;
    private static final long FEW = 2048 * MEBIBYTE;

    /** Where a lock or a flush to the disk may not be what it says. */
    private static final Set<String> ELSEWHERE =
            Set.of("nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs", "afs", "ceph");

    /** It belongs to who runs this. */
    private static final Path SELF = Path.of("/proc/self");

    private static final Set<String> IN_MEMORY = Set.of("tmpfs", "ramfs");

    @Override
    public String about() {
        return "Data folder " + folder;
    }

    @Override
    public List<Finding> look() throws IOException {
        if (!Files.exists(folder)) {
            return missing();
        }
        if (!Files.isDirectory(folder)) {
            return List.of(
                    Finding.problem(
                            "data-folder-no-folder",
                            folder + " is no folder.",
                            WHY,
                            "Move it away, or " + SET));
        }
        var found = new ArrayList<Finding>();
        found.add(writable());
        found.add(mode());
        found.add(fileSystem());
        found.add(space(folder));
        found.add(holder());
        return found;
    }

    private List<Finding> missing() throws IOException {
        var parent = folder.toAbsolutePath().getParent();
        while (parent != null && !Files.exists(parent)) {
            parent = parent.getParent();
        }
        if (parent == null || !Files.isWritable(parent)) {
            return List.of(
                    Finding.problem(
                            "data-folder-unmakable",
                            "It doesn't exist, and can't be made in " + parent + ".",
                            WHY,
                            "Make it and give it to the program's user, or " + SET));
        }
        return List.of(
                Finding.ok("data-folder-new", "It doesn't exist yet: the first start makes it."),
                space(parent));
    }

    private Finding writable() throws IOException {
        var owner = Files.getOwner(folder).getName();
        var user = System.getProperty("user.name");
        var store = Files.getFileStore(folder);
        if (store.isReadOnly()) {
            return Finding.problem(
                    "data-folder-read-only",
                    "Its file system (" + store.type() + ") is read-only.",
                    WHY,
                    "Mount it writable, or " + SET);
        }
        if (!Files.isWritable(folder)) {
            return Finding.problem(
                    "data-folder-of-another",
                    "It belongs to " + owner + ", and this user, " + user + ", can't write it.",
                    WHY,
                    "chown -R " + user + " " + folder + ", or run this as " + owner + ".");
        }
        // by number: in a container it may have no name
        if (!Files.getAttribute(folder, "unix:uid").equals(Files.getAttribute(SELF, "unix:uid"))) {
            return Finding.warning(
                    "data-folder-owner",
                    "It belongs to " + owner + ", and this user is " + user + ".",
                    "What one of them writes, the other may not be able to read.",
                    "Run the program and its commands as " + owner + ".");
        }
        return Finding.ok("data-folder", "It belongs to " + owner + ", who runs this.");
    }

    private Finding mode() throws IOException {
        var mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(folder));
        return mode.endsWith("------")
                ? Finding.ok("data-folder-mode", "Nobody else may look into it.")
                : Finding.warning(
                        "data-folder-open",
                        "Others may look into it (" + mode + ").",
                        "The master key and the database are in it. The next start closes a folder"
                                + " of Postrider's own, and refuses one with other files in it.",
                        "chmod 700 " + folder);
    }

    private Finding fileSystem() throws IOException {
        var type = Files.getFileStore(folder).type().toLowerCase(Locale.ROOT);
        if (ELSEWHERE.contains(type)) {
            return Finding.warning(
                    "data-folder-network",
                    "It is on a network file system (" + type + ").",
                    "Whether what is flushed there has reached a disk, and whether a lock holds on"
                            + " other machines, depends on its server and mount options. An email that"
                            + " was accepted may be lost.",
                    "Use a disk of this machine, or a PostgreSQL elsewhere (POSTRIDER_DATABASE_URL).");
        }
        if (IN_MEMORY.contains(type)) {
            return Finding.warning(
                    "data-folder-in-memory",
                    "It is in memory (" + type + ").",
                    "All of it is gone when the machine or the container restarts.",
                    "Use a folder on a disk or a volume.");
        }
        return Finding.ok("data-folder-file-system", "It is on " + type + ".");
    }

    private Finding space(Path place) throws IOException {
        var free = Files.getFileStore(place).getUsableSpace();
        var text = free / MEBIBYTE + " MiB free.";
        var why = "A database without room takes no more email, and may stop.";
        var advice = "Make room, or keep less: POSTRIDER_KEEP_CONTENT, POSTRIDER_KEEP_HISTORY.";
        if (isDatabaseHere && free < LEAST) {
            return Finding.problem("disk-full", text, why, advice);
        }
        if (isDatabaseHere && free < FEW) {
            return Finding.warning("disk-low", text, why, advice);
        }
        return Finding.ok("disk", text);
    }

    /** Its lock is tried and given back; the file is there already, or nothing is locked. */
    private Finding holder() throws IOException {
        var file = folder.resolve("postrider.lock");
        if (!Files.isWritable(file)) {
            return Finding.ok("data-folder-free", "No program runs on it.");
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE);
                var lock = channel.tryLock()) {
            return lock == null
                    ? held(file)
                    : Finding.ok("data-folder-free", "No program runs on it.");
        } catch (OverlappingFileLockException _) {
            return held(file);
        }
    }

    private static Finding held(Path file) throws IOException {
        return Finding.ok(
                "data-folder-held",
                "Postrider runs on it (process " + Files.readString(file).strip() + ").");
    }
}
