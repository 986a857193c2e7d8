package dev.postrider.identity.user;

import dev.postrider.identity.Role;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Somebody of a workspace.
 *
 * @param email what they log in with; empty for an application's own user, who doesn't
 * @param externalId what an application calls them, unique in their workspace
 * @param hasPassword whether they can log in here; without one they are invited or sign in
 *     elsewhere
 * @param deactivatedAt since when they are out; empty for who is in
 */
public record User(
        UUID workspaceId,
        UUID id,
        Optional<String> email,
        Optional<String> externalId,
        Role role,
        boolean hasPassword,
        Instant createdAt,
        Optional<Instant> deactivatedAt) {
    private static final Pattern EMAIL =
            Pattern.compile("[^\\s\\p{Cntrl}@]{1,64}@[^\\s\\p{Cntrl}@]{1,189}");

    /** The longest name that an application may give its user. */
    public static final int MAX_EXTERNAL_ID = 200;

    /** As they are called in logs. */
    public String name() {
        return email.or(() -> externalId).orElse(id.toString());
    }

    /** Whether somebody may log in with it. */
    public static boolean isEmail(String text) {
        return EMAIL.matcher(text).matches();
    }

    public boolean isActive() {
        return deactivatedAt.isEmpty();
    }
}
