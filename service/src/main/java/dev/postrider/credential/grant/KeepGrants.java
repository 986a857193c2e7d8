package dev.postrider.credential.grant;

import dev.postrider.credential.provider.AccessToken;
import dev.postrider.credential.provider.ProviderApp;
import dev.postrider.credential.provider.ProviderApps;
import dev.postrider.credential.provider.token.ProbeApi;
import dev.postrider.credential.provider.token.ProviderCalls;
import dev.postrider.log.Journal;
import dev.postrider.machine.Loop;
import dev.postrider.machine.Machine;
import dev.postrider.postgres.Database;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Keeps grants alive between the emails: tokens of those who send are replaced before they are
 * needed, those of the idle so often that none dies of it; grants that end are told of before, and
 * an app that was refused is tried until it is accepted. On every node; what one does, the others
 * find done.
 */
@Singleton
public final class KeepGrants implements Machine {
    private static final Journal JOURNAL = Journal.of("flow");
    private static final Duration LOOK_EVERY = Duration.ofSeconds(10);

    /** Before its end a grant is told of: time enough for a weekend. */
    private static final Duration TOLD_BEFORE = Duration.ofDays(3);

    private static final int AT_ONCE = 8;
    private static final int MOST = 200;

    private final Database database;
    private final Grants grants;
    private final AppFaults faults;
    private final ProviderApps apps;
    private final ProbeApi api;
    private final Supplier<GrantListener> listener;
    private final InstantSource clock;

    /** Of the loop's thread: the day on which secrets were looked at last. */
    private LocalDate warned = LocalDate.MIN;

    private final Loop loop =
            new Loop(JOURNAL, "grants", "grants can't be refreshed", LOOK_EVERY, this::once);

    @Inject
    public KeepGrants(
            Database database,
            Grants grants,
            AppFaults faults,
            ProviderApps apps,
            Instance<GrantListener> listener,
            InstantSource clock) {
        this(database, grants, faults, apps, new ProviderCalls(), listener::get, clock);
    }

    KeepGrants(
            Database database,
            Grants grants,
            AppFaults faults,
            ProviderApps apps,
            ProviderCalls calls,
            Supplier<GrantListener> listener,
            InstantSource clock) {
        this.database = database;
        this.grants = grants;
        this.faults = faults;
        this.apps = apps;
        this.api = new ProbeApi(calls);
        this.listener = listener;
        this.clock = clock;
    }

    /** With no app there is no grant, and nothing to look for. */
    @Override
    public void start() {
        if (!apps.all().isEmpty()) {
            faults.probeAllNow();
            loop.start();
        }
    }

    /** All there is to do now. */
    void once() throws InterruptedException {
        warnOfSecrets();
        tellExpiring();
        probe();
        refresh();
    }

    private void warnOfSecrets() {
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        if (today.equals(warned)) {
            return;
        }
        warned = today;
        for (var app : apps.secretsThatEnd(today)) {
            JOURNAL.warning(
                    "an app's secret ends: make another and give it in the settings",
                    "app",
                    app.label(),
                    "ends",
                    app.secretExpires().orElseThrow());
        }
    }

    private void tellExpiring() {
        var now = clock.instant();
        database.inTransaction(handle -> {
            for (var each : DueGrants.markExpiring(handle, now, now.plus(TOLD_BEFORE))) {
                listener.get()
                        .expiring(
                                handle,
                                each.key().workspaceId(),
                                each.key().mailboxId(),
                                each.endsAt());
            }
            return true;
        });
    }

    private void probe() throws InterruptedException {
        for (var fault : faults.failing()) {
            var app = apps.find(fault.provider(), Optional.of(fault.app()));
            if (app.isPresent()) {
                if (faults.hasPassedTrial(app.get())) {
                    faults.recover(app.get(), Optional.of(AppFaults.Kind.API));
                }
                var due = faults.probe(fault);
                if (due.isPresent()) {
                    probe(fault, app.get(), due.get());
                }
            }
        }
    }

    /** One grant is refreshed: that it is, or has ended, shows that its app is accepted. */
    private void probe(AppFaults.Fault fault, ProviderApp app, AppFaults.Kind kind)
            throws InterruptedException {
        var grant = database.read(handle -> DueGrants.probe(handle, fault));
        if (grant.isEmpty()) {
            return;
        }
        var token = grants.refreshUnasked(grant.get(), true);
        switch (kind) {
            case TOKEN -> {}
            case API -> {
                if (token.isPresent()) {
                    probe(app, token.get());
                }
            }
        }
    }

    private void probe(ProviderApp app, AccessToken token) throws InterruptedException {
        switch (api.ask(app, token.value())) {
            case WELL -> faults.recover(app, Optional.of(AppFaults.Kind.API));
            case SCOPE_MISSING -> faults.openTrial(app);
            case REFUSES_THE_APP, UNKNOWN -> {}
        }
    }

    private void refresh() throws InterruptedException {
        List<GrantRow.Key> due;
        do {
            due = database.read(handle -> DueGrants.refreshes(handle, clock.instant(), MOST));
            refresh(due);
        } while (due.size() == MOST && !loop.isStopping());
    }

    private void refresh(List<GrantRow.Key> due) throws InterruptedException {
        var places = new Semaphore(AT_ONCE);
        var works = new ArrayList<Future<Optional<?>>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var key : due) {
                if (loop.isStopping()) {
                    break;
                }
                places.acquire();
                works.add(
                        threads.submit(() -> {
                            try {
                                return grants.refreshUnasked(key, false);
                            } finally {
                                places.release();
                            }
                        }));
            }
        }
        for (var work : works) {
            try {
                var _ = work.get();
            } catch (ExecutionException e) {
                throw e.getCause() instanceof RuntimeException cause
                        ? cause
                        : new IllegalStateException(e);
            }
        }
    }

    /** A call that is under way ends by itself, soon. */
    @Override
    public void close() throws InterruptedException {
        if (!apps.all().isEmpty()) {
            loop.close();
        }
    }
}
