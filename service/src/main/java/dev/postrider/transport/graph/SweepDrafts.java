package dev.postrider.transport.graph;

import dev.postrider.log.Journal;
import dev.postrider.machine.Loop;
import dev.postrider.machine.Machine;
import dev.postrider.transport.LeftDrafts;
import dev.postrider.transport.LeftDrafts.Left;
import dev.postrider.transport.api.ApiDependencies;
import dev.postrider.transport.api.RemoveLeftDrafts;
import dev.postrider.transport.api.RemoveLeftDrafts.Result;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * Removes drafts from mailboxes whose emails were canceled, deleted or given up after an attempt
 * that didn't come to its end. On every node; what one has taken the others don't find.
 */
@Singleton
public final class SweepDrafts implements Machine {
    private static final Journal JOURNAL = Journal.of("flow");
    private static final Duration LOOK_EVERY = Duration.ofSeconds(30);
    private static final int MOST = 10;

    /** The last is two weeks after the first: a mailbox that is held may be connected again. */
    static final int MOST_SWEEPS = 26;

    private final ApiDependencies tools;
    private final LeftDrafts left;
    private final RemoveLeftDrafts remove;
    private final Loop loop =
            new Loop(JOURNAL, "sweep-drafts", "drafts can't be swept", LOOK_EVERY, this::once);

    public SweepDrafts(ApiDependencies.Shared shared, LeftDrafts left) {
        this.tools = ApiDependencies.of(new GraphApi(), shared);
        this.left = left;
        this.remove = new RemoveLeftDrafts(tools, left);
    }

    @Override
    public void start() {
        loop.start();
    }

    /** All that is due. */
    void once() {
        int taken;
        do {
            var some = left.claim(MOST, tools.limits().settles());
            taken = some.size();
            for (var each : some) {
                if (loop.isStopping()) {
                    // another node's, soon enough
                    return;
                }
                sweep(each);
            }
        } while (taken > 0);
    }

    private void sweep(Left each) {
        switch (remove.of(each)) {
            case Result.Removed(var drafts) -> {
                left.swept(each);
                if (drafts > 0) {
                    JOURNAL.event(
                            "drafts removed that were left",
                            "mailbox",
                            each.mailbox().mailboxId(),
                            "email",
                            each.email().id(),
                            "drafts",
                            drafts);
                }
            }
            case Result.Impossible() -> left.swept(each);
            case Result.Overtaken() -> {}
            case Result.NotNow(var reason) -> notNow(each, reason);
        }
    }

    private void notNow(Left each, String reason) {
        if (each.sweeps() >= MOST_SWEEPS) {
            left.swept(each);
            JOURNAL.warning(
                    "a draft may be left, its user can delete it",
                    "mailbox",
                    each.mailbox().mailboxId(),
                    "email",
                    each.email().id(),
                    "reason",
                    reason);
        }
    }

    /** A call that is under way ends by itself, soon. */
    @Override
    public void close() throws InterruptedException {
        loop.close();
    }
}
