package dev.postrider.transport.smtp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.http.Fields;
import dev.postrider.outbound.guard.OutboundGuard;
import dev.postrider.smtp.pool.HostLimits;
import dev.postrider.transport.ContentSource;
import dev.postrider.transport.Kind;
import dev.postrider.transport.Transport;
import dev.postrider.transport.TransportSetup;
import dev.postrider.transport.smtp.discovery.FindServer;
import dev.postrider.transport.smtp.discovery.FoundServer;
import dev.postrider.transport.smtp.discovery.KnownProviders;
import dev.postrider.transport.smtp.reply.ExplainLogin;
import dev.postrider.transport.smtp.reply.InterpretResult;
import dev.postrider.transport.smtp.reply.ReplyRules;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** Mailboxes that send through a submission server. */
@Singleton
public final class SmtpKind implements Kind {
    static final String NAME = "smtp";

    private final FindServer findServer;
    private final SmtpDependencies tools;

    public SmtpKind(
            FindServer findServer,
            KnownProviders providers,
            OutboundGuard guard,
            ReachServer reach,
            ContentSource contents) {
        this.findServer = findServer;
        this.tools =
                new SmtpDependencies(
                        providers,
                        new CheckServer(guard, providers),
                        reach,
                        new HostLimits(),
                        new InterpretResult(ReplyRules.load()),
                        new ExplainLogin(providers),
                        contents);
    }

    SmtpDependencies tools() {
        return tools;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean delivers() {
        return true;
    }

    @Override
    public TransportSetup connect(UUID workspace, Fields settings, String address)
            throws InterruptedException {
        var found =
                settings.has("host") || address.isEmpty()
                        ? new FoundServer.Nothing()
                        : findServer.of(workspace, address.substring(address.lastIndexOf('@') + 1));
        var read = new ParseSmtp(settings, address, tools.providers()).anew(found);
        return tools.checked(workspace, read, settings);
    }

    @Override
    public Transport restore(JsonNode stored) {
        return new SmtpTransport(tools, restored(stored));
    }

    private static SmtpSettings restored(JsonNode stored) {
        return new SmtpSettings(
                new SmtpServer(
                        stored.path("host").asText(),
                        stored.path("port").asInt(),
                        TlsMode.parse(stored.path("tls").asText()).orElseThrow(),
                        text(stored, "ca")),
                text(stored, "username"),
                StreamSupport.stream(stored.path("disregard").spliterator(), false)
                        .map(JsonNode::asText)
                        .toList());
    }

    private static Optional<String> text(JsonNode stored, String name) {
        return Optional.ofNullable(stored.get(name)).map(JsonNode::asText);
    }
}
