package dev.postrider.postgres;

import dev.postrider.log.Journal;

/**
 * Tells the log of a loop's failures: once that the database is away and once that it is back,
 * however often the loop tries meanwhile; all else each time. For one thread at a time.
 */
public final class TellOutage {
    private final Journal journal;
    private final String failed;
    private boolean isAway;

    /**
     * @param failed what can't be done then, as {@code webhooks can't be looked for}
     */
    public TellOutage(Journal journal, String failed) {
        this.journal = journal;
        this.failed = failed;
    }

    /** One more try went wrong. */
    public void failure(Exception e) {
        if (!(e instanceof DatabaseAway)) {
            journal.failure(failed, e);
        } else if (!isAway) {
            isAway = true;
            journal.warning(failed, "reason", String.valueOf(e.getMessage()));
        }
    }

    /** One more try went well. */
    public void success() {
        if (isAway) {
            isAway = false;
            journal.event("the database is back", "after", failed);
        }
    }
}
