package dev.postrider.transport.sandbox;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.credential.Credential;
import dev.postrider.http.Fields;
import dev.postrider.transport.Connections;
import dev.postrider.transport.ContentSource;
import dev.postrider.transport.SendingLimits;
import dev.postrider.transport.Transport;
import dev.postrider.transport.TransportSetup;
import dev.postrider.transport.Verification;
import java.util.Optional;
import java.util.UUID;

/** Keeps what is sent, to be looked at. */
record SandboxTransport(SandboxMessages messages, ContentSource contents) implements Transport {
    /** One connection: it is never slow. */
    private static final SendingLimits LIMITS =
            new SendingLimits(Optional.empty(), Optional.empty(), Optional.empty(), 1);

    @Override
    public String kind() {
        return SandboxKind.NAME;
    }

    @Override
    public String place() {
        return SandboxKind.NAME;
    }

    @Override
    public ObjectNode stored() {
        return JsonNodeFactory.instance.objectNode();
    }

    @Override
    public Optional<Object> shown() {
        return Optional.empty();
    }

    @Override
    public Optional<String> note() {
        return Optional.empty();
    }

    @Override
    public boolean needsCredential() {
        return false;
    }

    @Override
    public SendingLimits limits(String address) {
        return LIMITS;
    }

    @Override
    public TransportSetup change(UUID workspace, Fields settings, String address) {
        return new TransportSetup(this, Optional.empty());
    }

    @Override
    public Verification verify(MailboxKey mailbox, Optional<Credential> credential) {
        return new Verification.Works(Optional.empty(), Optional.empty());
    }

    @Override
    public Connections connections(
            MailboxKey mailbox, Optional<Credential> credential, SendingLimits limits) {
        return new SandboxConnections(messages, mailbox, contents);
    }
}
