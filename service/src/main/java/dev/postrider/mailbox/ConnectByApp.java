package dev.postrider.mailbox;

import dev.postrider.credential.grant.Grants;
import dev.postrider.credential.provider.AppAccess;
import dev.postrider.credential.provider.CodeResult;
import dev.postrider.credential.provider.NewGrant;
import dev.postrider.credential.provider.ProviderApp;
import dev.postrider.credential.provider.UseOwnAccess;
import dev.postrider.event.MailboxEvent;
import dev.postrider.event.MailboxEvents;
import dev.postrider.postgres.Database;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Connects mailboxes of an organisation whose administrator has allowed an app to act for its users
 * (domain-wide delegation, application permissions): nobody consents, so the app may only be used
 * for what its operator lists, and by who administers the workspace. The provider is asked first.
 */
@Singleton
public final class ConnectByApp {
    private final Database database;
    private final Mailboxes mailboxes;
    private final Grants grants;
    private final UseOwnAccess access;
    private final MailboxEvents events;

    public ConnectByApp(
            Database database,
            Mailboxes mailboxes,
            Grants grants,
            UseOwnAccess access,
            MailboxEvents events) {
        this.database = database;
        this.mailboxes = mailboxes;
        this.grants = grants;
        this.access = access;
        this.events = events;
    }

    /** What became of it. */
    public sealed interface Result {
        record Stored(Mailboxes.Connected connected) implements Result {}

        /** The app isn't for this address, or its provider says so. */
        record Refused(String problem) implements Result {}

        record AppAtFault(String problem) implements Result {}

        record NotNow(String problem) implements Result {}
    }

    /**
     * @param mailbox without a secret
     * @param app with access of its own
     */
    public Result connect(NewMailbox mailbox, ProviderApp app) throws InterruptedException {
        var isListed =
                app.access() instanceof AppAccess.Application own && own.covers(mailbox.address());
        if (!isListed) {
            return new Result.Refused(
                    "is not one that this app may be used for: the operator lists them under"
                            + " \"allow\" in POSTRIDER_PROVIDERS_FILE");
        }
        return switch (access.of(app, mailbox.address())) {
            case CodeResult.Refused(_, var problem, _) ->
                    new Result.Refused("was refused: " + problem);
            case CodeResult.AppAtFault(_, var problem) -> new Result.AppAtFault(problem);
            case CodeResult.NotNow(var problem, _) -> new Result.NotNow(problem);
            case CodeResult.Granted(var grant) -> new Result.Stored(store(mailbox, grant));
        };
    }

    private Mailboxes.Connected store(NewMailbox mailbox, NewGrant grant) {
        var stored =
                database.of(mailbox.workspaceId())
                        .inTransaction(handle -> {
                            var connected = mailboxes.connect(handle, mailbox);
                            if (connected instanceof Mailboxes.Connected.Done(var made)) {
                                grants.put(handle, made.workspaceId(), made.id(), grant);
                                events.tell(
                                        handle,
                                        made.workspaceId(),
                                        made.id(),
                                        new MailboxEvent.Connected(false, Optional.empty()));
                            }
                            return connected;
                        });
        mailboxes.forgetRecent();
        return stored;
    }
}
