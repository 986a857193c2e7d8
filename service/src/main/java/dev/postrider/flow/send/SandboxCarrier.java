package dev.postrider.flow.send;

import dev.postrider.email.Attempt;
import dev.postrider.email.DueEmail;
import dev.postrider.email.Lease;
import dev.postrider.email.Outcome;
import dev.postrider.email.Recipient;
import dev.postrider.email.ServerReply;
import dev.postrider.mailbox.Mailbox;
import dev.postrider.mailbox.Mailboxes;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Carries nowhere: what a sandbox mailbox sends is kept in the database, to be looked at. */
final class SandboxCarrier implements Carrier {
    private static final ServerReply KEPT =
            new ServerReply(250, Optional.of("2.0.0"), "Kept in the sandbox");

    private final Mailboxes mailboxes;
    private final Mailbox mailbox;
    private final InstantSource clock;

    SandboxCarrier(Mailboxes mailboxes, Mailbox mailbox, InstantSource clock) {
        this.mailboxes = mailboxes;
        this.mailbox = mailbox;
        this.clock = clock;
    }

    @Override
    public List<Attempt> carry(Lease lease, List<DueEmail> due, Begin begin) {
        var begunAt = clock.instant();
        return begin.begin(due).stream()
                .map(email -> {
                    mailboxes.keep(
                            mailbox.workspaceId(),
                            mailbox.id(),
                            email.sender(),
                            email.recipients().stream().map(Recipient::address).toList(),
                            email.content().octets());
                    return new Attempt(
                            email,
                            lease.epoch(),
                            true,
                            begunAt,
                            Optional.of("sandbox"),
                            Optional.empty(),
                            new Outcome.Accepted(KEPT, List.of()));
                })
                .toList();
    }

    @Override
    public void close() {}
}
