package dev.postrider.purge;

import java.time.Instant;

/** Something that would grow without end if what is old weren't deleted. */
public interface Purge {
    /** So many rows a statement: few enough that nobody waits for its locks. */
    int AT_ONCE = 2_000;

    /** What is deleted, for the log. */
    String what();

    /**
     * Deletes some of what has been kept long enough by then, by what is there and not by whose it
     * is: a workspace may have gone.
     *
     * @return how many rows; 0 when nothing old is left
     */
    int some(Instant now);
}
