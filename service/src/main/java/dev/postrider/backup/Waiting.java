package dev.postrider.backup;

/**
 * What becomes of emails that waited when a backup was made: each may have been sent since, so each
 * is taken for one whose attempt was begun and never heard of again.
 */
public enum Waiting {
    /** Their mailboxes are paused, until somebody has looked and resumes them. */
    HOLD,
    /** As each one's sender chose by on_unknown: sent once more, or reported. */
    RESEND,
    /** None is sent by itself: each ends as unknown. */
    REPORT
}
