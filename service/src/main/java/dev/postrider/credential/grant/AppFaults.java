package dev.postrider.credential.grant;

import dev.postrider.credential.provider.AppWatch;
import dev.postrider.credential.provider.Provider;
import dev.postrider.credential.provider.ProviderApp;
import dev.postrider.log.Journal;
import dev.postrider.postgres.Database;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Which of the operator's apps are refused, as all nodes see it. The first who is refused raises
 * the alarm, and whoever is accepted again ends it; in between one node at a time looks, with
 * longer and longer pauses.
 */
@Singleton
public final class AppFaults implements AppWatch {
    private static final Journal JOURNAL = Journal.of("flow");
    private static final Duration FIRST_PROBE = Duration.ofSeconds(30);
    private static final Duration NEXT_PROBE = Duration.ofMinutes(1);
    private static final Duration LONGEST_PROBE = Duration.ofMinutes(15);

    /** As long as an email may take to be refused. */
    private static final Duration TRIAL = Duration.ofMinutes(2);

    /** An app that has worked since isn't at fault for what one request is refused for. */
    private static final Duration WORKED = Duration.ofHours(1);

    private final Database database;
    private final Supplier<GrantListener> listener;
    private final InstantSource clock;

    @Inject
    public AppFaults(Database database, Instance<GrantListener> listener, InstantSource clock) {
        this(database, (Supplier<GrantListener>) listener::get, clock);
    }

    AppFaults(Database database, Supplier<GrantListener> listener, InstantSource clock) {
        this.database = database;
        this.listener = listener;
        this.clock = clock;
    }

    /** Which endpoint refuses the app. */
    public enum Kind {
        TOKEN,
        API;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Kind of(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT));
        }
    }

    /** An app that is refused, since when and why. */
    public record Fault(Provider provider, String app, Kind kind, String problem, Instant since) {}

    /**
     * An app was refused.
     *
     * @param isForAll whether all its mailboxes are; else only an app that hasn't worked lately is
     *     called failing
     */
    void failed(ProviderApp app, Kind kind, boolean isForAll, String problem) {
        var now = clock.instant();
        var isNew =
                database.inTransaction(handle -> {
                    var changed =
                            AppFaultTable.fail(
                                    handle,
                                    app,
                                    kind,
                                    isForAll,
                                    problem,
                                    now,
                                    now.plus(FIRST_PROBE),
                                    now.minus(WORKED));
                    if (changed) {
                        listener.get().appFailing(handle, app.provider(), app.name(), problem);
                    } else if (kind == Kind.API) {
                        AppFaultTable.failTrial(handle, app);
                    }
                    return changed;
                });
        if (isNew) {
            JOURNAL.warning(
                    "app refused, its mailboxes wait", "app", app.label(), "problem", problem);
        }
    }

    @Override
    public void refused(ProviderApp app, boolean isForAll, String problem) {
        failed(app, Kind.TOKEN, isForAll, problem);
    }

    @Override
    public void accepted(ProviderApp app) {
        recover(app, Optional.of(Kind.TOKEN));
        var now = clock.instant();
        database.inTransaction(handle -> {
            AppFaultTable.worked(handle, app, now, now.minus(WORKED.dividedBy(4)));
            return true;
        });
    }

    /**
     * An app is refused no more.
     *
     * @param kind only if it was refused by this endpoint; empty for any
     */
    void recover(ProviderApp app, Optional<Kind> kind) {
        var isMended =
                database.inTransaction(handle -> {
                    var changed = AppFaultTable.recover(handle, app, kind, clock.instant());
                    if (changed) {
                        listener.get().appRecovered(handle, app.provider(), app.name());
                    }
                    return changed;
                });
        if (isMended) {
            JOURNAL.event("app accepted again, its mailboxes go on", "app", app.label());
        }
    }

    /** Takes the probe of an app when one is due: of all nodes one gets it. */
    Optional<Kind> probe(Fault fault) {
        return database.inTransaction(handle ->
                AppFaultTable.probe(handle, fault, clock.instant(), NEXT_PROBE, LONGEST_PROBE));
    }

    /** A program that starts may have been given what mends them. */
    void probeAllNow() {
        database.inTransaction(handle -> AppFaultTable.probeAll(handle, clock.instant()));
    }

    /** Lets one mailbox try an API of which only an email can tell whether it is well. */
    void openTrial(ProviderApp app) {
        database.inTransaction(handle -> AppFaultTable.openTrial(handle, app));
    }

    /** Of all who ask, one gets it. */
    boolean takeTrial(ProviderApp app) {
        return database.inTransaction(
                handle -> AppFaultTable.takeTrial(handle, app, clock.instant()));
    }

    /** Whether a mailbox has tried, and nobody has complained since. */
    boolean hasPassedTrial(ProviderApp app) {
        return database.read(
                handle -> AppFaultTable.hasPassedTrial(handle, app, clock.instant().minus(TRIAL)));
    }

    /** Those that are refused now. */
    public List<Fault> failing() {
        return database.read(AppFaultTable::failing);
    }
}
