package dev.postrider.mailbox.http;

import dev.postrider.http.Id;
import dev.postrider.http.ProblemCode;
import dev.postrider.identity.Caller;
import dev.postrider.mailbox.Mailbox;
import dev.postrider.mailbox.Mailboxes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.UUID;

/** Which mailboxes a caller may see: members their own, owners and admins their workspace's. */
@Singleton
public final class MailboxAccess {
    private final Mailboxes mailboxes;

    public MailboxAccess(Mailboxes mailboxes) {
        this.mailboxes = mailboxes;
    }

    public Optional<Mailbox> find(Caller caller, String id) {
        var owner = owner(caller);
        return Id.parse(id)
                .flatMap(uuid -> mailboxes.find(caller.workspaceId(), uuid))
                .filter(mailbox -> owner.isEmpty() || owner.equals(mailbox.userId()));
    }

    /** Whose mailboxes the caller sees; empty for everyone's. */
    static Optional<UUID> owner(Caller caller) {
        return switch (caller.role()) {
            case OWNER, ADMIN -> Optional.empty();
            case MEMBER -> Optional.of(caller.userId());
        };
    }

    /** The same for one that isn't there and one that is somebody else's. */
    public static Response notFound() {
        return ProblemCode.NOT_FOUND.response(
                "You have no mailbox with this id: GET /mailboxes lists them.");
    }
}
