package dev.postrider.mailbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.http.Fields;
import dev.postrider.transport.Kind;
import dev.postrider.transport.Kinds;
import dev.postrider.transport.TransportSetup;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Reads which kind of transport a new mailbox has, and lets the kind read its settings. */
final class ParseTransport {
    private ParseTransport() {}

    /** Empty beside an error. */
    static Optional<TransportSetup> of(UUID workspace, Fields fields, Kinds kinds, String address)
            throws InterruptedException {
        var name = fields.node("provider").map(JsonNode::asText).orElse("");
        var kind = kinds.named(name);
        if (kind.isEmpty()) {
            fields.error("provider", "must be " + names(kinds));
            return Optional.empty();
        }
        if (kind.get().needsConsent()) {
            fields.error(
                    "provider",
                    "is connected by its user's consent: POST /connect-links makes a link to the"
                            + " page for that");
            return Optional.empty();
        }
        refuseOthers(fields, kinds, name);
        return Optional.of(kind.get().connect(workspace, fields.object(name), address));
    }

    /** Settings of another kind are a slip, or would be lost in silence. */
    static void refuseOthers(Fields fields, Kinds kinds, String kind) {
        for (var other : kinds.all()) {
            if (!other.name().equals(kind) && fields.has(other.name())) {
                fields.error(
                        other.name(),
                        "belongs to the provider " + other.name() + ", and this is " + kind);
            }
        }
    }

    private static String names(Kinds kinds) {
        return kinds.all().stream()
                .map(Kind::name)
                .map(name -> '"' + name + '"')
                .collect(Collectors.joining(" or "));
    }
}
