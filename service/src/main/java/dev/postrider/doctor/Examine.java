package dev.postrider.doctor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Runs all checks side by side, for so long and no longer. */
public final class Examine {
    /** For all of them together, however many hang. */
    public static final Duration PATIENCE = Duration.ofSeconds(14);

    private final Duration patience;

    public Examine() {
        this(PATIENCE);
    }

    Examine(Duration patience) {
        this.patience = patience;
    }

    /** All findings, in the order of the checks. */
    public Report all(List<Check> checks) throws InterruptedException {
        // not waited for at the end: a look-up by the system can't be interrupted
        var threads =
                Executors.newThreadPerTaskExecutor(
                        Thread.ofPlatform().daemon().name("doctor-", 0).factory());
        var looks = checks.stream().map(check -> (Callable<List<Finding>>) check::look).toList();
        var found = threads.invokeAll(looks, patience.toMillis(), TimeUnit.MILLISECONDS);
        threads.shutdownNow();
        var parts = new ArrayList<Report.Part>();
        for (var i = 0; i < checks.size(); i++) {
            parts.add(
                    new Report.Part(checks.get(i).about(), findings(checks.get(i), found.get(i))));
        }
        return new Report(parts);
    }

    private List<Finding> findings(Check check, Future<List<Finding>> look)
            throws InterruptedException {
        try {
            return look.get();
        } catch (CancellationException _) {
            return List.of(
                    Finding.warning(
                            "check-late",
                            "It took longer than " + patience.toSeconds() + " seconds to look.",
                            "So nothing is known about: " + check.about() + ".",
                            "Try again; a network or a disk that doesn't answer may be the reason."));
        } catch (ExecutionException e) {
            return List.of(
                    Finding.warning(
                            "check-failed",
                            "It couldn't be looked at (" + e.getCause() + ").",
                            "So nothing is known about: " + check.about() + ".",
                            "If the words above don't explain it, this is a bug: please report it."));
        }
    }
}
