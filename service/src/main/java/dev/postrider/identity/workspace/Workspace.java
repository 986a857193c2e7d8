package dev.postrider.identity.workspace;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A tenant.
 *
 * @param returnUrls where connect links may lead back to
 * @param notificationMailbox sends to owners of mailboxes that need them; empty for none, or one
 *     that is gone
 * @param externalName as an OpenID provider's claim names it; empty for one that was made here
 */
public record Workspace(
        UUID id,
        String name,
        Optional<String> externalName,
        List<ReturnUrl> returnUrls,
        Optional<UUID> notificationMailbox,
        Language language,
        Instant createdAt) {
    public Workspace {
        returnUrls = List.copyOf(returnUrls);
    }

    Workspace withNotificationMailbox(Optional<UUID> mailbox) {
        return new Workspace(id, name, externalName, returnUrls, mailbox, language, createdAt);
    }

    /** Whether a connect link may lead back there, as things stand now. */
    public boolean allows(ReturnUrl url) {
        return returnUrls.stream().anyMatch(each -> each.covers(url));
    }
}
