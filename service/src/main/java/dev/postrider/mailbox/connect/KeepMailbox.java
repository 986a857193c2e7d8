package dev.postrider.mailbox.connect;

import dev.postrider.audit.Actor;
import dev.postrider.audit.AuditLog;
import dev.postrider.event.MailboxEvent;
import dev.postrider.event.MailboxEvents;
import dev.postrider.log.Journal;
import dev.postrider.mailbox.Mailbox;
import dev.postrider.mailbox.MailboxChange;
import dev.postrider.mailbox.MailboxOptions;
import dev.postrider.mailbox.MailboxState;
import dev.postrider.mailbox.Mailboxes;
import dev.postrider.mailbox.NewMailbox;
import dev.postrider.postgres.Database;
import dev.postrider.transport.Transport;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Stores a mailbox that is known to work, and uses its link up: both in one transaction, under the
 * link's lock. Of two who do so at once with the same link, one does.
 */
@Singleton
final class KeepMailbox {
    private static final Journal JOURNAL = Journal.of("http");

    private final Database database;
    private final Mailboxes mailboxes;
    private final InstantSource clock;
    private final MailboxEvents events;

    KeepMailbox(Database database, Mailboxes mailboxes, MailboxEvents events, InstantSource clock) {
        this.events = events;
        this.database = database;
        this.mailboxes = mailboxes;
        this.clock = clock;
    }

    /**
     * What is to be stored.
     *
     * @param secret to be sealed; empty when {@code also} stores what it logs in with
     * @param from where the browser's request came from
     * @param also what else belongs to it, in the same transaction
     */
    record Works(
            String address, Transport transport, Optional<String> secret, String from, Also also) {
        @Override
        public String toString() {
            return "Works[" + address + "]";
        }
    }

    /** Does its part of the transaction. */
    interface Also {
        /** Empty when all is well, or why nothing is to be stored. */
        Optional<ConnectFailure> store(Handle handle, Mailbox mailbox, boolean isNew);
    }

    /** What became of it. */
    sealed interface Kept {
        record Done(Mailbox mailbox) implements Kept {}

        /** Nothing was stored; the link can be tried again. */
        record Failed(ConnectFailure failure) implements Kept {}

        /** The link was used, revoked or expired meanwhile; nothing was stored. */
        record Closed() implements Kept {}
    }

    Kept keep(ConnectVisit visit, Works works) {
        var kept =
                database.of(visit.link().workspaceId())
                        .inTransaction(handle -> {
                            var result = keep(handle, visit, works);
                            if (!(result instanceof Kept.Done)) {
                                handle.rollback();
                            }
                            return result;
                        });
        mailboxes.forgetRecent();
        if (kept instanceof Kept.Done(var mailbox)) {
            JOURNAL.event(
                    "mailbox connected",
                    "mailbox",
                    mailbox.id(),
                    "server",
                    mailbox.transport().place(),
                    "link",
                    visit.link().id());
        }
        return kept;
    }

    private Kept keep(Handle handle, ConnectVisit visit, Works works) {
        var link = ConnectVisitTable.lock(handle, visit.link());
        var now = clock.instant();
        if (link.filter(each -> each.status(now) == ConnectLink.Status.OPEN)
                .filter(visit.browser()::isThatOf)
                .isEmpty()) {
            return new Kept.Closed();
        }
        var before = before(handle, link.get(), works);
        var again = before.map(mailbox -> change(mailbox, works));
        var stored =
                again.isPresent()
                        ? again(handle, again.get(), works)
                        : anew(handle, link.get(), works);
        if (!(stored instanceof Kept.Done(var mailbox))) {
            return stored;
        }
        var refused = works.also().store(handle, mailbox, before.isEmpty());
        if (refused.isPresent()) {
            return new Kept.Failed(refused.get());
        }
        // now that its new grant is there: what is told shows it
        again.ifPresent(change -> mailboxes.tellReleased(handle, change));
        events.tell(
                handle,
                mailbox.workspaceId(),
                mailbox.id(),
                new MailboxEvent.Connected(
                        before.isPresent(),
                        Optional.of(
                                new MailboxEvent.ConnectLink(
                                        visit.link().id(),
                                        visit.link().state(),
                                        visit.externalId()))));
        ConnectVisitTable.useUp(handle, link.get(), mailbox.id(), now);
        AuditLog.addDone(
                handle,
                actor(link.get(), works),
                "mailbox.connected",
                new AuditLog.Subject("mailbox", Optional.of(mailbox.id()), mailbox.address()));
        return stored;
    }

    /** The mailbox that the link names, or that its user has of this address already. */
    private Optional<Mailbox> before(Handle handle, ConnectLink link, Works works) {
        return link.mailboxId().isPresent()
                ? mailboxes.find(handle, link.workspaceId(), link.mailboxId().get())
                : mailboxes.ofUser(
                        handle, link.workspaceId(), link.userId().orElseThrow(), works.address());
    }

    /** Held mail goes on; a mailbox that somebody has paused stays so. */
    private static MailboxChange change(Mailbox before, Works works) {
        // how it sends (by the API, or by SMTP) was its user's choice
        var transport = isByConsent(before) ? before.transport() : works.transport();
        var state =
                before.state() instanceof MailboxState.Held
                        ? new MailboxState.Active()
                        : before.state();
        return new MailboxChange(
                before, before.displayName(), transport, works.secret(), state, before.options());
    }

    private Kept again(Handle handle, MailboxChange change, Works works) {
        var before = change.before();
        if (isByConsent(before) && !before.transport().kind().equals(works.transport().kind())) {
            return new Kept.Failed(ConnectFailure.MAILBOX_EXISTS);
        }
        return mailboxes
                .change(handle, change)
                .<Kept>map(Kept.Done::new)
                .orElseGet(() -> new Kept.Failed(ConnectFailure.CONFLICT));
    }

    private static boolean isByConsent(Mailbox mailbox) {
        return ConnectOption.provider(mailbox.transport().kind()).isPresent();
    }

    private Kept anew(Handle handle, ConnectLink link, Works works) {
        if (link.userId().isEmpty()) {
            return new Kept.Closed();
        }
        return switch (mailboxes.connect(
                handle,
                new NewMailbox(
                        link.workspaceId(),
                        link.userId().get(),
                        works.address(),
                        Optional.empty(),
                        works.transport(),
                        works.secret(),
                        MailboxOptions.USUAL))) {
            case Mailboxes.Connected.Done(var mailbox) -> new Kept.Done(mailbox);
            case Mailboxes.Connected.Exists _ -> new Kept.Failed(ConnectFailure.CONFLICT);
            case Mailboxes.Connected.TooMany _ ->
                    new Kept.Failed(ConnectFailure.TOO_MANY_MAILBOXES);
        };
    }

    private static Actor actor(ConnectLink link, Works works) {
        return new Actor(
                link.workspaceId(),
                link.userId(),
                works.address() + " by a connect link",
                Optional.of(works.from()));
    }
}
