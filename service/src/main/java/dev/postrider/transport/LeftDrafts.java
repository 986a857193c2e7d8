package dev.postrider.transport;

import dev.postrider.email.EmailKey;
import dev.postrider.transport.Transport.MailboxKey;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Drafts that emails may have left which nobody sends any more. What is kept outlives a crash. */
public interface LeftDrafts {
    /**
     * Takes some that are due. An attempt of before can't send its draft any more; one that begins
     * later overtakes the sweep.
     *
     * @param settles how long the email must be over or gone: until then a draft may be on its way
     *     out
     * @return at most so many; nobody else takes them for a while
     */
    List<Left> claim(int most, Duration settles);

    /**
     * What an email may have left.
     *
     * @param sweep the name of this try, as attempts have one
     * @param messageId of its drafts
     * @param sweeps how many tries there were, this one too
     */
    record Left(EmailKey email, UUID sweep, MailboxKey mailbox, String messageId, int sweeps) {}

    /** Whether no attempt has begun meanwhile: then what was found until now is of none. */
    boolean isStillLeft(Left left);

    /** Nothing is left, or nothing can be done about it. */
    void swept(Left left);
}
