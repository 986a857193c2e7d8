package dev.postrider.credential.grant;

import dev.postrider.credential.grant.AppFaults.Fault;
import dev.postrider.credential.grant.AppFaults.Kind;
import dev.postrider.credential.provider.Provider;
import dev.postrider.credential.provider.ProviderApp;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** Reads and writes what apps suffer from: of all who see the same, one changes the row. */
final class AppFaultTable {
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
                probe_at = :probe_at,
                trial = null
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
                trial = null,
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

    private static final String OPEN_TRIAL =
            """
            update provider_app_fault
            set trial = 'open'
            where provider = :provider
              and app = :app
              and failing_since is not null
              and trial is null
            """;

    private static final String TAKE_TRIAL =
            """
            update provider_app_fault
            set trial = 'taken',
                trial_at = :now
            where provider = :provider
              and app = :app
              and trial = 'open'
            """;

    private static final String FAIL_TRIAL =
            """
            update provider_app_fault
            set trial = null
            where provider = :provider
              and app = :app
              and trial is not null
            """;

    private static final String PASSED_TRIAL =
            """
            select exists (
                select
                from provider_app_fault
                where provider = :provider
                  and app = :app
                  and trial = 'taken'
                  and trial_at <= :before
            )
            """;

    private AppFaultTable() {}

    /**
     * Marks an app as failing.
     *
     * @param worked an app that has worked since isn't failing, unless all are refused
     * @return whether it wasn't
     */
    static boolean fail(
            Handle handle,
            ProviderApp app,
            Kind kind,
            boolean isForAll,
            String problem,
            Instant now,
            Instant probeAt,
            Instant worked) {
        of(app, handle.createUpdate(LOCK)).execute();
        return of(app, handle.createUpdate(FAIL))
                        .bind("now", at(now))
                        .bind("kind", kind.text())
                        .bind("problem", problem)
                        .bind("probe_at", at(probeAt))
                        .bind("is_for_all", isForAll)
                        .bind("worked", at(worked))
                        .execute()
                == 1;
    }

    /**
     * @param kind empty for any
     * @return whether it was failing
     */
    static boolean recover(Handle handle, ProviderApp app, Optional<Kind> kind, Instant now) {
        return of(app, handle.createUpdate(RECOVER))
                        .bind("kind", kind.map(Kind::text))
                        .bind("now", at(now))
                        .execute()
                == 1;
    }

    /** Not written again when it is known to have worked since. */
    static void worked(Handle handle, ProviderApp app, Instant now, Instant before) {
        of(app, handle.createUpdate(WORKED_NOW))
                .bind("now", at(now))
                .bind("before", at(before))
                .execute();
    }

    /** Takes the probe of an app when it is due. */
    static Optional<Kind> probe(
            Handle handle, Fault fault, Instant now, Duration first, Duration longest) {
        return handle.createQuery(PROBE)
                .bind("provider", fault.provider().text())
                .bind("app", fault.app())
                .bind("now", at(now))
                .bind("first", first.toSeconds())
                .bind("longest", longest.toSeconds())
                .map((row, _) -> Kind.of(row.getString("kind")))
                .findOne();
    }

    static int probeAll(Handle handle, Instant now) {
        return handle.createUpdate(PROBE_NOW).bind("now", at(now)).execute();
    }

    static boolean openTrial(Handle handle, ProviderApp app) {
        return of(app, handle.createUpdate(OPEN_TRIAL)).execute() == 1;
    }

    static boolean takeTrial(Handle handle, ProviderApp app, Instant now) {
        return of(app, handle.createUpdate(TAKE_TRIAL)).bind("now", at(now)).execute() == 1;
    }

    static boolean failTrial(Handle handle, ProviderApp app) {
        return of(app, handle.createUpdate(FAIL_TRIAL)).execute() == 1;
    }

    static boolean hasPassedTrial(Handle handle, ProviderApp app, Instant before) {
        return of(app, handle.createQuery(PASSED_TRIAL))
                .bind("before", at(before))
                .mapTo(Boolean.class)
                .one();
    }

    static List<Fault> failing(Handle handle) {
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

    private static <S extends SqlStatement<S>> S of(ProviderApp app, S statement) {
        return statement.bind("provider", app.provider().text()).bind("app", app.name());
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
