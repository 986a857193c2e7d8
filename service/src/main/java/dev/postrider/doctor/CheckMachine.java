package dev.postrider.doctor;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Memory, processors, open files, and the folder for temporary files.
 *
 * @param temporary where large messages are written while they are sent
 */
public record CheckMachine(Machine machine, Path temporary) implements Check {
    private static final long MEBIBYTE = 1024 * 1024;
    private static final long LEAST_MEMORY = 512 * MEBIBYTE;
    private static final long LEAST_OPEN_FILES = 4096;
    private static final long LEAST_TEMPORARY = 256 * MEBIBYTE;

    /**
     * What this machine, or the container around this process, has.
     *
     * @param memory in octets
     * @param openFiles how many this process may have at once
     */
    public record Machine(long memory, int processors, long openFiles) {
        public static Machine here() {
            var system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
            return new Machine(
                    system.getTotalMemorySize(),
                    Runtime.getRuntime().availableProcessors(),
                    system.getMaxFileDescriptorCount());
        }
    }

    public CheckMachine(Path temporary) {
        this(Machine.here(), temporary);
    }

    @Override
    public String about() {
        return "Machine";
    }

    @Override
    public List<Finding> look() {
        var found = new ArrayList<Finding>();
        found.add(memory());
        found.add(
                Finding.ok(
                        "processors",
                        machine.processors()
                                + (machine.processors() == 1 ? " processor." : " processors.")));
        found.add(openFiles());
        found.add(temporaryFolder());
        return found;
    }

    private Finding memory() {
        var size = machine.memory() / MEBIBYTE + " MiB of memory.";
        return machine.memory() < LEAST_MEMORY
                ? Finding.warning(
                        "memory-small",
                        size,
                        "The program and its database take up to about 500 MiB; what is short of it"
                                + " may be ended by the system.",
                        "Give the machine or container 1 GiB, or use a database elsewhere.")
                : Finding.ok("memory", size);
    }

    private Finding openFiles() {
        var limit = machine.openFiles() + " open files allowed.";
        return machine.openFiles() < LEAST_OPEN_FILES
                ? Finding.warning(
                        "open-files-few",
                        limit,
                        "Each connection of a client and to a mail server is one: at the limit new"
                                + " ones are refused.",
                        "Raise it: ulimit -n 65536, or LimitNOFILE=65536 in the systemd unit.")
                : Finding.ok("open-files", limit);
    }

    private Finding temporaryFolder() {
        var name = "The folder for temporary files, " + temporary + ",";
        var why = "Large messages and attachments are written there while they are handled.";
        if (!Files.isDirectory(temporary) || !Files.isWritable(temporary)) {
            return Finding.problem(
                    "temporary-folder-closed",
                    name + " can't be written.",
                    why,
                    "Make it writable, or name another one: -Djava.io.tmpdir=FOLDER in"
                            + " POSTRIDER_JAVA_OPTIONS.");
        }
        try {
            var free = Files.getFileStore(temporary).getUsableSpace();
            var has = name + " has " + free / MEBIBYTE + " MiB free.";
            return free < LEAST_TEMPORARY
                    ? Finding.warning("temporary-folder-full", has, why, "Make room there.")
                    : Finding.ok("temporary-folder", has);
        } catch (IOException e) {
            return Finding.warning(
                    "temporary-folder-unknown",
                    name + " doesn't tell how full it is (" + e.getMessage() + ").",
                    why,
                    "See to its file system.");
        }
    }
}
