package dev.postrider.smtp.send;

import dev.postrider.smtp.message.Recipient;
import dev.postrider.smtp.reply.BrokenProtocol;
import dev.postrider.smtp.reply.ServerClosing;
import dev.postrider.smtp.server.Capabilities;
import dev.postrider.smtp.server.Quirks;
import dev.postrider.smtp.wire.Trouble;
import dev.postrider.smtp.wire.Wire;
import java.io.IOException;
import java.time.Duration;

/** Writes a message's envelope: RSET where it is needed, MAIL and RCPT (RFC 5321 section 3.3). */
final class TransactionOpener {
    /**
     * So many replies surely fit into the network's buffers, so that neither side waits for the
     * other.
     */
    private static final int MAX_UNREAD = 128;

    /** For the first answer to RCPT that a server ever gives behind MAIL. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Wire wire;
    private final Batch batch;
    private final EnvelopeWriter envelopes;

    TransactionOpener(Wire wire, Batch batch, Capabilities capabilities) {
        this.wire = wire;
        this.batch = batch;
        this.envelopes = new EnvelopeWriter(wire, capabilities);
    }

    /** The whole envelope as one group, of which no reply is awaited (RFC 2920 section 3.1). */
    void group(Transaction transaction, boolean resetFirst) throws IOException {
        batch.add(transaction);
        if (resetFirst) {
            reset(transaction);
        }
        envelopes.mail(transaction.message());
        batch.expectReply();
        for (Recipient recipient : transaction.message().envelope().recipients()) {
            envelopes.rcpt(recipient);
            batch.expectReply();
            keepUp();
        }
    }

    /**
     * Reads until a group is answered. A server that announces PIPELINING, answers MAIL and says
     * nothing more has dropped the rest; nothing is lost by that.
     */
    void awaitGroup(Transaction transaction) throws IOException {
        boolean isTrial = !batch.quirks().isWorking(batch.server(), Quirks.PIPELINING);
        while (!transaction.isEnvelopeAnswered()) {
            boolean mayBeDropped = isTrial && !transaction.isUnanswered();
            wire.patience(mayBeDropped ? PATIENCE : null);
            try {
                batch.readOne();
            } catch (ServerClosing | BrokenProtocol | Abandoned e) {
                throw e;
            } catch (IOException e) {
                throw mayBeDropped && wire.lost(e).trouble() == Trouble.TIMEOUT
                        ? batch.misannounced(
                                Quirks.PIPELINING,
                                "The server announces PIPELINING and drops what comes behind MAIL.")
                        : e;
            } finally {
                wire.patience(null);
            }
        }
        if (isTrial) {
            batch.quirks().works(batch.server(), Quirks.PIPELINING);
        }
    }

    /** One command, one reply, until the envelope is answered or refused. */
    void lockstep(Transaction transaction) throws IOException {
        batch.add(transaction);
        if (batch.resetNeeded()) {
            reset(transaction);
            await();
        }
        envelopes.mail(transaction.message());
        batch.expectReply();
        await();
        for (Recipient recipient : transaction.message().envelope().recipients()) {
            if (!transaction.isMailAccepted()) {
                return;
            }
            envelopes.rcpt(recipient);
            batch.expectReply();
            await();
        }
    }

    private void reset(Transaction transaction) throws IOException {
        wire.say("RSET").endLine();
        transaction.resetSent();
        batch.expectReply();
    }

    private void keepUp() throws IOException {
        if (batch.unread() >= MAX_UNREAD) {
            wire.flush();
            while (batch.unread() > MAX_UNREAD / 2) {
                batch.readOne();
            }
        }
    }

    private void await() throws IOException {
        wire.flush();
        batch.readOne();
    }
}
