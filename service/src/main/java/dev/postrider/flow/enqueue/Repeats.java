package dev.postrider.flow.enqueue;

import dev.postrider.flow.store.IdempotencyTable;
import dev.postrider.flow.store.Repeatable;
import dev.postrider.log.Journal;
import dev.postrider.postgres.Database;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Knows which requests were done before. Safe for concurrent use. */
@Singleton
public final class Repeats {
    private static final Journal JOURNAL = Journal.of("flow");
    private static final Duration TIDY_EVERY = Duration.ofMinutes(1);

    private final Database database;

    /** Written by whoever tidies, read by all who might. */
    private final AtomicLong tidied = new AtomicLong(System.nanoTime());

    public Repeats(Database database) {
        this.database = database;
    }

    /**
     * Looks before the work is done, so that a repeat needs none of what the request needed then: a
     * mailbox that may have gone, a file that may have moved. Without an answer here the request
     * may still turn out to be a repeat when it is kept.
     */
    public Optional<Submitted> of(Repeatable request) {
        tidy();
        return database
                .read(handle -> IdempotencyTable.read(handle, List.of(request)))
                .values()
                .stream()
                .findFirst()
                .map(first -> answer(first, request));
    }

    static Submitted answer(Repeatable first, Repeatable repeat) {
        return first.fingerprint().equals(repeat.fingerprint())
                ? new Submitted.Repeated(first.answer())
                : new Submitted.Mismatched();
    }

    /** Lets a request be done again, because nothing came of it. */
    public void forget(Repeatable request) {
        database.inTransaction(handle -> {
            IdempotencyTable.forget(handle, List.of(request));
            return true;
        });
    }

    private void tidy() {
        var last = tidied.get();
        var now = System.nanoTime();
        if (now - last > TIDY_EVERY.toNanos() && tidied.compareAndSet(last, now)) {
            var old = database.inTransaction(IdempotencyTable::deleteOld);
            JOURNAL.detail("old idempotency keys deleted", "count", old);
        }
    }
}
