package dev.postrider.smtp.send;

import dev.postrider.smtp.reply.BrokenProtocol;
import dev.postrider.smtp.reply.ServerClosing;
import dev.postrider.smtp.server.Quirks;
import dev.postrider.smtp.wire.Trouble;
import dev.postrider.smtp.wire.Wire;
import java.io.IOException;
import java.time.Duration;

/**
 * The envelope that leaves with the end of the message before (RFC 2920 section 3.1). Some servers
 * refuse it, and some drop it without a word: the first one to each server is a trial, and nothing
 * is lost by it, because no content has followed.
 */
final class BehindContent {
    /** Longer than a server needs for MAIL, unless it has dropped it. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Wire wire;
    private final Batch batch;

    BehindContent(Wire wire, Batch batch) {
        this.wire = wire;
        this.batch = batch;
    }

    /** Whether the server is known to take them. */
    boolean isProven() {
        return batch.quirks().isWorking(batch.server(), Quirks.ENVELOPE_BEHIND_CONTENT);
    }

    /** Whether the server isn't known to refuse or drop them. */
    boolean isAllowed() {
        return !batch.quirks().failing(batch.server()).contains(Quirks.ENVELOPE_BEHIND_CONTENT);
    }

    /**
     * The content before is answered; waits until this envelope's sender is, where it's a trial.
     */
    void await(Transaction transaction) throws IOException {
        transaction.sentBehindContent();
        if (isProven()) {
            return;
        }
        wire.patience(PATIENCE);
        try {
            while (transaction.isUnanswered()) {
                batch.readOne();
            }
        } catch (ServerClosing | BrokenProtocol | Abandoned e) {
            throw e;
        } catch (IOException e) {
            throw wire.lost(e).trouble() == Trouble.TIMEOUT
                    ? batch.misannounced(
                            Quirks.ENVELOPE_BEHIND_CONTENT,
                            "The server dropped what came with the end of the message before.")
                    : e;
        } finally {
            wire.patience(null);
        }
        if (transaction.isOutOfStep()) {
            // it may hang up now
            batch.quirks().fails(batch.server(), Quirks.ENVELOPE_BEHIND_CONTENT);
        } else {
            batch.quirks().works(batch.server(), Quirks.ENVELOPE_BEHIND_CONTENT);
        }
    }
}
