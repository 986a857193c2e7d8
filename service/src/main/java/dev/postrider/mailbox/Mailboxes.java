package dev.postrider.mailbox;

import dev.postrider.event.MailboxEvent;
import dev.postrider.event.MailboxEvents;
import dev.postrider.identity.Caller;
import dev.postrider.log.Journal;
import dev.postrider.mailbox.domain.Domain;
import dev.postrider.mailbox.domain.DomainTable;
import dev.postrider.mailbox.health.MailboxHealth;
import dev.postrider.mailbox.health.QueuedMail;
import dev.postrider.mailbox.health.ReadHealth;
import dev.postrider.mailbox.health.WorkspaceMailboxes;
import dev.postrider.mailbox.sender.SenderLookups;
import dev.postrider.page.Page;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.NewId;
import dev.postrider.transport.Kinds;
import dev.postrider.vault.Vault;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * The connected mailboxes. What only {@code /mailboxes} does is for this package; the rest is for
 * whoever sends. Safe for concurrent use.
 */
@Singleton
public final class Mailboxes {
    private static final Journal JOURNAL = Journal.of("flow");

    private static final MailboxEvent CONNECTED =
            new MailboxEvent.Connected(false, Optional.empty());

    private final Database database;
    private final Vault vault;
    private final Kinds kinds;
    private final MailboxQuota quota;
    private final QueuedMail mail;
    private final MailboxEvents events;
    private final SenderLookups senders;

    public Mailboxes(
            Database database,
            Vault vault,
            Kinds kinds,
            MailboxQuota quota,
            QueuedMail mail,
            MailboxEvents events) {
        this.mail = mail;
        this.events = events;
        this.database = database;
        this.vault = vault;
        this.kinds = kinds;
        this.quota = quota;
        this.senders = new SenderLookups(database, kinds);
    }

    /**
     * The mailbox that sends for a user who names none: the one that they made their default, or
     * the oldest with a server, or a sandbox.
     */
    public Optional<Mailbox> defaultFor(UUID workspaceId, UUID userId) {
        return defaultFor(workspaceId, userId, Set.of());
    }

    /**
     * The same among those of some kinds of transport.
     *
     * @param kinds by their names; none for any
     */
    public Optional<Mailbox> defaultFor(UUID workspaceId, UUID userId, Set<String> kinds) {
        return senders.defaultFor(workspaceId, userId, kinds);
    }

    /**
     * The mailbox through which a caller sends as an address: the caller's own, else the
     * workspace's, else, for owners and admins, another user's. Whoever connects a mailbox writes
     * its address herself, so that alone gives nobody others' mail: an address that some user signs
     * in with is no other user's, and among others' mailboxes the one counts whose user signs in
     * with the address, then the oldest, whatever their owners made their default (decision 0069).
     *
     * @param address without a name, in any case, the domain in A-labels
     */
    public Optional<Mailbox> sendingAs(Caller caller, String address) {
        return senders.sendingAs(caller, address);
    }

    /** A mailbox with what it takes to send, whatever its state. */
    public Optional<LoadedMailbox> load(UUID workspaceId, UUID mailboxId) {
        return database.read(handle -> MailboxTable.find(handle, workspaceId, mailboxId, kinds))
                .map(row -> row.open(vault));
    }

    /**
     * Holds an active mailbox until its user mends it.
     *
     * @param reason what happened and what to do; a mailbox that is held keeps its first
     * @return false when it wasn't active
     */
    public boolean hold(UUID workspaceId, UUID mailboxId, HoldReason reason) {
        return hold(workspaceId, mailboxId, Optional.empty(), reason);
    }

    /**
     * Holds an active mailbox, unless its login is another by now: what was refused may have been
     * replaced meanwhile.
     *
     * @return false when it wasn't active, or has another login
     */
    public boolean hold(LoadedMailbox loaded, HoldReason reason) {
        var mailbox = loaded.mailbox();
        return hold(mailbox.workspaceId(), mailbox.id(), Optional.of(loaded), reason);
    }

    private boolean hold(
            UUID workspaceId, UUID mailboxId, Optional<LoadedMailbox> seen, HoldReason reason) {
        var held =
                database.inTransaction(handle -> {
                    var isHeld =
                            ChangeMailboxState.hold(handle, workspaceId, mailboxId, seen, reason);
                    if (isHeld) {
                        events.tell(handle, workspaceId, mailboxId, new MailboxEvent.Held());
                    }
                    return isHeld;
                });
        forgetRecent();
        if (held) {
            JOURNAL.warning(
                    "mailbox held",
                    "mailbox",
                    mailboxId,
                    "code",
                    reason.code(),
                    "reason",
                    reason.text());
        }
        return held;
    }

    /**
     * Lets a held or paused mailbox send again and wakes its lane.
     *
     * @return false when it was active, or is gone
     */
    public boolean release(UUID workspaceId, UUID mailboxId) {
        var released = database.inTransaction(handle -> release(handle, workspaceId, mailboxId));
        forgetRecent();
        if (released) {
            JOURNAL.event("mailbox released", "mailbox", mailboxId);
        }
        return released;
    }

    private boolean release(Handle handle, UUID workspaceId, UUID mailboxId) {
        var before = ChangeMailboxState.release(handle, workspaceId, mailboxId);
        before.ifPresent(
                was -> events.tell(handle, workspaceId, mailboxId, new MailboxEvent.Released(was)));
        return before.isPresent();
    }

