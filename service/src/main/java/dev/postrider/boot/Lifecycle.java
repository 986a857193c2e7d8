package dev.postrider.boot;

import dev.postrider.credential.grant.KeepGrants;
import dev.postrider.credential.grant.RevokeGrants;
import dev.postrider.flow.accept.FirstAttempts;
import dev.postrider.flow.enqueue.Enqueue;
import dev.postrider.flow.lease.Worker;
import dev.postrider.flow.store.find.SortEntries;
import dev.postrider.flow.webhook.Herald;
import dev.postrider.log.Journal;
import dev.postrider.machine.Machine;
import dev.postrider.notice.SendNotices;
import dev.postrider.postgres.embedded.PaceVacuum;
import dev.postrider.purge.PurgeOldRows;
import dev.postrider.trace.Telemetry;
import dev.postrider.transport.graph.SweepDrafts;
import dev.postrider.vault.ReencryptSecrets;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Starts the machines in order, and stops them in the reverse one: emails are taken last and
 * stopped being taken first. Before all of them the storage is opened, because they are made of it,
 * and the first user is made; the container closes the storage after all of them.
 */
@Singleton
final class Lifecycle {
    private static final Journal JOURNAL = Journal.of("boot");

    private final Runnable firstUser;
    private final List<Machine> machines;

    /** Written and read by the container's thread that starts and stops the program. */
    private final Deque<Machine> running = new ArrayDeque<>();

    @Inject
    Lifecycle(
            CreateFirstUser firstUser,
            Telemetry telemetry,
            PaceVacuum vacuum,
            ReencryptSecrets reseal,
            PurgeOldRows purge,
            Herald herald,
            FirstAttempts attempts,
            Worker worker,
            SortEntries sort,
            Enqueue enqueue,
            KeepGrants grants,
            RevokeGrants revoke,
            SweepDrafts drafts,
            SendNotices notices,
            RenewCertificate certificate) {
        this(
                firstUser::create,
                List.of(
                        telemetry,
                        vacuum,
                        reseal,
                        purge,
                        grants,
                        revoke,
                        drafts,
                        herald,
                        attempts,
                        worker,
                        sort,
                        enqueue,
                        notices,
                        certificate));
    }

    Lifecycle(Runnable firstUser, List<Machine> machines) {
        this.firstUser = firstUser;
        this.machines = machines;
    }

    void start(@Observes StartupEvent event) throws InterruptedException {
        start();
    }

    void start() throws InterruptedException {
        try {
            firstUser.run();
            for (var machine : machines) {
                machine.start();
                running.push(machine);
            }
        } catch (RuntimeException e) {
            stop();
            throw e;
        }
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stop();
    }

    /** One that can't be stopped as it should keeps no other from it. */
    void stop() throws InterruptedException {
        while (!running.isEmpty()) {
            var machine = running.pop();
            try {
                machine.close();
            } catch (RuntimeException e) {
                JOURNAL.failure("not stopped cleanly", e, "machine", machine.getClass().getName());
            }
        }
    }
}
