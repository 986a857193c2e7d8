package dev.postrider.smtp;

import java.io.IOException;

/**
 * BDAT behind PIPELINING (RFC 3030, RFC 2920): a small message leaves whole, envelope and content
 * in one write, and several can be under way. A large one waits for the answer to its envelope and
 * then leaves in chunks.
 */
final class ChunkedDelivery implements Delivery {
    /** Beyond this, content for a refused envelope would waste more than a round trip. */
    private static final int SMALL = 128 * 1024;

    private static final int MAX_UNREAD_CHUNKS = 8;

    private final Wire wire;
    private final Batch batch;
    private final TransactionOpener opener;

    /** Whether the server hasn't answered since the connection rested. */
    private boolean rested;

    ChunkedDelivery(Wire wire, Batch batch, TransactionOpener opener, boolean rested) {
        this.rested = rested;
        this.wire = wire;
        this.batch = batch;
        this.opener = opener;
    }

    @Override
    public void run() throws IOException {
        for (Transaction next = batch.next(); next != null; next = batch.next()) {
            switch (next.message().content()) {
                // To a server that left meanwhile, a message sent whole would be unknown. An
                // envelope
                // is safe.
                case Content.Bytes bytes when bytes.size() <= SMALL && !rested ->
                        small(next, bytes);
                case Content.Bytes bytes -> large(next, bytes);
                case Content.Stream stream -> large(next, stream);
            }
            rested = false;
        }
        readUntil(0);
    }

    private void small(Transaction transaction, Content.Bytes content) throws IOException {
        readUntil(batch.depth() - 1);
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

    private void large(Transaction transaction, Content.Bytes content) throws IOException {
        if (isRefused(transaction)) {
            return;
        }
        byte[] octets = content.octets();
        for (int from = 0; from < octets.length && !transaction.isRefused(); from += Blocks.SIZE) {
            int length = Math.min(Blocks.SIZE, octets.length - from);
            if (!next(transaction, octets, from, length, from + length == octets.length)) {
                return;
            }
        }
        finish(transaction);
    }

    private void large(Transaction transaction, Content.Stream content) throws IOException {
        if (isRefused(transaction)) {
            return;
        }
        try (var blocks = new Blocks(content)) {
            while (!blocks.isLast() && !transaction.isRefused()) {
                blocks.next();
                if (!next(transaction, blocks.octets(), 0, blocks.length(), blocks.isLast())) {
                    return;
                }
            }
        } catch (ContentUnreadable e) {
            giveUp(transaction, new Cause.ContentFailed(String.valueOf(e.getMessage())));
            return;
        }
        finish(transaction);
    }

    private boolean isRefused(Transaction transaction) throws IOException {
        readUntil(0);
        opener.group(transaction, batch.resetNeeded());
        wire.flush();
        while (!transaction.isEnvelopeAnswered()) {
            batch.readOne();
        }
        if (transaction.isRefused()) {
            batch.settleFirst();
            return true;
        }
        return false;
    }

    /** Returns false if the message was given up. */
    private boolean next(Transaction transaction, byte[] octets, int from, int length, boolean last)
            throws IOException {
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

    /** Waits for the answers to all chunks of the only message under way. */
    private void finish(Transaction transaction) throws IOException {
        drain(transaction);
        if (!transaction.isComplete()) {
            batch.settleFirst();
        }
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
