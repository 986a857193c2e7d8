package dev.postrider.smtp.send;

import dev.postrider.smtp.message.Message;
import dev.postrider.smtp.reply.Reply;
import dev.postrider.smtp.reply.ServerClosing;
import dev.postrider.smtp.reply.Stage;
import dev.postrider.smtp.server.Quirks;
import dev.postrider.smtp.server.Server;
import dev.postrider.smtp.server.Session;
import dev.postrider.smtp.wire.Trouble;
import dev.postrider.smtp.wire.Wire;
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
    private final Obstacles obstacles;
    private final Wear wear;
    private final Quirks quirks;
    private final @Nullable Result[] results;
    private final ArrayDeque<Transaction> underWay = new ArrayDeque<>();

    /** The indexes of those that wait. */
    private final ArrayDeque<Integer> waiting = new ArrayDeque<>();

    /** Taken from those that wait and not yet under way. */
    private @Nullable Transaction taken;

    private int unread;
    private boolean resetNeeded;
    private boolean isEndAnswered;

    Batch(
            Session session,
            Wire wire,
            List<Message> messages,
            SendOptions options,
            Wear wear,
            Quirks quirks,
            boolean resetNeeded) {
        this.session = session;
        this.wire = wire;
        this.messages = messages;
        this.options = options;
        this.obstacles = new Obstacles(session);
        this.wear = wear;
        this.quirks = quirks;
        this.results = new Result[messages.size()];
        for (int i = 0; i < messages.size(); i++) {
            waiting.add(i);
        }
        this.resetNeeded = resetNeeded;
    }

    /**
     * Takes the next message that the server can take, or null when there is none left or the
     * connection is worn.
     */
    @Nullable Transaction next() {
        return wear.reason() == null ? nextOfRest() : null;
    }

    private @Nullable Transaction nextOfRest() {
        while (!waiting.isEmpty()) {
            int index = waiting.remove();
            var transaction = new Transaction(messages.get(index), index);
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

    Server server() {
        return session.server();
    }

    Quirks quirks() {
        return quirks;
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
        Stage stage = first.awaited();
        Reply reply = wire.read(stage);
        unread--;
        options.onReply().replied(first.index(), stage, reply);
        if (!reply.isPositive() && !reply.isIntermediate()) {
            wear.error();
        }
        first.take(reply);
        if (reply.isClosing()) {
            throw new ServerClosing(reply);
        }
        if (first.isChunkUnknown()) {
            throw misannounced(
                    Quirks.CHUNKING,
                    "The server announces CHUNKING and answers " + reply + " to BDAT.");
        }
        if (first.isComplete() && first.isOutOfStep()) {
            againFirst();
        } else if (first.isComplete()) {
            settleFirst();
        }
    }

    /** The extension doesn't work after all: nobody uses it with this server for a while. */
    Abandoned misannounced(String extension, String detail) {
        quirks.fails(server(), extension);
        return new Abandoned(new Cause.Misannounced(extension, detail));
    }

    /** The first one under way gets what its replies tell. */
    void settleFirst() {
        Transaction first = underWay.remove();
        Result.Settled settled = first.settled();
        if (settled == null) {
            throw new IllegalStateException("a complete transaction has a result");
        }
        resetNeeded = first.mayBeOpen();
        if (settled.accepted()) {
            wear.taken();
            if (!isEndAnswered) {
                isEndAnswered = true;
                quirks.works(server(), Quirks.LAST_CHUNK);
            }
        } else if (resetNeeded) {
            wear.reset();
        }
        settle(first, isAboutConnection(settled) ? worn(settled.reply()) : settled);
    }

    /**
     * A server that wants no more mail on a connection, or whose patience is over, answers MAIL as
     * if it were about the message.
     */
    private boolean isAboutConnection(Result.Settled settled) {
        return wear.isUsed()
                && settled.stage() == Stage.MAIL
                && (settled.reply().isTransient() || settled.reply().code() == 503);
    }

    private Result worn(Reply reply) {
        String detail = "The server takes no more on this connection: " + reply;
        wear.retire(detail);
        return new Result.NotBegun(new Cause.Worn(detail));
    }

    /** The server refused the first one because it came too early: it is sent again at once. */
    void againFirst() {
        quirks.fails(server(), Quirks.ENVELOPE_BEHIND_CONTENT);
        waiting.addFirst(underWay.remove().index());
    }

    /** The first one under way isn't sent, for this cause. */
    void giveUpFirst(Cause cause) {
        resetNeeded = true;
        settle(underWay.remove(), new Result.NotBegun(cause));
    }

    /** Those that wait aren't sent on a worn connection. */
    void leaveRest() {
        String reason = wear.reason();
        if (reason != null) {
            refuseRest(new Cause.Worn(reason));
        }
    }

    void settle(Transaction transaction, Result result) {
        if (transaction.equals(taken)) {
            taken = null;
        }
        results[transaction.index()] = result;
        options.onResult().ended(transaction.index(), result);
    }

    /** The server said 421 to the first one under way and has processed nothing after it. */
    void closing(Reply reply) {
        var cause = new Cause.Closing(reply);
        if (!underWay.isEmpty()) {
            Transaction first = underWay.remove();
            settle(first, first.closed(reply));
        }
        underWay.forEach(transaction -> settle(transaction, transaction.notBegun(cause)));
        refuseRest(cause);
    }

    /** The connection is gone, after this many octets may have left. */
    void lost(Cause cause, long handedOver) {
        Cause stopped = null;
        distrustChunks(cause);
        for (Transaction transaction : underWay) {
            stopped = stopped == null ? transaction.stopped(cause) : stopped;
            settle(
                    transaction,
                    stopped == null
                            ? transaction.lost(cause, handedOver)
                            : transaction.notBegun(stopped));
        }
        refuseRest(stopped == null ? cause : stopped);
    }

    /**
     * Of a server that hangs up on a last chunk one message is unknown, and no other needs to be.
     */
    private void distrustChunks(Cause cause) {
        if (!underWay.isEmpty()
                && underWay.element().isLastChunkUnanswered()
                && cause instanceof Cause.Lost(var _, var trouble, var _)
                && (trouble == Trouble.CLOSED || trouble == Trouble.RESET)
                && !quirks.isWorking(server(), Quirks.LAST_CHUNK)) {
            quirks.fails(server(), Quirks.CHUNKING);
        }
    }

    private void refuseRest(Cause cause) {
        underWay.clear();
        if (taken != null) {
            settle(taken, new Result.NotBegun(cause));
        }
        for (Transaction rest = nextOfRest(); rest != null; rest = nextOfRest()) {
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
