package dev.postrider.smtp.send;

import dev.postrider.smtp.message.Blocks;
import dev.postrider.smtp.message.Content;
import dev.postrider.smtp.message.ContentUnreadable;
import dev.postrider.smtp.reply.BrokenProtocol;
import dev.postrider.smtp.reply.ServerClosing;
import dev.postrider.smtp.server.Quirks;
import dev.postrider.smtp.wire.Wire;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * BDAT behind PIPELINING (RFC 3030, RFC 2920): a small message leaves whole, envelope and content
 * in one write, and several can be under way. A large one waits for the answer to its envelope and
 * then leaves in chunks; so does every message to a server that hasn't shown yet that it knows
 * BDAT, with its first line as a chunk of its own: a server that answers that with an error, or
 * hangs up, has not got the message.
 */
final class ChunkedDelivery implements Delivery {
    /** Beyond this, content for a refused envelope would waste more than a round trip. */
    private static final int SMALL = 128 * 1024;

    private static final int MAX_UNREAD_CHUNKS = 8;

    /** For the answer to the first chunk that a server ever gets. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final int LONGEST_LINE = 1000;

    private final Wire wire;
    private final Batch batch;
    private final TransactionOpener opener;
    private final BehindContent behind;

    /** Whether the server hasn't answered since the connection rested. */
    private boolean rested;

    ChunkedDelivery(Wire wire, Batch batch, TransactionOpener opener, boolean rested) {
        this.rested = rested;
        this.wire = wire;
        this.batch = batch;
        this.opener = opener;
        this.behind = new BehindContent(wire, batch);
    }

    @Override
    public void run() throws IOException {
        Transaction next = batch.next();
        while (next != null) {
            // To a server that left meanwhile, a message sent whole would be unknown. An envelope
            // is safe.
            Transaction following = null;
            if (next.message().content() instanceof Content.Bytes bytes
                    && bytes.size() <= SMALL
                    && !rested
                    && isProven()) {
                small(next, bytes);
            } else {
                readUntil(0);
                opener.group(next, batch.resetNeeded());
                following = large(next);
            }
            rested = false;
            while (following != null) {
                following = large(following);
            }
            next = batch.next();
        }
        readUntil(0);
    }

    private boolean isProven() {
        return batch.quirks().isWorking(batch.server(), Quirks.CHUNKING);
    }

    private int depth() {
        return behind.isProven() ? batch.depth() : 1;
    }

    private void small(Transaction transaction, Content.Bytes content) throws IOException {
        readUntil(depth() - 1);
        if (batch.asksBeforeBeginning()) {
            wire.flush();
        }
        Cause obstacle = batch.mayBegin(transaction);
        if (obstacle != null) {
            batch.settle(transaction, new Result.NotBegun(obstacle));
            return;
        }
        // What becomes of the transaction before isn't known yet: RSET makes sure that this one
        // starts afresh.
        opener.group(transaction, batch.underWay() > 0 || batch.resetNeeded());
        chunk(transaction, content.octets(), 0, content.octets().length, true);
    }

    /**
     * Sends a message whose envelope is written, and with its end the envelope of the next one,
     * where it isn't known yet whether the server takes that.
     *
     * @return the next one, or null if there is none under way
     */
    private @Nullable Transaction large(Transaction transaction) throws IOException {
        wire.flush();
        opener.awaitGroup(transaction);
        if (transaction.isOutOfStep()) {
            batch.againFirst();
            return null;
        }
        if (transaction.isRefused()) {
            batch.settleFirst();
            return null;
        }
        boolean sent =
                switch (transaction.message().content()) {
                    case Content.Bytes bytes -> large(transaction, bytes);
                    case Content.Stream stream -> large(transaction, stream);
                };
        if (!sent) {
            return null;
        }
        Transaction following = trial();
        drain(transaction);
        if (!transaction.isComplete()) {
            batch.settleFirst();
        }
        if (following != null) {
            behind.await(following);
        }
        return following;
    }

    private @Nullable Transaction trial() throws IOException {
        if (batch.depth() == 1 || behind.isProven() || !behind.isAllowed()) {
            return null;
        }
        Transaction following = batch.next();
        if (following != null) {
            opener.group(following, true);
        }
        return following;
    }

