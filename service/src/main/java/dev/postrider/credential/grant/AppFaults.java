package dev.postrider.credential.grant;

import dev.postrider.credential.provider.Provider;
import dev.postrider.credential.provider.ProviderApp;
import dev.postrider.log.Journal;
import dev.postrider.postgres.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/**
 * Which of the operator's apps are refused, as all nodes see it. The first who is refused raises
 * the alarm, and whoever is accepted again ends it; in between one node at a time looks, with
 * longer and longer pauses.
 */
final class AppFaults {
    private static final Journal JOURNAL = Journal.of("flow");
    private static final Duration FIRST_PROBE = Duration.ofSeconds(30);
    private static final Duration LONGEST_PROBE = Duration.ofMinutes(15);

    /** An app that has worked since isn't at fault for what one request is refused for. */
    private static final Duration WORKED = Duration.ofHours(1);

    private static final String LOCK =
            """
            insert into provider_app_fault (provider, app)
            values (:provider, :app)
            on conflict (provider, app) do nothing
            """;

    private static final String FAIL =
            """
            update provider_app_fault
            set failing_since = :now,
                kind = :kind,
                problem = :problem,
                probes = 0,
                probe_at = :probe_at
            where provider = :provider
              and app = :app
              and failing_since is null
              and (:is_for_all or worked_at is null or worked_at < :worked)
            """;

    private static final String RECOVER =
            """
            update provider_app_fault
            set failing_since = null,
                kind = null,
                problem = null,
                probes = 0,
                probe_at = null,
                worked_at = :now
            where provider = :provider
              and app = :app
              and failing_since is not null
              and (cast(:kind as text) is null or kind = :kind)
            """;

    private static final String WORKED_NOW =
            """
            insert into provider_app_fault as known (provider, app, worked_at)
            values (:provider, :app, :now)
            on conflict (provider, app) do update
            set worked_at = excluded.worked_at
            where known.worked_at is null or known.worked_at < :before
            """;

    private static final String PROBE =
            """
            update provider_app_fault
            set probes = probes + 1,
                probe_at = cast(:now as timestamptz)
                           + least(power(2, least(probes, 10)) * cast(:first as float8), :longest) * interval '1 second'
            where provider = :provider
              and app = :app
              and failing_since is not null
              and probe_at <= :now
            returning kind
            """;

    private static final String PROBE_NOW =
            """
            update provider_app_fault
            set probe_at = :now,
                probes = 0
            where failing_since is not null
            """;

    private static final String FAILING =
            """
            select provider, app, kind, problem, failing_since
            from provider_app_fault
            where failing_since is not null
            order by provider, app
            """;

    private final Database database;
    private final Supplier<GrantListener> listener;
    private final InstantSource clock;

    AppFaults(Database database, Supplier<GrantListener> listener, InstantSource clock) {
        this.database = database;
        this.listener = listener;
        this.clock = clock;
    }

    /** Which endpoint refuses the app. */
    enum Kind {
        TOKEN("token"),
        API("api");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        static Kind of(String text) {
            return text.equals(API.text) ? API : TOKEN;
        }
    }

    /** An app that is refused. */
    record Fault(Provider provider, String app, Kind kind, String problem, Instant since) {}

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
                    handle.createUpdate(LOCK)
                            .bind("provider", app.provider().text())
                            .bind("app", app.name())
                            .execute();
                    var changed =
                            handle.createUpdate(FAIL)
                                            .bind("provider", app.provider().text())
                                            .bind("app", app.name())
                                            .bind("now", at(now))
                                            .bind("kind", kind.text)
                                            .bind("problem", problem)
                                            .bind("probe_at", at(now.plus(FIRST_PROBE)))
                                            .bind("is_for_all", isForAll)
                                            .bind("worked", at(now.minus(WORKED)))
                                            .execute()
                                    == 1;
                    if (changed) {
                        listener.get().appFailing(handle, app.provider(), app.name(), problem);
                    }
                    return changed;
                });
        if (isNew) {
            JOURNAL.warning(
                    "app refused, its mailboxes wait", "app", app.label(), "problem", problem);
        }
    }

    /** The token endpoint has accepted an app. */
    void worked(ProviderApp app) {
        recover(app, Optional.of(Kind.TOKEN));
        var now = clock.instant();
        database.inTransaction(handle ->
                handle.createUpdate(WORKED_NOW)
                        .bind("provider", app.provider().text())
                        .bind("app", app.name())
                        .bind("now", at(now))
                        .bind("before", at(now.minus(WORKED.dividedBy(4))))
                        .execute());
    }

    /**
     * An app is refused no more.
     *
     * @param kind only if it was refused by this endpoint; empty for any
     */
    void recover(ProviderApp app, Optional<Kind> kind) {
        var isMended =
                database.inTransaction(handle -> {
                    var changed =
                            handle.createUpdate(RECOVER)
                                            .bind("provider", app.provider().text())
                                            .bind("app", app.name())
                                            .bind("kind", kind.map(each -> each.text))
                                            .bind("now", at(clock.instant()))
                                            .execute()
                                    == 1;
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
                handle.createQuery(PROBE)
                        .bind("provider", fault.provider().text())
                        .bind("app", fault.app())
                        .bind("now", at(clock.instant()))
                        .bind("first", FIRST_PROBE.toSeconds() * 2)
                        .bind("longest", LONGEST_PROBE.toSeconds())
                        .map((row, _) -> Kind.of(row.getString("kind")))
                        .findOne());
    }

    /** A program that starts may have been given what mends them. */
    void probeAllNow() {
        database.inTransaction(handle ->
                handle.createUpdate(PROBE_NOW).bind("now", at(clock.instant())).execute());
    }

    List<Fault> failing() {
        return database.read(AppFaults::failing);
    }

    private static List<Fault> failing(Handle handle) {
        return handle.createQuery(FAILING)
                .map((row, _) ->
                        new Fault(
                                Provider.of(row.getString("provider")).orElseThrow(),
                                row.getString("app"),
                                Kind.of(row.getString("kind")),
                                row.getString("problem"),
                                row.getObject("failing_since", OffsetDateTime.class).toInstant()))
                .list();
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
