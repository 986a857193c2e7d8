package dev.postrider.doctor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Runs all checks side by side, for so long and no longer. */
public final class Examine {
    /**
     * For all of it, however many hang. With a JVM's start it stays within a quarter of a minute.
     */
    public static final Duration PATIENCE = Duration.ofSeconds(12);

    /** What a check gives what it asks, at most: less than there is, so that the rest is told. */
    static final Duration OF_A_CHECK = Duration.ofSeconds(10);

    private final Duration patience;

    public Examine() {
        this(PATIENCE);
    }

    Examine(Duration patience) {
        this.patience = patience;
    }

    /**
     * All findings, in the order of the checks.
     *
     * @param checks reads the settings, which may hang as well: a secret's file may be on a network
     */
    public Report all(Callable<List<Check>> checks) throws InterruptedException {
        var end = System.nanoTime() + patience.toNanos();
        try {
            var read = AtOnce.look(patience, checks);
            return read.isEmpty()
                    ? new Report(List.of(new Report.Part("Settings", late("the whole of it"))))
                    : look(read.get(), Duration.ofNanos(Math.max(0, end - System.nanoTime())));
        } catch (ExecutionException e) {
            return new Report(
                    List.of(new Report.Part("Settings", failed("the whole of it", e.getCause()))));
        }
    }

    private Report look(List<Check> checks, Duration left)
            throws InterruptedException, ExecutionException {
        var looks = checks.stream().map(Examine::look).toList();
        var found = AtOnce.look(left, looks);
        var parts = new ArrayList<Report.Part>();
        for (var i = 0; i < checks.size(); i++) {
            var about = checks.get(i).about();
            parts.add(new Report.Part(about, found.get(i).orElseGet(() -> late(about))));
        }
        return new Report(parts);
    }

    /** One that fails says so, and the others are seen. */
    private static Callable<List<Finding>> look(Check check) {
        return () -> {
            try {
                return check.look();
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) {
                return failed(check.about(), e);
            }
        };
    }

    private List<Finding> late(String about) {
        return List.of(
                Finding.warning(
                        "check-late",
                        "It took longer than " + patience.toSeconds() + " seconds to look.",
                        "So nothing is known about: " + about + ".",
                        "Try again; a network or a disk that doesn't answer may be the reason."));
    }

    private static List<Finding> failed(String about, @Nullable Throwable e) {
        return List.of(
                Finding.warning(
                        "check-failed",
                        "It couldn't be looked at (" + e + ").",
                        "So nothing is known about: " + about + ".",
                        "If the words above don't explain it, this is a bug: please report it."));
    }
}
