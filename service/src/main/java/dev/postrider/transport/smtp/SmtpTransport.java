package dev.postrider.transport.smtp;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.credential.Credential;
import dev.postrider.credential.MailboxLogin;
import dev.postrider.http.Fields;
import dev.postrider.smtp.login.Credentials;
import dev.postrider.smtp.server.Server;
import dev.postrider.transport.Connections;
import dev.postrider.transport.SendingLimits;
import dev.postrider.transport.Transport;
import dev.postrider.transport.TransportSetup;
import dev.postrider.transport.Verification;
import dev.postrider.transport.smtp.discovery.KnownServer;
import java.util.Optional;
import java.util.UUID;

/** Sends through a submission server. */
record SmtpTransport(SmtpDependencies tools, SmtpSettings settings) implements Transport {
    @Override
    public String kind() {
        return SmtpKind.NAME;
    }

    @Override
    public String place() {
        return settings.server().host() + ":" + settings.server().port();
    }

    @Override
    public ObjectNode stored() {
        var stored =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("host", settings.server().host())
                        .put("port", settings.server().port())
                        .put("tls", settings.server().tls().text());
        settings.server().ca().ifPresent(ca -> stored.put("ca", ca));
        settings.username().ifPresent(username -> stored.put("username", username));
        if (!settings.disregard().isEmpty()) {
            settings.disregard().forEach(stored.putArray("disregard")::add);
        }
        return stored;
    }

    @Override
    public Optional<Object> shown() {
        return Optional.of(ServerAnswer.of(settings));
    }

    @Override
    public Optional<String> note() {
        return tools.providers().forHost(settings.server().host()).map(KnownServer::note);
    }

    @Override
    public boolean needsCredential() {
        return settings.username().isPresent();
    }

    @Override
    public SendingLimits limits(String address) {
        return tools.providers()
                .limits(settings.server().host(), address.substring(address.lastIndexOf('@') + 1));
    }

    @Override
    public TransportSetup change(UUID workspace, Fields part, String address)
            throws InterruptedException {
        return tools.checked(
                workspace,
                new ParseSmtp(part, address, tools.providers()).changing(settings),
                part);
    }

    @Override
    public Verification verify(MailboxKey mailbox, Optional<Credential> credential) {
        return new VerifyServer(tools.reach(), tools.explain())
                .verify(
                        mailbox.workspaceId(),
                        settings.server(),
                        server(),
                        credentials(credential));
    }

    @Override
    public Connections connections(
            MailboxKey mailbox, Optional<Credential> credential, SendingLimits limits) {
        return new SmtpConnections(
                tools.reach()
                        .connector(
                                mailbox.workspaceId(),
                                settings.server(),
                                new JournalConnections(mailbox.mailboxId())),
                server(),
                credentials(credential),
                tools.hosts(),
                limits.connections(),
                tools.read(),
                tools.contents());
    }

    private Server server() {
        return tools.reach()
                .server(settings.server())
                .disregarding(settings.disregard().toArray(String[]::new));
    }

    private Credentials credentials(Optional<Credential> credential) {
        return ReachServer.credentials(
                settings.username()
                        .flatMap(name ->
                                credential.map(each -> new MailboxLogin(name, each.secret()))));
    }
}
