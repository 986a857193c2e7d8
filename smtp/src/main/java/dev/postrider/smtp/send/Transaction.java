package dev.postrider.smtp.send;

import dev.postrider.smtp.message.Message;
import dev.postrider.smtp.message.Recipient;
import dev.postrider.smtp.reply.BrokenProtocol;
import dev.postrider.smtp.reply.Reply;
import dev.postrider.smtp.reply.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One message on its way: which of its replies have come, and what they mean together. Replies come
 * in the order of the commands: RSET where one was needed, MAIL, one RCPT for each recipient, then
 * DATA and the end of data, or one for each BDAT.
 */
final class Transaction {
    private final Message message;
    private final int index;
    private final Reply[] recipients;
    private int answeredRecipients;
    private int acceptedRecipients;
    private boolean resetPending;
    private @Nullable Reply resetRefused;
    private boolean behindContent;
    private boolean chunked;
    private int chunksPending;
    private boolean lastChunkSent;
    private boolean dataSent;
    private boolean ended;
    private boolean contradicted;
    private long lastOctetAt = Long.MAX_VALUE;
    private @Nullable Reply mail;
    private @Nullable Reply data;
    private @Nullable Reply end;

    Transaction(Message message, int index) {
        this.message = message;
        this.index = index;
        this.recipients = new Reply[message.envelope().recipients().size()];
    }

    Message message() {
        return message;
    }

    int index() {
        return index;
    }

    void resetSent() {
        resetPending = true;
    }

    /** Its envelope left with the content of the message before. */
    void sentBehindContent() {
        behindContent = true;
    }

    void dataSent() {
        dataSent = true;
    }

    void chunkSent(boolean last) {
        chunked = true;
        chunksPending++;
        lastChunkSent |= last;
    }

    void lastOctetAt(long position) {
        lastOctetAt = position;
    }

    boolean mayHaveLeft(long handedOver) {
        return lastOctetAt <= handedOver;
    }

    /** Whether all replies have come that can come. */
    boolean isComplete() {
        return ended || (data != null && !data.isIntermediate());
    }

    boolean hasChunksPending() {
        return chunksPending > 0;
    }

    boolean isEnvelopeAnswered() {
        return mail != null && answeredRecipients == recipients.length;
    }

    /** The command that the next reply belongs to. */
    Stage awaited() {
        if (resetPending) {
            return Stage.RSET;
        }
        if (mail == null) {
            return Stage.MAIL;
        }
        if (answeredRecipients < recipients.length) {
            return Stage.RCPT;
        }
        if (dataSent && data == null) {
            return Stage.DATA;
        }
        return chunksPending > 1 || (chunksPending == 1 && !lastChunkSent)
                ? Stage.CONTENT
                : Stage.END_OF_DATA;
    }

    /**
     * Takes the next reply.
     *
     * @throws BrokenProtocol if its command can't have such a reply
     */
    void take(Reply reply) throws BrokenProtocol {
        Stage stage = awaited();
        boolean fits = stage == Stage.DATA ? !reply.isPositive() : !reply.isIntermediate();
        if (!fits) {
            throw BrokenProtocol.unexpected(stage, reply);
        }
        switch (stage) {
            case RSET -> {
                // It is about the message before; what MAIL is told decides about this one.
                resetPending = false;
                if (!reply.isPositive()) {
                    resetRefused = reply;
                }
            }
            case MAIL -> mail = reply;
            case RCPT -> {
                recipients[answeredRecipients++] = reply;
                if (reply.isPositive()) {
                    acceptedRecipients++;
                }
            }
            case DATA -> data = reply;
            case CONTENT -> chunk(reply);
            case END_OF_DATA -> end(reply);
            case RESOLVE, CONNECT, GREETING, EHLO, STARTTLS, TLS, LOGIN, NOOP, QUIT ->
                    throw new IllegalStateException("no transaction waits for " + stage);
        }
    }

    private void chunk(Reply reply) {
        chunksPending--;
        if (!reply.isPositive() && end == null) {
            // RFC 3030 section 2: one refused chunk fails the whole message.
            end = reply;
        }
    }

    private void end(Reply reply) throws BrokenProtocol {
        chunksPending = 0;
        ended = true;
        if (end == null) {
            end = reply;
        }
        if (reply.isPositive() && !isMailAccepted()) {
            contradicted = true;
            throw new BrokenProtocol("The server took a message whose sender it had refused.");
        }
    }

    /** Whether no reply has come to its own commands. */
    boolean isUnanswered() {
        return mail == null;
    }

