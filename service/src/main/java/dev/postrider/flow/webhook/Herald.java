package dev.postrider.flow.webhook;

import dev.postrider.flow.webhook.DeliveryTable.DueWebhook;
import dev.postrider.log.Journal;
import dev.postrider.machine.Fatal;
import dev.postrider.machine.Loop;
import dev.postrider.machine.Machine;
import dev.postrider.outbound.OutboundClient;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.DatabaseAway;
import dev.postrider.postgres.Wakeups;
import dev.postrider.vault.Vault;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;

/**
 * The machine that tells: looks for webhooks that have something due, serves each on a thread of
 * its own, so that a slow endpoint delays nobody else. Stopping begins no more calls and waits for
 * those under way; what a killed node had begun is due again when its lease ends.
 */
@Singleton
public final class Herald implements Machine {
    private static final Journal JOURNAL = Journal.of("flow");

    /** Should nobody tell of events. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(10);

    private static final Duration TIMEOUT = Duration.ofSeconds(15);
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final Duration STOP_WAIT = Duration.ofSeconds(30);

    private final Database database;
    private final Vault vault;
    private final ServeWebhook serveWebhook;
    private final Semaphore room;
    private final Semaphore roomOfFailing;
    private final Map<UUID, Thread> serving = new ConcurrentHashMap<>();
    private final Wakeups wakeups;
    private final Duration lookEvery;
    private final Loop looking =
            Loop.frequent(
                    JOURNAL,
                    "look-for-events",
                    "due webhooks can't be read",
                    Duration.ZERO,
                    this::look);

    /**
     * How many webhooks are served at once, each on a virtual thread with a few calls under way.
     *
     * @param failing of those, whose endpoints didn't take the last call: the dead never take all
     *     the room
     */
    record Room(int webhooks, int failing) {
        static final Room STANDARD = new Room(400, 100);
    }

    @Inject
    public Herald(
            Database database,
            Vault vault,
            OutboundClient client,
            Wakeups wakeups,
            InstantSource clock,
            RandomGenerator random) {
        this(database, vault, client, wakeups, clock, random, Room.STANDARD, LOOK_EVERY);
    }

    Herald(
            Database database,
            Vault vault,
            OutboundClient client,
            Wakeups wakeups,
            InstantSource clock,
            RandomGenerator random,
            Room room,
            Duration lookEvery) {
        this.wakeups = wakeups;
        this.lookEvery = lookEvery;
        this.room = new Semaphore(room.webhooks());
        this.roomOfFailing = new Semaphore(room.failing());
        this.database = database;
        this.vault = vault;
        this.serveWebhook =
                new ServeWebhook(
                        database,
                        vault,
                        new PostEvent(client, clock, TIMEOUT),
                        new WebhookRetrySchedule(random),
                        clock,
                        LEASE,
                        looking::isStopping);
    }

    @Override
    public void start() {
        looking.start();
    }

    private void look() throws InterruptedException {
        wakeups.awaitEvents(lookEvery);
        if (!looking.isStopping()) {
            serveAll();
        }
    }

    /** In no order: where there is no room for all, each gets its turn. */
    private void serveAll() {
        var due = database.read(handle -> DeliveryTable.dueWebhooks(handle, vault));
        Collections.shuffle(due);
        due.forEach(this::serve);
    }

    /** One that is served here already, or for which there is no room, is found again. */
    private void serve(DueWebhook webhook) {
        if (serving.containsKey(webhook.id()) || !enter(webhook)) {
            return;
        }
        var thread =
                Thread.ofVirtual()
                        .name("webhook-" + webhook.id())
                        .unstarted(() -> {
                            try {
                                serveWebhook.serve(webhook);
                            } catch (InterruptedException _) {
                                Thread.currentThread().interrupt();
                            } catch (DatabaseAway e) {
                                JOURNAL.warning(
                                        "webhook left until its lease ends",
                                        "webhook",
                                        webhook.id(),
                                        "reason",
                                        String.valueOf(e.getMessage()));
                            } catch (Throwable e) {
                                Fatal.endIf(e);
                                JOURNAL.failure(
                                        "webhook can't be served", e, "webhook", webhook.id());
                            } finally {
                                serving.remove(webhook.id());
                                leave(webhook);
                            }
                        });
        serving.put(webhook.id(), thread);
        thread.start();
    }

    private boolean enter(DueWebhook webhook) {
        if (webhook.isFailing() && !roomOfFailing.tryAcquire()) {
            return false;
        }
        var isIn = room.tryAcquire();
        if (!isIn && webhook.isFailing()) {
            roomOfFailing.release();
        }
        return isIn;
    }

    private void leave(DueWebhook webhook) {
        room.release();
        if (webhook.isFailing()) {
            roomOfFailing.release();
        }
    }

    @Override
    public void close() throws InterruptedException {
        looking.stop();
        wakeups.eventsWait();
        looking.close();
        var end = System.nanoTime() + STOP_WAIT.toNanos();
        for (var thread : serving.values()) {
            var _ = thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
        }
    }
}
