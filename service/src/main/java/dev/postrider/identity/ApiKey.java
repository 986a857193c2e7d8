package dev.postrider.identity;

import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * The key that a request came with, without its secret.
 *
 * @param mailboxId the only mailbox that it may use
 * @param perSecond how many requests a second it may make
 */
public record ApiKey(UUID id, Permission permission, Optional<UUID> mailboxId, int perSecond) {
    /** What a key is good for. */
    public enum Permission {
        FULL_ACCESS,
        /** Sends, and nothing else. */
        SENDING_ACCESS;

        /** As it stands in requests, in answers and in the database. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<Permission> parse(String text) {
            return switch (text) {
                case "full_access" -> Optional.of(FULL_ACCESS);
                case "sending_access" -> Optional.of(SENDING_ACCESS);
                default -> Optional.empty();
            };
        }
    }
}