    /** Returns false if the message was given up. */
    private boolean large(Transaction transaction, Content.Bytes content) throws IOException {
        byte[] octets = content.octets();
        for (int from = 0; from < octets.length && !transaction.isRefused(); from += Blocks.SIZE) {
            int length = Math.min(Blocks.SIZE, octets.length - from);
            if (!next(transaction, octets, from, length, from + length == octets.length)) {
                return false;
            }
        }
        return true;
    }

    private boolean large(Transaction transaction, Content.Stream content) throws IOException {
        try (var blocks = new Blocks(content.source())) {
            while (!blocks.isLast() && !transaction.isRefused()) {
                blocks.next();
                if (!next(transaction, blocks.octets(), 0, blocks.length(), blocks.isLast())) {
                    return false;
                }
            }
        } catch (ContentUnreadable e) {
            giveUp(transaction, new Cause.ContentFailed(String.valueOf(e.getMessage())));
            return false;
        }
        return true;
    }

    /** Returns false if the message was given up. */
    private boolean next(Transaction transaction, byte[] octets, int from, int length, boolean last)
            throws IOException {
        int probe = isProven() ? 0 : line(octets, from, length);
        if (probe > 0) {
            prove(transaction, octets, from, probe);
            return transaction.isRefused()
                    || next(transaction, octets, from + probe, length - probe, last);
        }
        if (last) {
            wire.flush();
            Cause obstacle = batch.mayBegin(transaction);
            if (obstacle != null) {
                giveUp(transaction, obstacle);
                return false;
            }
        }
        chunk(transaction, octets, from, length, last);
        wire.flush();
        if (batch.unread() > MAX_UNREAD_CHUNKS && !last) {
            batch.readOne();
        }
        return true;
    }

    /** The length of the first line, or 0 if nothing or much too much would come before its end. */
    private static int line(byte[] octets, int from, int length) {
        for (int i = 0; i < Math.min(length - 1, LONGEST_LINE); i++) {
            if (octets[from + i] == '\n') {
                return i + 1;
            }
        }
        return 0;
    }

    /** Sends one chunk and waits for the answer. */
    private void prove(Transaction transaction, byte[] octets, int from, int length)
            throws IOException {
        chunk(transaction, octets, from, length, false);
        wire.flush();
        wire.patience(PATIENCE);
        try {
            batch.readOne();
        } catch (ServerClosing | BrokenProtocol | Abandoned e) {
            throw e;
        } catch (IOException e) {
            throw switch (wire.lost(e).trouble()) {
                case CLOSED, RESET, TIMEOUT ->
                        batch.misannounced(
                                Quirks.CHUNKING,
                                "The server announces CHUNKING and hangs up at BDAT, or says"
                                        + " nothing to it.");
                case DNS, REFUSED, NO_ROUTE, LIMIT, CANCELED, TLS -> e;
            };
        } finally {
            wire.patience(null);
        }
        if (!transaction.isRefused()) {
            batch.quirks().works(batch.server(), Quirks.CHUNKING);
        }
    }

    private void chunk(Transaction transaction, byte[] octets, int from, int length, boolean last)
            throws IOException {
        wire.say("BDAT ").say(Integer.toString(length)).say(last ? " LAST" : "").endLine();
        wire.content(octets, from, length);
        if (last) {
            transaction.lastOctetAt(wire.position());
        }
        transaction.chunkSent(last);
        batch.expectReply();
    }

    private void giveUp(Transaction transaction, Cause cause) throws IOException {
        drain(transaction);
        if (transaction.isRefused()) {
            batch.settleFirst();
        } else {
            batch.giveUpFirst(cause);
        }
    }

    private void drain(Transaction transaction) throws IOException {
        wire.flush();
        while (transaction.hasChunksPending()) {
            batch.readOne();
        }
    }

    /**
     * Reads replies until at most so many messages are under way, and whatever has come beyond
     * that.
     */
    private void readUntil(int underWay) throws IOException {
        if (batch.underWay() > underWay) {
            wire.flush();
            while (batch.underWay() > underWay) {
                batch.readOne();
            }
            while (batch.underWay() > 0 && wire.hasUnread()) {
                batch.readOne();
            }
        }
    }
}
