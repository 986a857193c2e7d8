package dev.postrider.bench.rig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What Linux has counted for a process (proc(5)). */
public final class ProcessCost {
    /** Of {@code /proc/PID/stat}; the kernel's USER_HZ, 100 on all that Java runs on. */
    private static final double TICK_MICROS = 10_000;

    private ProcessCost() {}

    /** Microseconds of processor time, the kernel's work for it included. */
    public static double micros(long pid) throws IOException {
        return micros(pid, 0);
    }

    /** The same with all of its children, also those that have ended. */
    public static double microsOfTree(long pid) throws IOException {
        var all = micros(pid, 2);
        var children = ProcessHandle.of(pid).stream().flatMap(ProcessHandle::children).toList();
        for (var child : children) {
            all += micros(child.pid(), 0);
        }
        return all;
    }

    private static double micros(long pid, int more) throws IOException {
        try {
            var stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            // Fields are counted from behind the name, which may hold anything: utime is field 14.
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            var ticks = 0L;
            for (var i = 11; i < 13 + more; i++) {
                ticks += Long.parseLong(fields[i]);
            }
            return ticks * TICK_MICROS;
        } catch (NoSuchFileException _) {
            // It has just ended, and its parent counts it now.
            return 0;
        }
    }

    /** The most memory that it has had resident, in MB. */
    public static long peakMegabytes(long pid) throws IOException {
        return kilobytes(pid, "status", "VmHWM:") / 1024;
    }

    /** The memory that it has resident now, in MB. */
    public static double residentMegabytes(long pid) throws IOException {
        return kilobytes(pid, "status", "VmRSS:") / 1024.0;
    }

    /**
     * Of {@link #residentMegabytes} what is the process's own, in MB: the rest are pages of files,
     * which the system reads again when it needs their room, and which others may share.
     */
    public static double ownMegabytes(long pid) throws IOException {
        return kilobytes(pid, "status", "RssAnon:") / 1024.0;
    }

    /** What it and its children have resident, what they share counted once (PSS), in MB. */
    public static double megabytesOfTree(long pid) throws IOException {
        var all = kilobytes(pid, "smaps_rollup", "Pss:");
        var children = ProcessHandle.of(pid).stream().flatMap(ProcessHandle::children).toList();
        for (var child : children) {
            all += kilobytes(child.pid(), "smaps_rollup", "Pss:");
        }
        return all / 1024.0;
    }

    private static long kilobytes(long pid, String file, String name) throws IOException {
        try {
            return Files.readAllLines(Path.of("/proc/" + pid + "/" + file)).stream()
                    .filter(line -> line.startsWith(name))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .sum();
        } catch (NoSuchFileException _) {
            return 0;
        }
    }
}
