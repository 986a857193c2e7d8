package dev.postrider.transport.sandbox;

import dev.postrider.email.Attempt;
import dev.postrider.email.Content;
import dev.postrider.email.DueEmail;
import dev.postrider.email.Lease;
import dev.postrider.email.Outcome;
import dev.postrider.email.Recipient;
import dev.postrider.email.ServerReply;
import dev.postrider.transport.Connection;
import dev.postrider.transport.ContentSource;
import dev.postrider.transport.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Sends nowhere: what a sandbox mailbox sends is kept in the database, to be looked at. */
record SandboxConnection(
        SandboxMessages messages, Transport.MailboxKey mailbox, ContentSource contents)
        implements Connection {
    private static final ServerReply KEPT =
            new ServerReply(250, Optional.of("2.0.0"), "Kept in the sandbox");

    @Override
    public void send(
            Lease lease,
            List<DueEmail> begun,
            Instant begunAt,
            BooleanSupplier holds,
            Consumer<Attempt> ended) {
        for (var email : begun) {
            if (holds.getAsBoolean()) {
                keep(email);
                ended.accept(
                        new Attempt(
                                email,
                                lease.epoch(),
                                true,
                                begunAt,
                                Optional.of("sandbox"),
                                Optional.empty(),
                                new Outcome.Accepted(KEPT, List.of())));
            }
        }
    }

    private void keep(DueEmail email) {
        messages.keep(
                mailbox,
                Optional.of(email.key().id()),
                email.sender(),
                email.recipients().stream().map(Recipient::address).toList(),
                octets(email.content()));
    }

    private byte[] octets(Content content) {
        return switch (content) {
            case Content.InMemory(var octets) -> octets;
            case Content.Stored stored -> {
                try (var stream = contents.open(stored)) {
                    yield stream.readAllBytes();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
    }

    @Override
    public boolean isUsable() {
        return true;
    }

    @Override
    public void close() {}
}
