package dev.postrider.flow.enqueue;

import dev.postrider.event.EmailEvent;
import dev.postrider.event.EventType;
import dev.postrider.flow.store.DeleteEmails;
import dev.postrider.flow.store.EventOutbox;
import dev.postrider.flow.store.enqueue.EnqueueEmails;
import dev.postrider.flow.store.enqueue.Enqueued;
import dev.postrider.flow.store.enqueue.IdempotencyTable;
import dev.postrider.flow.store.enqueue.IdempotentRequest;
import dev.postrider.flow.store.enqueue.NewEmail;
import dev.postrider.flow.store.enqueue.NewEmailRow;
import dev.postrider.identity.CallerChanged;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** Keeps a batch of submissions in one transaction, each as a whole, each that may repeat once. */
final class KeepSubmissions {
    private final Handle handle;
    private final List<Submission> batch;
    private final Map<Submission, Submitted> answered = new HashMap<>();

    private KeepSubmissions(Handle handle, List<Submission> batch) {
        this.handle = handle;
        this.batch = batch;
    }

    /**
     * What became of each, in their order; true once the transaction is committed.
     *
     * @throws CallerChanged when one of the callers isn't who they were: the transaction is to be
     *     rolled back, and where there is none, others may be kept and are to be kept again
     */
    static List<Submitted> in(Handle handle, List<Submission> batch) {
        return new KeepSubmissions(handle, batch).keep();
    }

    private List<Submitted> keep() {
        var fresh = new ArrayList<Submission>();
        var repeats = new ArrayList<Submission>();
        sort(fresh, repeats);
        var rows = fresh.stream().flatMap(KeepSubmissions::rows).toList();
        var kept = rows.isEmpty() ? Enqueued.NOTHING : EnqueueEmails.insert(handle, rows);
        if (!kept.refused().isEmpty()) {
            throw new CallerChanged();
        }
        var orphans = fresh.stream().filter(one -> !kept.hasLanesOf(one.emails())).toList();
        DeleteEmails.in(
                handle,
                orphans.stream().flatMap(one -> one.emails().stream()).map(NewEmail::key).toList());
        IdempotencyTable.delete(handle, keysOf(orphans));
        EventOutbox.insert(handle, scheduled(fresh, orphans));
        fresh.forEach(one ->
                answered.put(
                        one,
                        kept.isBegun(one.emails()) ? new Submitted.Begun() : new Submitted.Kept()));
        orphans.forEach(one -> answered.put(one, new Submitted.NoMailbox()));
        answerRepeats(repeats);
        return batch.stream().map(answered::get).toList();
    }

    private static Stream<NewEmailRow> rows(Submission one) {
        return one.emails().stream()
                .map(email -> new NewEmailRow(email, one.begin(), one.standing()));
    }

    private static List<EmailEvent> scheduled(List<Submission> fresh, List<Submission> orphans) {
        return fresh.stream()
                .filter(one -> !orphans.contains(one))
                .flatMap(one -> one.emails().stream())
                .filter(email -> email.delivery().dueAt().isPresent())
                .map(email -> EmailEvent.first(email.key(), EventType.EMAIL_SCHEDULED))
                .toList();
    }

    /** Of those with the same key the first is done; whoever has one that was taken is a repeat. */
    private void sort(List<Submission> fresh, List<Submission> repeats) {
        var firsts = new HashMap<IdempotencyTable.Key, Submission>();
        for (var one : batch) {
            one.idempotent()
                    .ifPresent(each -> firsts.putIfAbsent(IdempotencyTable.Key.of(each), one));
        }
        Set<IdempotencyTable.Key> claimed =
                firsts.isEmpty()
                        ? Set.of()
                        : IdempotencyTable.claim(handle, keysOf(List.copyOf(firsts.values())));
        for (var one : batch) {
            var mine =
                    one.idempotent()
                            .map(IdempotencyTable.Key::of)
                            .map(key -> firsts.get(key) == one && claimed.contains(key));
            (mine.orElse(true) ? fresh : repeats).add(one);
        }
    }

    private void answerRepeats(List<Submission> repeats) {
        if (repeats.isEmpty()) {
            return;
        }
        var kept = IdempotencyTable.read(handle, keysOf(repeats));
        for (var one : repeats) {
            var idempotent = one.idempotent().orElseThrow();
            var first = kept.get(IdempotencyTable.Key.of(idempotent));
            answered.put(
                    one,
                    first == null
                            // the first of this batch was taken back
                            ? new Submitted.NoMailbox()
                            : IdempotentRequests.answer(first, idempotent));
        }
    }

    private static List<IdempotentRequest> keysOf(List<Submission> submissions) {
        return submissions.stream().flatMap(one -> one.idempotent().stream()).toList();
    }
}
