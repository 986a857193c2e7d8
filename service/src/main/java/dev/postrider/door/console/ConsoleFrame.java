package dev.postrider.door.console;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands around each page.
 *
 * @param base of our URLs, without a slash at its end
 * @param version of style, script and icon: another for each change of them
 * @param who empty: nobody is signed in
 * @param note what has just been done
 */
public record ConsoleFrame(
        String title,
        String base,
        String version,
        List<Entry> entries,
        @Nullable Who who,
        @Nullable String note) {
    public ConsoleFrame {
        entries = List.copyOf(entries);
    }

    /**
     * A page that one can go to from everywhere.
     *
     * @param isCurrent whether one is there, or below it
     */
    public record Entry(String label, String path, boolean isCurrent) {}

    /** Who is signed in. */
    public record Who(String email, String role, String workspace, String formToken) {}
}
