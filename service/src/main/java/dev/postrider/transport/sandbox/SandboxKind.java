package dev.postrider.transport.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.http.Fields;
import dev.postrider.transport.ContentSource;
import dev.postrider.transport.Kind;
import dev.postrider.transport.Transport;
import dev.postrider.transport.TransportSetup;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;

/** Mailboxes that send nowhere: there is nothing to set. */
@Singleton
public final class SandboxKind implements Kind {
    static final String NAME = "sandbox";

    private final Transport transport;

    public SandboxKind(SandboxMessages messages, ContentSource contents) {
        this.transport = new SandboxTransport(messages, contents);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean delivers() {
        return false;
    }

    @Override
    public TransportSetup connect(UUID workspace, Fields settings, String address) {
        return new TransportSetup(transport, Optional.empty());
    }

    @Override
    public Transport restore(JsonNode stored) {
        return transport;
    }
}
