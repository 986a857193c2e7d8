package dev.postrider.smtp.send;

import dev.postrider.smtp.message.Blocks;
import dev.postrider.smtp.message.Content;
import dev.postrider.smtp.message.ContentUnreadable;
import dev.postrider.smtp.reply.BrokenProtocol;
import dev.postrider.smtp.wire.LostConnection;
import dev.postrider.smtp.wire.Trouble;
import dev.postrider.smtp.wire.Wire;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * DATA (RFC 5321 section 4.1.1.4). With PIPELINING (RFC 2920 section 3.1) the end of a message and
 * the whole next envelope, up to its DATA, leave in one write, so that each message costs one round
 * trip; without it each command waits for its reply.
 */
final class DataDelivery implements Delivery {
    private final Wire wire;
    private final Batch batch;
    private final TransactionOpener opener;
    private final boolean pipelining;
    private final BehindContent behind;

    DataDelivery(Wire wire, Batch batch, TransactionOpener opener, boolean pipelining) {
        this.wire = wire;
        this.batch = batch;
        this.opener = opener;
        this.pipelining = pipelining;
        this.behind = new BehindContent(wire, batch);
    }

    @Override
    public void run() throws IOException {
        Transaction current = open(batch.next(), batch.resetNeeded());
        while (current != null) {
            wire.flush();
            awaitData(current);
            if (current.isOutOfStep() && current.isComplete()) {
                current = open(batch.next(), batch.resetNeeded());
                continue;
            }
            if (current.isRefused()) {
                settleRefused(current);
                current = open(batch.next(), batch.resetNeeded());
                continue;
            }
            content(current);
            // The content may be the first part of a group (RFC 2920 section 3.1).
            Transaction following =
                    pipelining && behind.isAllowed() ? open(batch.next(), false) : null;
            wire.flush();
            while (!current.isComplete()) {
                batch.readOne();
            }
            if (following == null) {
                following = open(batch.next(), batch.resetNeeded());
            } else {
                behind.await(following);
            }
            current = following;
        }
    }

    private @Nullable Transaction open(@Nullable Transaction transaction, boolean resetFirst)
            throws IOException {
        if (transaction == null) {
            return null;
        }
        if (pipelining) {
            opener.group(transaction, resetFirst);
            data(transaction);
        } else {
            opener.lockstep(transaction);
            if (!transaction.isRefused()) {
                data(transaction);
            }
        }
        return transaction;
    }

    private void data(Transaction transaction) throws IOException {
        wire.say("DATA").endLine();
        transaction.dataSent();
        batch.expectReply();
    }

    private void awaitData(Transaction transaction) throws IOException {
        if (pipelining) {
            opener.awaitGroup(transaction);
        }
        while (batch.unread() > 0 && !transaction.isDataAnswered()) {
            batch.readOne();
        }
    }

    private void settleRefused(Transaction transaction) throws IOException {
        if (transaction.isDataAccepted()) {
            if (!transaction.isMailAccepted()) {
                throw new BrokenProtocol("The server takes content without a sender.");
            }
            // RFC 2920 section 3.1: no recipient, and yet 354, is answered with a single dot.
            wire.say(".").endLine();
            batch.expectReply();
            wire.flush();
            batch.readOne();
        } else if (!transaction.isComplete()) {
            batch.settleFirst();
        }
    }

    private void content(Transaction transaction) throws IOException {
        var stuffing = new DotStuffing(wire);
        try {
            switch (transaction.message().content()) {
                case Content.Bytes bytes -> {
                    int tail = Math.max(0, bytes.octets().length - Blocks.SIZE);
                    stuffing.put(bytes, 0, tail);
                    begin(transaction);
                    stuffing.put(bytes, tail, bytes.octets().length - tail);
                }
                case Content.Stream stream -> blocks(transaction, stream, stuffing);
            }
        } catch (ContentUnreadable e) {
            throw abandoned(new Cause.ContentFailed(String.valueOf(e.getMessage())));
        }
        wire.say(".").endLine();
        batch.expectReply();
        transaction.lastOctetAt(wire.position());
    }

    private void blocks(Transaction transaction, Content.Stream stream, DotStuffing stuffing)
            throws IOException {
        try (var blocks = new Blocks(stream.source())) {
            while (!blocks.isLast()) {
                blocks.next();
                if (blocks.isLast()) {
                    begin(transaction);
                }
                stuffing.put(blocks.octets(), 0, blocks.length());
            }
        }
    }

    private void begin(Transaction transaction) throws IOException {
        Cause obstacle = batch.mayBegin(transaction);
        if (obstacle != null) {
            throw abandoned(obstacle);
        }
    }

    /**
     * After 354 there is no way back but to hang up: a server drops what has no end (RFC 5321
     * section 4.1.1.4).
     */
    private LostConnection abandoned(Cause cause) {
        batch.giveUpFirst(cause);
        return new LostConnection(
                Trouble.CANCELED,
                "The connection was closed because a message on it was taken back.");
    }
}
