package dev.postrider.mailbox.connect;

import dev.postrider.credential.provider.Tier;
import dev.postrider.identity.workspace.ReturnUrl;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A link that somebody wants, its parts checked.
 *
 * @param madeBy who asks; empty for the program itself
 * @param options none: whatever is set up when it is opened
 */
public record NewConnectLink(
        UUID workspaceId,
        Optional<UUID> madeBy,
        ForWhom forWhom,
        Optional<UUID> mailboxId,
        Optional<String> address,
        List<ConnectOption> options,
        Tier tier,
        Optional<ReturnUrl> returnUrl,
        Optional<String> state,
        Duration lifetime) {
    public static final Duration USUAL_LIFETIME = Duration.ofHours(1);
    public static final Duration SHORTEST = Duration.ofMinutes(1);
    public static final Duration LONGEST = Duration.ofDays(7);

    public NewConnectLink {
        options = List.copyOf(options);
    }

    /** Whose mailbox it is to be. */
    public sealed interface ForWhom {
        record User(UUID id) implements ForWhom {}

        /** An application's own user, who is made if there is none of the name. */
        record External(String id) implements ForWhom {}

        /** One of the whole workspace, connected again. */
        record Workspace() implements ForWhom {}
    }
}
