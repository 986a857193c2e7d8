package dev.postrider.smtp;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one call: those that wait, those that are under way in the order of their
 * commands, and the results. Every reply that is read goes to the first one under way.
 */
final class Batch {
    private final Session session;
    private final Wire wire;
    private final List<Message> messages;
    private final SendOptions options;
    private final Observer observer;
    private final Obstacles obstacles;
    private final @Nullable Result[] results;
    private final ArrayDeque<Transaction> underWay = new ArrayDeque<>();
    private int next;

    /** Taken from those that wait and not yet under way. */
    private @Nullable Transaction taken;

    private int unread;
    private boolean resetNeeded;

    Batch(
            Session session,
            Wire wire,
            List<Message> messages,
            SendOptions options,
            Observer observer,
            boolean resetNeeded) {
        this.session = session;
        this.wire = wire;
        this.messages = messages;
        this.options = options;
        this.observer = observer;
        this.obstacles = new Obstacles(session);
        this.results = new Result[messages.size()];
        this.resetNeeded = resetNeeded;
    }

    /** Takes the next message that the server can take, or null when there is none left. */
    @Nullable Transaction next() {
        while (next < messages.size()) {
            var transaction = new Transaction(messages.get(next), next);
            next++;
            Cause obstacle = obstacles.to(transaction.message());
            if (obstacle == null) {
                taken = transaction;
                return transaction;
            }
            settle(transaction, new Result.NotBegun(obstacle));
        }
        return null;
    }

    int depth() {
        return options.depth();
    }

    /** Whether asking {@link #mayBegin} may take long. */
    boolean asksBeforeBeginning() {
        return !options.begin().equals(Begin.ALWAYS);
    }

    /** Null if the message's last byte may leave now, or why it may not. */
    @Nullable Cause mayBegin(Transaction transaction) {
        try {
            // The server isn't late while the caller thinks.
            wire.watchdog().pause();
            return options.begin().begin(transaction.message())
                    ? null
                    : new Cause.Withdrawn("The message was withdrawn before its end was sent.");
        } catch (RuntimeException e) {
            // The caller's failure concerns this message alone; the others still get their results.
            return new Cause.Withdrawn("The message couldn't be begun: " + e);
        }
    }

    void add(Transaction transaction) {
        taken = null;
        underWay.add(transaction);
    }

    int underWay() {
        return underWay.size();
    }

    /** Whether the server may still hold the last message's transaction open. */
    boolean resetNeeded() {
        return resetNeeded;
    }

    /** A command was written. */
    void expectReply() {
        unread++;
    }

    /** How many replies will come for what was written. */
    int unread() {
        return unread;
    }

    /** Waits for the next reply and gives it to the message that it belongs to. */
    void readOne() throws IOException {
        Transaction first = underWay.element();
        Reply reply = wire.read(first.awaited());
        unread--;
        first.take(reply);
        if (reply.isClosing()) {
            throw new ServerClosing(reply);
        }
        if (first.isComplete()) {
            settleFirst();
        }
    }

    /** The first one under way gets what its replies tell. */
    void settleFirst() {
        Transaction first = underWay.remove();
        Result.Settled settled = first.settled();
        if (settled == null) {
            throw new IllegalStateException("a complete transaction has a result");
        }
        resetNeeded = first.mayBeOpen();
        settle(first, settled);
    }

    /** The first one under way isn't sent, for this cause. */
    void giveUpFirst(Cause cause) {
        resetNeeded = true;
        settle(underWay.remove(), new Result.NotBegun(cause));
    }

    void settle(Transaction transaction, Result result) {
        if (transaction.equals(taken)) {
            taken = null;
        }
        results[transaction.index()] = result;
        observer.settled(session, transaction.message(), result);
        options.settled().accept(transaction.message(), result);
    }

    /** The server said 421 to the first one under way and has processed nothing after it. */
    void closing(Reply reply) {
        var cause = new Cause.Closing(reply);
        if (!underWay.isEmpty()) {
            Transaction first = underWay.remove();
            settle(first, first.closed(reply));
        }
        underWay.forEach(transaction -> settle(transaction, new Result.NotBegun(cause)));
        refuseRest(cause);
    }

    /** The connection is gone, after this many octets may have left. */
    void lost(Cause cause, long handedOver) {
        underWay.forEach(transaction -> settle(transaction, transaction.lost(cause, handedOver)));
        refuseRest(cause);
    }

    private void refuseRest(Cause cause) {
        underWay.clear();
        if (taken != null) {
            settle(taken, new Result.NotBegun(cause));
        }
        for (Transaction rest = next(); rest != null; rest = next()) {
            settle(rest, new Result.NotBegun(cause));
        }
    }

    /** Where the conversation stands, after this many octets may have left. */
    Stage stage(long handedOver) {
        if (underWay.isEmpty()) {
            return Stage.MAIL;
        }
        Transaction first = underWay.element();
        Stage awaited = first.awaited();
        return awaited == Stage.END_OF_DATA && !first.mayHaveLeft(handedOver)
                ? Stage.CONTENT
                : awaited;
    }

    List<Result> results() {
        var all = new ArrayList<Result>(results.length);
        for (Result result : results) {
            if (result == null) {
                throw new IllegalStateException(
                        "a message has no result: " + Arrays.toString(results));
            }
            all.add(result);
        }
        return List.copyOf(all);
    }
}
