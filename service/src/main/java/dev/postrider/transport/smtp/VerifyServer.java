package dev.postrider.transport.smtp;

import dev.postrider.log.Journal;
import dev.postrider.smtp.connect.Observer;
import dev.postrider.smtp.connect.Opening;
import dev.postrider.smtp.login.Credentials;
import dev.postrider.smtp.send.Connection;
import dev.postrider.smtp.server.Server;
import dev.postrider.transport.Verification;
import dev.postrider.transport.smtp.reply.ExplainLogin;
import dev.postrider.transport.smtp.reply.ExplainUnreachable;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** Logs in to a server, and says what it can do or what is wrong. */
final class VerifyServer {
    private static final Journal JOURNAL = Journal.of("http");

    /** Somebody waits; a server that needs longer than this to greet and log in isn't usable. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String NO_LOGIN =
            "The server offers logins and this mailbox has none: most servers then refuse mail (530)."
                    + " Give username and password with PATCH /mailboxes/ID.";

    private final ReachServer reach;
    private final ExplainLogin explain;

    VerifyServer(ReachServer reach, ExplainLogin explain) {
        this.reach = reach;
        this.explain = explain;
    }

    Verification verify(UUID workspace, SmtpServer given, Server server, Credentials credentials) {
        return switch (reach.connector(workspace, given, Observer.NONE)
                .open(server, credentials, PATIENCE, null)) {
            case Opening.Open(var connection) -> {
                try (connection) {
                    yield works(connection);
                }
            }
            case Opening.Failed failed -> failed(given, failed);
        };
    }

    private static Verification works(Connection connection) {
        var session = connection.session();
        var wantsLogin =
                session.mechanism() == null && !session.capabilities().mechanisms().isEmpty();
        return new Verification.Works(
                Optional.of(VerifiedServer.of(session)),
                wantsLogin ? Optional.of(NO_LOGIN) : Optional.empty());
    }

    private Verification failed(SmtpServer server, Opening.Failed failed) {
        JOURNAL.event("mailbox not verified", "server", server.host(), "reason", failed.detail());
        return switch (failed) {
            case Opening.LoginRefused refused ->
                    new Verification.Fails(
                            "login_refused",
                            explain.refused(server, refused),
                            Optional.of(refused.detail()));
            case Opening.NoMechanism none -> fails("no_login_mechanism", none.detail());
            case Opening.TlsFailed tls -> fails("tls_failed", tls.detail());
            case Opening.Unreachable unreachable ->
                    fails("unreachable", ExplainUnreachable.words(server, unreachable));
            case Opening.Deferred deferred -> fails("deferred", deferred.detail());
            case Opening.Refused refused -> fails("refused", refused.detail());
            case Opening.ProtocolBroken broken -> fails("protocol_broken", broken.detail());
        };
    }

    private static Verification fails(String code, String problem) {
        return new Verification.Fails(code, problem, Optional.empty());
    }
}