    /** What became of a mailbox that is connected now. */
    public sealed interface Connected {
        record Done(Mailbox mailbox) implements Connected {}

        /** Its user has one of that address already. */
        record Exists() implements Connected {}

        /** The workspace has as many as it may. */
        record TooMany(int most) implements Connected {}
    }

    /** Connects a mailbox. */
    public Connected connect(NewMailbox mailbox) {
        return changed(
                database.of(mailbox.workspaceId())
                        .inTransaction(handle -> {
                            var connected = connect(handle, mailbox);
                            if (connected instanceof Connected.Done(var made)) {
                                events.tell(handle, made.workspaceId(), made.id(), CONNECTED);
                            }
                            return connected;
                        }));
    }

    /**
     * The same in a transaction of the caller's, who tells of it, and calls {@link #forgetRecent}
     * after it.
     */
    public Connected connect(Handle handle, NewMailbox mailbox) {
        var id = NewId.get();
        var sealed = mailbox.secret().map(secret -> vault.seal(secret, id));
        if (MailboxTable.count(handle, mailbox.workspaceId()) >= quota.perWorkspace()) {
            return new Connected.TooMany(quota.perWorkspace());
        }
        return MailboxTable.insert(handle, id, mailbox, sealed, kinds)
                .<Connected>map(Connected.Done::new)
                .orElseGet(Connected.Exists::new);
    }

    /** A mailbox as it is within a transaction. */
    public Optional<Mailbox> find(Handle handle, UUID workspaceId, UUID id) {
        return MailboxTable.find(handle, workspaceId, id, kinds).map(MailboxRow::mailbox);
    }

    /** The mailbox that a user has of an address, in any case. */
    public Optional<Mailbox> ofUser(Handle handle, UUID workspaceId, UUID userId, String address) {
        return MailboxTable.ofUser(handle, workspaceId, userId, address, kinds);
    }

    public Optional<Mailbox> find(UUID workspaceId, UUID id) {
        return database.of(workspaceId)
                .read(handle -> MailboxTable.find(handle, workspaceId, id, kinds))
                .map(MailboxRow::mailbox);
    }

    public Page.Items<Mailbox> list(UUID workspaceId, MailboxFilter filter, Page page) {
        return database.of(workspaceId)
                .read(handle -> ListMailboxes.page(handle, workspaceId, filter, page, kinds));
    }

    /** Of those that a caller sees. */
    public WorkspaceMailboxes count(Caller caller) {
        return database.of(caller.workspaceId())
                .read(handle ->
                        ListMailboxes.count(handle, caller.workspaceId(), caller.onlyUser()));
    }

    /** The domains of the mailboxes that a caller sees, newest first. */
    public List<Domain> domains(Caller caller) {
        return database.of(caller.workspaceId())
                .read(handle ->
                        DomainTable.list(
                                handle,
                                caller.workspaceId(),
                                caller.onlyUser(),
                                caller.onlyMailbox()));
    }

    public MailboxHealth health(Mailbox mailbox) {
        return health(mailbox.workspaceId(), List.of(mailbox))
                .getOrDefault(mailbox.id(), MailboxHealth.NEW);
    }

    /** Without those that are gone by now. */
    public Map<UUID, MailboxHealth> health(UUID workspaceId, List<Mailbox> some) {
        var ids = some.stream().map(Mailbox::id).toList();
        return database.of(workspaceId)
                .read(handle -> ReadHealth.of(handle, mail, workspaceId, ids));
    }

    /** Changes a mailbox; empty when somebody else has changed or removed it meanwhile. */
    public Optional<Mailbox> change(MailboxChange change) {
        return changed(
                database.of(change.before().workspaceId())
                        .inTransaction(handle -> {
                            var changed = change(handle, change);
                            changed.ifPresent(_ -> tellReleased(handle, change));
                            return changed;
                        }));
    }

    /**
     * The same in a transaction of the caller's, who calls {@link #tellReleased} in it when all is
     * stored, and {@link #forgetRecent} after it.
     */
    public Optional<Mailbox> change(Handle handle, MailboxChange change) {
        var before = change.before();
        var sealed = change.secret().map(secret -> vault.seal(secret, before.id()));
        var changed = MailboxTable.update(handle, change, sealed, kinds);
        if (changed.isPresent() && change.releases()) {
            ChangeMailboxState.wake(handle, before.workspaceId(), before.id());
        }
        return changed;
    }

    /** Tells of a change that lets a mailbox go on, as the mailbox is then. */
    public void tellReleased(Handle handle, MailboxChange change) {
        if (change.releases()) {
            var before = change.before();
            events.tell(
                    handle,
                    before.workspaceId(),
                    before.id(),
                    new MailboxEvent.Released(before.state().text()));
        }
    }

    public Removal remove(UUID workspaceId, UUID id, boolean cancelWaiting) {
        return changed(
                database.of(workspaceId)
                        .inTransaction(handle ->
                                RemoveMailbox.remove(
                                        handle, mail, events, workspaceId, id, cancelWaiting)));
    }

    private <T> T changed(T result) {
        forgetRecent();
        return result;
    }

    /** Some mailbox has changed. */
    public void forgetRecent() {
        senders.forget();
    }
}
