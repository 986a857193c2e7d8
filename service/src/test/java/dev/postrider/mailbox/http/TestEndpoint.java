package dev.postrider.mailbox.http;

import dev.postrider.credential.grant.TestGrants;
import dev.postrider.credential.provider.AppWatch;
import dev.postrider.credential.provider.ProviderApps;
import dev.postrider.credential.provider.UseOwnAccess;
import dev.postrider.credential.provider.token.ProviderCalls;
import dev.postrider.event.MailboxEvents;
import dev.postrider.flow.store.change.CancelQueuedMail;
import dev.postrider.identity.login.CheapPasswords;
import dev.postrider.identity.user.ExternalIds;
import dev.postrider.identity.user.Users;
import dev.postrider.mailbox.ConnectByApp;
import dev.postrider.mailbox.Mailboxes;
import dev.postrider.mailbox.UserMailboxes;
import dev.postrider.postgres.Database;
import dev.postrider.transport.Kinds;
import java.time.InstantSource;

/** {@code /mailboxes} without the program, and with the operator's apps. */
final class TestEndpoint {
    private TestEndpoint() {}

    static MailboxesEndpoint of(
            Database database, Mailboxes mailboxes, Kinds kinds, ProviderApps apps) {
        var clock = InstantSource.system();
        var grants = TestGrants.of(database, apps, clock);
        return new MailboxesEndpoint(
                mailboxes,
                kinds,
                new MailboxAccess(mailboxes),
                new ExternalIds(database),
                new ConnectWithApp(
                        new ConnectByApp(
                                database,
                                mailboxes,
                                grants,
                                new UseOwnAccess(new ProviderCalls(), clock, () -> AppWatch.NONE),
                                MailboxEvents.NONE),
                        apps,
                        new Users(
                                database,
                                new UserMailboxes(new CancelQueuedMail(), MailboxEvents.NONE),
                                CheapPasswords.shared(),
                                clock),
                        kinds));
    }
}
