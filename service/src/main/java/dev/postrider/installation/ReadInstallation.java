package dev.postrider.installation;

import dev.postrider.credential.grant.AppFaults;
import dev.postrider.flow.store.lane.LaneCounts;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.DatabaseSize;
import dev.postrider.vault.SealedCounts;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads how an installation is doing, at most once in some seconds however many ask: pages that
 * refresh themselves cost no more than one. Safe for concurrent use.
 */
@Singleton
public final class ReadInstallation {
    private static final Duration FRESH = Duration.ofSeconds(4);

    /** However long it takes, a twentieth of the time at most is spent on it. */
    private static final int SHARE = 20;

    private final Database database;
    private final Supplier<List<AppFaults.Fault>> faults;
    private final InstantSource clock;

    /** Whoever has it reads; the others wait for what they read. */
    private final ReentrantLock reading = new ReentrantLock();

    /** Both guarded by the lock. */
    private @Nullable Reading last;

    private Instant staleAt = Instant.MIN;

    @Inject
    public ReadInstallation(Database database, AppFaults faults, InstantSource clock) {
        this(database, faults::failing, clock);
    }

    ReadInstallation(
            Database database, Supplier<List<AppFaults.Fault>> faults, InstantSource clock) {
        this.database = database;
        this.faults = faults;
        this.clock = clock;
    }

    public Reading read() {
        reading.lock();
        try {
            var known = last;
            var now = clock.instant();
            if (known != null && now.isBefore(staleAt)) {
                return known;
            }
            var read =
                    database.read(handle ->
                            new Reading(
                                    now,
                                    LaneCounts.read(handle),
                                    SealedCounts.read(handle),
                                    DatabaseSize.read(handle),
                                    faults.get()));
            last = read;
            staleAt = staleAt(now, clock.instant());
            return read;
        } finally {
            reading.unlock();
        }
    }

    static Instant staleAt(Instant from, Instant until) {
        var pause = Duration.between(from, until).multipliedBy(SHARE);
        return from.plus(pause.compareTo(FRESH) > 0 ? pause : FRESH);
    }
}
