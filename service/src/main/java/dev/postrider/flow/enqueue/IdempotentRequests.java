package dev.postrider.flow.enqueue;

import dev.postrider.flow.store.enqueue.IdempotencyTable;
import dev.postrider.flow.store.enqueue.IdempotentRequest;
import dev.postrider.postgres.Database;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Knows which requests were done before. Safe for concurrent use. */
@Singleton
public final class IdempotentRequests {
    private final Database database;

    public IdempotentRequests(Database database) {
        this.database = database;
    }

    /**
     * Looks before the work is done, so that a repeat needs none of what the request needed then: a
     * mailbox that may have gone, a file that may have moved. Without an answer here the request
     * may still turn out to be a repeat when it is kept.
     */
    public Optional<Submitted> of(IdempotentRequest request) {
        return database
                .of(request.workspaceId())
                .read(handle -> IdempotencyTable.read(handle, List.of(request)))
                .values()
                .stream()
                .findFirst()
                .map(first -> answer(first, request));
    }

    static Submitted answer(IdempotentRequest first, IdempotentRequest repeat) {
        return first.fingerprint().equals(repeat.fingerprint())
                ? new Submitted.Repeated(first.answer())
                : new Submitted.Mismatched();
    }

    /** Lets a request be done again, because nothing came of it. */
    public void delete(IdempotentRequest request) {
        database.inTransaction(handle -> {
            IdempotencyTable.delete(handle, List.of(request));
            return true;
        });
    }
}
