package dev.postrider.boot;

import dev.postrider.door.api.send.SubmitEmails;
import dev.postrider.door.api.track.Downloads;
import dev.postrider.flow.accept.SendEmail;
import dev.postrider.flow.compose.ComposeEmail;
import dev.postrider.flow.enqueue.Enqueue;
import dev.postrider.flow.enqueue.Repeats;
import dev.postrider.flow.lease.Worker;
import dev.postrider.flow.send.OpenCarrier;
import dev.postrider.flow.settle.Retention;
import dev.postrider.flow.settle.Settle;
import dev.postrider.flow.store.ChangeEmails;
import dev.postrider.flow.store.MailOfMailbox;
import dev.postrider.flow.store.find.Emails;
import dev.postrider.flow.webhook.Herald;
import dev.postrider.flow.webhook.Webhooks;
import dev.postrider.identity.Identity;
import dev.postrider.identity.Users;
import dev.postrider.identity.Workspaces;
import dev.postrider.identity.issuer.Issuers;
import dev.postrider.mailbox.AllowedBlocks;
import dev.postrider.mailbox.KnownProviders;
import dev.postrider.mailbox.Mailboxes;
import dev.postrider.mailbox.OutboundGuard;
import dev.postrider.mailbox.ReachServer;
import dev.postrider.mailbox.UserMailboxes;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.Wakeups;
import dev.postrider.spool.Spool;
import dev.postrider.spool.SpoolFolder;
import dev.postrider.vault.Reseal;
import java.security.SecureRandom;
import java.time.InstantSource;

/** Everything that runs, started in order and stopped in the reverse one. */
final class Running implements AutoCloseable {
    private final Storage storage;
    private final Identity identity;
    private final Users users;
    private final Workspaces workspaces;
    private final OutboundGuard guard;
    private final Mailboxes mailboxes;
    private final Enqueue enqueue;
    private final SendEmail sendEmail;
    private final Spool octets;
    private final SubmitEmails submitEmails;
    private final Emails emails;
    private final ChangeEmails changeEmails;
    private final Downloads downloads;
    private final Worker worker;
    private final Webhooks webhooks;
    private final Herald herald;
    private final Retention retention;
    private final Reseal reseal;

    private Running(Settings settings, OutboundGuard guard, Storage storage) {
        InstantSource clock = InstantSource.system();
        Database database = storage.database();
        var wakeups = new Wakeups();
        this.storage = storage;
        this.guard = guard;
        this.identity = identity(storage, new Issuers(settings.issuers(), clock), clock);
        this.users = new Users(database, new UserMailboxes(new MailOfMailbox()), clock);
        this.workspaces = new Workspaces(database, new UserMailboxes(new MailOfMailbox()), clock);
        this.mailboxes = new Mailboxes(database, storage.vault(), new MailOfMailbox());
        this.enqueue = new Enqueue(database, wakeups);
        var repeats = new Repeats(database);
        this.sendEmail =
                new SendEmail(
                        mailboxes,
                        new ComposeEmail(clock),
                        enqueue,
                        database,
                        wakeups,
                        repeats,
                        clock,
                        settings.giveUpAfter());
        this.octets =
                new Spool(
                        storage.folder()
                                .map(folder -> SpoolFolder.in(folder.path().resolve("uploads")))
                                .orElseGet(SpoolFolder::ofTheMachine));
        this.submitEmails =
                new SubmitEmails(
                        mailboxes, guard, octets, enqueue, repeats, clock, settings.giveUpAfter());
        this.emails = new Emails(database);
        this.changeEmails = new ChangeEmails(database, wakeups, settings.giveUpAfter());
        this.downloads = new Downloads(storage.vault(), settings.publicUrl(), clock);
        var settle =
                new Settle(
                        database,
                        wakeups,
                        settings.node(),
                        settings.retries(),
                        clock,
                        new SecureRandom());
        this.worker =
                new Worker(
                        database,
                        settings.node(),
                        settings.leaseTime(),
                        mailboxes,
                        new OpenCarrier(
                                database, mailboxes, new ReachServer(guard), new KnownProviders()),
                        settle,
                        wakeups,
                        clock);
        this.retention = new Retention(database, settings.keep(), clock);
        this.webhooks = new Webhooks(database, storage.vault());
        this.reseal = new Reseal(database, storage.vault());
        this.herald = new Herald(database, storage.vault(), guard, clock, new SecureRandom());
    }

    static Running start(Settings settings) {
        var guard = new OutboundGuard(allowed(settings));
        var storage = Storage.open(settings);
        try {
            var running = new Running(settings, guard, storage);
            new CreateFirstUser(settings, System.out).in(running.identity);
            running.worker.start();
            running.herald.start();
            running.retention.start();
            running.reseal.start();
            return running;
        } catch (RuntimeException e) {
            storage.close();
            throw e;
        }
    }

    private static Identity identity(Storage storage, Issuers issuers, InstantSource clock) {
        return Identity.of(storage.database(), storage.vault(), issuers, clock)
                .orElseThrow(() ->
                        new CannotStart(
                                "The master key doesn't open the signing key of the database "
                                        + storage.database().url().place()
                                        + ": it is another database's key; restore this"
                                        + " one's, or correct POSTRIDER_MASTER_KEY_FILE;"
                                        + " if it is lost for good, ./postrider keys lost helps."));
    }

    private static AllowedBlocks allowed(Settings settings) {
        return switch (AllowedBlocks.parse(settings.outboundAllow())) {
            case AllowedBlocks.Parsed.Valid(var blocks) -> blocks;
            case AllowedBlocks.Parsed.Invalid(var part) ->
                    throw new CannotStart(
                            "POSTRIDER_OUTBOUND_ALLOW holds \""
                                    + part
                                    + "\", which is no CIDR block: it looks like"
                                    + " 10.1.0.0/16,fd00::/8,127.0.0.1/32.");
        };
    }

    Database database() {
        return storage.database();
    }

    Identity identity() {
        return identity;
    }

    Users users() {
        return users;
    }

    Workspaces workspaces() {
        return workspaces;
    }

    OutboundGuard guard() {
        return guard;
    }

    Mailboxes mailboxes() {
        return mailboxes;
    }

    SendEmail sendEmail() {
        return sendEmail;
    }

    Spool octets() {
        return octets;
    }

    SubmitEmails submitEmails() {
        return submitEmails;
    }

    Emails emails() {
        return emails;
    }

    ChangeEmails changeEmails() {
        return changeEmails;
    }

    Downloads downloads() {
        return downloads;
    }

    Webhooks webhooks() {
        return webhooks;
    }

    @Override
    public void close() throws InterruptedException {
        try {
            enqueue.close();
            worker.close();
            herald.close();
            retention.close();
            reseal.close();
        } finally {
            storage.close();
        }
    }
}
