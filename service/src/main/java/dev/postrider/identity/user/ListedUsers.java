package dev.postrider.identity.user;

import java.util.List;
import java.util.Optional;

/**
 * Which users of a workspace a list is to show.
 *
 * @param externalId of the only one; empty for any
 * @param canSignIn whether they have something to log in with; empty for both
 * @param words lower-case ones that the email or the application's name has, all of them
 */
public record ListedUsers(
        Optional<String> externalId, Optional<Boolean> canSignIn, List<String> words) {
    public ListedUsers {
        words = List.copyOf(words);
    }
}
