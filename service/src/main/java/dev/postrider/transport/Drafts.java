package dev.postrider.transport;

import dev.postrider.email.EmailKey;
import dev.postrider.transport.Transport.MailboxKey;
import java.util.Optional;
import java.util.UUID;

/**
 * Keeps how far emails have got that are handed over as drafts: made and filled by safe calls, then
 * sent by one of their own. What is kept outlives a crash.
 */
public interface Drafts {
    /**
     * An attempt begins; those before it can't send any more.
     *
     * @param messageId by which its drafts are found, should they be left
     * @return empty when that can't be kept just now
     */
    Optional<Begun> begin(EmailKey email, MailboxKey mailbox, String messageId);

    /**
     * An attempt has begun.
     *
     * @param attempt its name
     * @param wasLeft whether the one before was left without a known end
     */
    record Begun(UUID attempt, boolean wasLeft) {}

    /**
     * The draft is to be sent now.
     *
     * @return false when another attempt has begun, or it can't be kept: then it mustn't be
     */
    boolean submit(EmailKey email, UUID attempt, String draft);

    /** How far the attempt got whose outcome isn't known; empty when there is none. */
    Optional<Progress> of(EmailKey email);

    /**
     * How far an attempt got.
     *
     * @param attempt its name
     * @param submitted the draft that may have been sent; empty when nothing can have been
     */
    record Progress(UUID attempt, Optional<String> submitted) {}

    /**
     * What became of an attempt is known, and no draft of it is left; of one that another has
     * overtaken nothing is kept.
     */
    void end(EmailKey email, UUID attempt);
}
