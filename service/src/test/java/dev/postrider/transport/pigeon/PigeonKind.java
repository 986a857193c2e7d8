package dev.postrider.transport.pigeon;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.credential.Credential;
import dev.postrider.email.Outcome;
import dev.postrider.http.Fields;
import dev.postrider.transport.Connections;
import dev.postrider.transport.Kind;
import dev.postrider.transport.SendingLimits;
import dev.postrider.transport.Transport;
import dev.postrider.transport.TransportSetup;
import dev.postrider.transport.Verification;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A toy: what another kind of transport takes. It touches its own room (this file), the one list
 * ({@code Kinds}, here by {@code TestKinds.of(database, guard, new PigeonKind())}), one migration
 * (the {@code check} of {@code mailbox.provider}, see {@code AnotherKindTest}) and, when it is no
 * toy, the API's description ({@code MailboxAnswer}, {@code ConnectRequest}). No other file.
 */
public final class PigeonKind implements Kind {
    @Override
    public String name() {
        return "pigeon";
    }

    @Override
    public boolean delivers() {
        return true;
    }

    @Override
    public TransportSetup connect(UUID workspace, Fields settings, String address) {
        var loft = settings.text("loft", 20);
        return new TransportSetup(new Pigeons(loft), Optional.of(settings.text("call", 20)));
    }

    @Override
    public Transport restore(JsonNode stored) {
        return new Pigeons(stored.path("loft").asText());
    }

    private record Pigeons(String loft) implements Transport {
        @Override
        public String kind() {
            return "pigeon";
        }

        @Override
        public String place() {
            return loft;
        }

        @Override
        public ObjectNode stored() {
            return JsonNodeFactory.instance.objectNode().put("loft", loft);
        }

        @Override
        public Optional<Object> shown() {
            return Optional.of(Map.of("loft", loft));
        }

        @Override
        public Optional<String> note() {
            return Optional.of("Not in a storm.");
        }

        @Override
        public boolean needsCredential() {
            return true;
        }

        @Override
        public SendingLimits limits(String address) {
            return new SendingLimits(Optional.of(2), Optional.empty(), Optional.empty(), 1);
        }

        @Override
        public TransportSetup change(UUID workspace, Fields settings, String address) {
            return new TransportSetup(new Pigeons(settings.text("loft", 20)), Optional.empty());
        }

        @Override
        public Verification verify(MailboxKey mailbox, Optional<Credential> credential) {
            var isCalled = credential.orElseThrow().secret().equals("coo");
            return isCalled
                    ? new Verification.Works(Optional.empty(), Optional.empty())
                    : new Verification.Fails("no_pigeon", "None came.", Optional.of("none came"));
        }

        @Override
        public Connections connections(
                MailboxKey mailbox, Optional<Credential> credential, SendingLimits limits) {
            return new Connections() {
                @Override
                public Connecting connect(boolean patient) {
                    return new Connecting.Failed(new Outcome.Unreachable("They are asleep."));
                }

                @Override
                public int limit() {
                    return limits.connections();
                }

                @Override
                public void close() {}
            };
        }
    }
}
