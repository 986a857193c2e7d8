package dev.postrider.notice;

import dev.postrider.credential.grant.GrantInfo;
import dev.postrider.email.OnUnknown;
import dev.postrider.email.Priority;
import dev.postrider.flow.accept.DeliveryOptions;
import dev.postrider.flow.accept.EmailRequest;
import dev.postrider.flow.accept.Idempotency;
import dev.postrider.flow.accept.Intake;
import dev.postrider.flow.accept.IntakeResult;
import dev.postrider.flow.accept.Rejection;
import dev.postrider.flow.compose.Body;
import dev.postrider.flow.compose.Conversation;
import dev.postrider.flow.compose.Recipients;
import dev.postrider.identity.ApiKey;
import dev.postrider.identity.Caller;
import dev.postrider.identity.Role;
import dev.postrider.log.Journal;
import dev.postrider.machine.Loop;
import dev.postrider.machine.Machine;
import dev.postrider.mailbox.MailboxState;
import dev.postrider.mailbox.ReadMailbox;
import dev.postrider.mailbox.notify.OwnerNotices;
import dev.postrider.mailbox.notify.OwnerNotices.Notice;
import dev.postrider.mailbox.notify.ReconnectLinks;
import dev.postrider.mime.address.Address;
import dev.postrider.mime.header.HeaderField;
import dev.postrider.postgres.Database;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The machine that writes to owners of mailboxes. A notice is one request to the intake however
 * often it is tried: a node that dies in between has sent it, or another sends it.
 */
@Singleton
public final class SendNotices implements Machine {
    private static final Journal JOURNAL = Journal.of("flow");

    /** An email to somebody who has to do something isn't late for that. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(15);

    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final int MOST_ATTEMPTS = 10;

    /** So that no robot answers (RFC 3834, 5). */
    private static final HeaderField AUTOMATIC =
            new HeaderField("Auto-Submitted", "auto-generated");

    private final Database database;
    private final ReadMailbox read;
    private final ReconnectLinks links;
    private final Intake intake;
    private final InstantSource clock;
    private final Loop loop =
            new Loop(JOURNAL, "send-notices", "notices can't be sent", LOOK_EVERY, this::send);

    public SendNotices(
            Database database,
            ReadMailbox read,
            ReconnectLinks links,
            Intake intake,
            InstantSource clock) {
        this.database = database;
        this.read = read;
        this.links = links;
        this.intake = intake;
        this.clock = clock;
    }

    /** An email to an owner, and who asks for it. */
    private record Prepared(Caller caller, EmailRequest email) {}

    @Override
    public void start() {
        loop.start();
    }

    /** Sends those that are due. */
    void send() throws InterruptedException {
        for (var notice : database.statement(handle -> OwnerNotices.claim(handle, LEASE))) {
            send(notice);
        }
    }

    private void send(Notice notice) throws InterruptedException {
        var prepared = database.inTransaction(handle -> prepare(handle, notice));
        if (prepared.isEmpty()) {
            return;
        }
        switch (intake.take(
                prepared.get().caller(),
                prepared.get().email(),
                Optional.of(new Idempotency(notice.id().toString(), "notice", _ -> "")))) {
            case IntakeResult.Kept _, IntakeResult.Repeated _ -> {
                end(notice, true);
                JOURNAL.event(
                        "owner told", "mailbox", notice.mailboxId(), "of", notice.kind().text());
            }
            case IntakeResult.Rejected rejected -> rejected(notice, rejected.rejection());
        }
    }

    /** What is wrong now may be right later: the notification mailbox may be another by then. */
    private void rejected(Notice notice, Rejection why) {
        JOURNAL.warning(
                "owner not told",
                "mailbox",
                notice.mailboxId(),
                "code",
                why.code(),
                "attempt",
                notice.attempt());
        if (notice.attempt() >= MOST_ATTEMPTS) {
            end(notice, false);
        }
    }

    private void end(Notice notice, boolean isSent) {
        database.inTransaction(handle -> {
            if (isSent) {
                OwnerNotices.sent(handle, notice);
            } else {
                OwnerNotices.drop(handle, notice);
            }
            return isSent;
        });
    }

    /** Empty when there is nothing to say any more, or nobody to say it to. */
    private Optional<Prepared> prepare(Handle handle, Notice notice) {
        var seen =
                read.find(handle, notice.workspaceId(), notice.mailboxId())
                        .filter(each -> isTrue(notice, each));
        var correspondence = Correspondence.find(handle, notice);
        if (seen.isEmpty() || correspondence.isEmpty()) {
            OwnerNotices.drop(handle, notice);
            return Optional.empty();
        }
        var until = clock.instant().plus(ReconnectLinks.GOOD_FOR);
        var link =
                new WriteNotice.Link(
                        links.make(handle, seen.get().mailbox(), ReconnectLinks.GOOD_FOR), until);
        var letter = WriteNotice.write(notice, correspondence.get(), seen.get(), link);
        return email(notice, correspondence.get(), letter)
                .map(email -> new Prepared(caller(notice, correspondence.get()), email));
    }

    /** Whether it still is as it was when the notice was wanted. */
    private static boolean isTrue(Notice notice, ReadMailbox.Seen seen) {
        return switch (notice.kind()) {
            case HELD -> seen.mailbox().state() instanceof MailboxState.Held;
            case EXPIRING ->
                    seen.mailbox().state() instanceof MailboxState.Active
                            && seen.health()
                                    .grant()
                                    .flatMap(GrantInfo::endsAt)
                                    .equals(notice.endsAt());
        };
    }

    /** The program itself, which may send through this one mailbox. */
    private static Caller caller(Notice notice, Correspondence correspondence) {
        return new Caller(
                notice.workspaceId(),
                correspondence.userId(),
                correspondence.recipient(),
                Role.OWNER,
                Optional.of(
                        new ApiKey(
                                notice.mailboxId(),
                                ApiKey.Permission.SENDING_ACCESS,
                                Optional.of(correspondence.senderId()),
                                1)));
    }

    /** Empty when there is no writing to the owner: people log in with all sorts of names. */
    private static Optional<EmailRequest> email(
            Notice notice, Correspondence correspondence, WriteNotice.Letter letter) {
        if (!(Address.of(correspondence.workspace(), correspondence.senderAddress())
                        instanceof Address from)
                || !(Address.of("", correspondence.recipient()) instanceof Address to)) {
            JOURNAL.warning("owner has no address to write to", "mailbox", notice.mailboxId());
            return Optional.empty();
        }
        return Optional.of(
                new EmailRequest(
                        Optional.of(from),
                        Recipients.to(List.of(to)),
                        Body.plain(letter.subject(), letter.text()).with(List.of(AUTOMATIC)),
                        Conversation.NEW,
                        List.of(),
                        new DeliveryOptions(
                                Optional.empty(),
                                Priority.HIGH,
                                OnUnknown.RESEND,
                                Map.of(
                                        "postrider",
                                        "mailbox_" + notice.kind().text(),
                                        "mailbox_id",
                                        notice.mailboxId().toString()))));
    }

    @Override
    public void close() throws InterruptedException {
        loop.close();
    }
}
