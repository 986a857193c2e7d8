package dev.postrider.flow.store.count;

import dev.postrider.flow.store.find.Visibility;
import dev.postrider.postgres.Database;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Counts emails by the hour that accepted them. An hour of which few still wait is counted once for
 * its whole workspace and kept; then its last emails are looked up one by one. What one user or one
 * mailbox has is counted anew each time. Safe for concurrent use.
 */
@Singleton
public final class CountEmails {
    private static final Duration HOUR = Duration.ofHours(1);

    /** After its end an hour gets no more emails: those whose commit took longest are kept. */
    private static final Duration SETTLED = Duration.ofHours(1);

    /** Emails that may still wait of an hour that is kept. */
    private static final int FEW = 1_000;

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Database database;
    private final InstantSource clock;

    public CountEmails(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** An hour, by its begin, and what became of its emails. */
    public record Hour(Instant begin, HourCounts counts) {}

    /**
     * What was counted.
     *
     * @param hours oldest first; the oldest of those that were asked for are missing when there was
     *     no time for them: they are counted when somebody asks again
     */
    public record Counted(List<Hour> hours) {
        public Counted {
            hours = List.copyOf(hours);
        }
    }

    /** Of whole hours, from one on until just before another. */
    public Counted count(Visibility scope, Instant from, Instant until) {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        var isWhole = scope.onlyUser().isEmpty() && scope.onlyMailbox().isEmpty();
        Map<Instant, HourCounts> kept = isWhole ? kept(scope.workspaceId(), from, until) : Map.of();
        var hours = new ArrayList<Hour>();
        for (var hour = until.minus(HOUR); !hour.isBefore(from); hour = hour.minus(HOUR)) {
            var known = Optional.ofNullable(kept.get(hour));
            if (known.isEmpty() && System.nanoTime() > deadline) {
                break;
            }
            var begin = hour;
            hours.add(
                    new Hour(
                            hour,
                            known.orElseGet(() ->
                                    isWhole ? countAndKeep(scope, begin) : one(scope, begin))));
        }
        return new Counted(hours.reversed());
    }

    private HourCounts one(Visibility scope, Instant hour) {
        return database.of(scope.workspaceId()).read(handle -> CountHour.in(handle, scope, hour));
    }

    /** What those that waited have come to since then is added, and kept when it is final. */
    private Map<Instant, HourCounts> kept(UUID workspace, Instant from, Instant until) {
        var database = this.database.of(workspace);
        var kept = database.read(handle -> HourTable.kept(handle, workspace, from, until));
        var waiting = kept.stream().flatMap(each -> each.waiting().stream()).toList();
        var states = database.read(handle -> HourTable.states(handle, workspace, waiting));
        var all = new HashMap<Instant, HourCounts>();
        for (var each : kept) {
            var counts = each.ended();
            var ended = each.ended();
            var open = new ArrayList<UUID>();
            for (var id : each.waiting()) {
                var state = states.get(id);
                if (state == null) {
                    continue;
                }
                counts = counts.plus(state);
                if (state.isFinal()) {
                    ended = ended.plus(state);
                } else {
                    open.add(id);
                }
            }
            all.put(each.hour(), counts);
            if (open.size() < each.waiting().size()) {
                var later = new HourTable.Kept(each.hour(), each.version(), ended, open);
                database.inTransaction(handle -> {
                    HourTable.keep(handle, workspace, later);
                    return later;
                });
            }
        }
        return all;
    }

    private HourCounts countAndKeep(Visibility scope, Instant hour) {
        var workspace = scope.workspaceId();
        if (clock.instant().isBefore(hour.plus(HOUR).plus(SETTLED))) {
            return one(scope, hour);
        }
        var database = this.database.of(workspace);
        var version = database.inTransaction(handle -> HourTable.version(handle, workspace, hour));
        var counted = database.read(handle -> CountHour.withWaiting(handle, workspace, hour, FEW));
        if (counted.counts().waiting() <= FEW) {
            var kept =
                    new HourTable.Kept(hour, version, counted.counts().ended(), counted.waiting());
            database.inTransaction(handle -> {
                HourTable.keep(handle, workspace, kept);
                return kept;
            });
        }
        return counted.counts();
    }
}
