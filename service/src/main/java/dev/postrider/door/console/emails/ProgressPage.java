package dev.postrider.door.console.emails;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a change of many emails is.
 *
 * @param query of the list that is changed
 * @param done so many so far
 * @param failed so many weren't, so far
 * @param notDone some of them, and why
 * @param inDoubt of a cancel: those that somebody may have got
 * @param after the cursor to go on from; null: all is done
 */
public record ProgressPage(
        String formToken,
        String title,
        String act,
        String query,
        @Nullable String mailbox,
        String doneWords,
        int done,
        int failed,
        List<Left> notDone,
        List<Left> inDoubt,
        @Nullable String after) {
    public ProgressPage {
        notDone = List.copyOf(notDone);
        inDoubt = List.copyOf(inDoubt);
    }

    /** An email that needs a look. */
    public record Left(String id, String why) {}
}
