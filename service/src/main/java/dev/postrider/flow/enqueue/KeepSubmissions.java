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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
     * What became of each, in their order; true once the transaction is committed. Empty where its
     * caller isn't who they were: nothing of it is kept now.
     */
    static List<Optional<Submitted>> in(Handle handle, List<Submission> batch) {
        return new KeepSubmissions(handle, batch).keep();
    }

    private List<Optional<Submitted>> keep() {
        var fresh = new ArrayList<Submission>();
        var repeats = new ArrayList<Submission>();
        sort(fresh, repeats);
        var rows = fresh.stream().flatMap(KeepSubmissions::rows).toList();
        var kept = rows.isEmpty() ? Enqueued.NOTHING : EnqueueEmails.insert(handle, rows);
        var refused = fresh.stream().filter(one -> kept.isRefused(one.emails())).toList();
        fresh.removeAll(refused);
        var orphans = fresh.stream().filter(one -> !kept.hasLanesOf(one.emails())).toList();
        DeleteEmails.in(
                handle,
                orphans.stream().flatMap(one -> one.emails().stream()).map(NewEmail::key).toList());
        IdempotencyTable.delete(handle, keysOf(orphans));
        IdempotencyTable.delete(handle, keysOf(refused));
        EventOutbox.insert(handle, scheduled(fresh, orphans));
        fresh.forEach(one ->
                answered.put(
                        one,
                        kept.isBegun(one.emails()) ? new Submitted.Begun() : new Submitted.Kept()));
        orphans.forEach(one -> answered.put(one, new Submitted.NoMailbox()));
        answerRepeats(repeats, refused);
        return batch.stream().map(one -> Optional.ofNullable(answered.get(one))).toList();
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

    /** Those whose first was refused aren't answered either: they have to be done themselves. */
    private void answerRepeats(List<Submission> all, List<Submission> refused) {
        var free = new HashSet<IdempotencyTable.Key>();
        keysOf(refused).forEach(each -> free.add(IdempotencyTable.Key.of(each)));
        var repeats =
                all.stream()
                        .filter(one ->
                                !free.contains(
                                        IdempotencyTable.Key.of(one.idempotent().orElseThrow())))
                        .toList();
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