    /**
     * Whether the server refuses MAIL only because it came with the content before (RFC 2920
     * section 3.1 allows that, and some don't): by 503, or by 554 in words like Exim's.
     */
    boolean isOutOfStep() {
        return behindContent
                && mail != null
                && (mail.code() == 503
                        || (mail.isPermanent()
                                && mail.text().toLowerCase(Locale.ROOT).contains("synchroni")));
    }

    /** Whether the server, which has taken the envelope, doesn't know BDAT after all. */
    boolean isChunkUnknown() {
        return chunked
                && end != null
                && isMailAccepted()
                && acceptedRecipients > 0
                && (end.code() == 500 || end.code() == 502 || end.code() == 503);
    }

    /** Whether it is the answer to the whole message that is awaited, sent in chunks. */
    boolean isLastChunkUnanswered() {
        return lastChunkSent && !ended;
    }

    /** Whether the server has refused so much that no content should follow. */
    boolean isRefused() {
        boolean mailRefused = mail != null && !mail.isPositive();
        boolean dataRefused = data != null && !data.isIntermediate();
        return mailRefused
                || dataRefused
                || noRecipientLeft()
                || (end != null && !end.isPositive());
    }

    boolean isMailAccepted() {
        return mail != null && mail.isPositive();
    }

    /**
     * Whether the server may still hold this transaction open. The end of data closes it, taken or
     * refused (RFC 5321 section 4.1.1.4); about a refused BDAT servers differ.
     */
    boolean mayBeOpen() {
        boolean ends = end != null && (end.isPositive() || dataSent);
        return isMailAccepted() && !ends;
    }

    /** Whether DATA is answered, or will never be asked. */
    boolean isDataAnswered() {
        return !dataSent || data != null;
    }

    boolean isDataAccepted() {
        return data != null && data.isIntermediate();
    }

    boolean noRecipientLeft() {
        return answeredRecipients == recipients.length && acceptedRecipients == 0;
    }

    /** The result, as far as the replies alone tell it; null while they don't. */
    Result.@Nullable Settled settled() {
        if (contradicted) {
            return null;
        }
        if (mail != null && !mail.isPositive()) {
            return settled(Stage.MAIL, mail);
        }
        if (noRecipientLeft()) {
            return settled(Stage.RCPT, recipients[0]);
        }
        if (data != null && !data.isIntermediate()) {
            return settled(Stage.DATA, data);
        }
        return end == null ? null : settled(Stage.END_OF_DATA, end);
    }

    /** The server said 421 in answer to one of this message's commands, and takes no more of it. */
    Result closed(Reply closing) {
        return end == null
                ? new Result.NotBegun(new Cause.Closing(closing), refused())
                : settled(Stage.END_OF_DATA, end);
    }

    /**
     * Why the server can't have processed this message or any that was sent behind it, or null: it
     * refused RSET and hung up, or it doesn't know BDAT.
     */
    @Nullable Cause stopped(Cause lost) {
        if (resetRefused != null && isUnanswered()) {
            return new Cause.Closing(resetRefused);
        }
        return isChunkUnknown() ? lost : null;
    }

    /** The connection is gone, for this cause, after this many octets may have left. */
    Result lost(Cause cause, long handedOver) {
        Result.Settled settled = settled();
        if (settled != null && !isOutOfStep()) {
            return settled;
        }
        return mayHaveLeft(handedOver) ? new Result.Unknown(cause) : notBegun(cause);
    }

    /** With the recipients that were refused so far. */
    Result.NotBegun notBegun(Cause cause) {
        return new Result.NotBegun(cause, refused());
    }

    /** Those refused by a reply of their own, which 421 is not. */
    private List<RecipientResult> refused() {
        var refused = new ArrayList<RecipientResult>();
        for (int i = 0; i < answeredRecipients; i++) {
            if (!recipients[i].isPositive() && !recipients[i].isClosing()) {
                Recipient recipient = message.envelope().recipients().get(i);
                refused.add(new RecipientResult(recipient, Stage.RCPT, recipients[i]));
            }
        }
        return refused;
    }

    private Result.Settled settled(Stage stage, Reply reply) {
        List<Recipient> all = message.envelope().recipients();
        var results = new ArrayList<RecipientResult>(all.size());
        for (int i = 0; i < all.size(); i++) {
            boolean refusedItself =
                    stage != Stage.MAIL && i < answeredRecipients && !recipients[i].isPositive();
            results.add(
                    refusedItself
                            ? new RecipientResult(all.get(i), Stage.RCPT, recipients[i])
                            : new RecipientResult(all.get(i), stage, reply));
        }
        return new Result.Settled(stage, reply, results);
    }
}
