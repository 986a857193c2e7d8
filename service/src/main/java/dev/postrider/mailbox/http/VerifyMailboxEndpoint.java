package dev.postrider.mailbox.http;

import dev.postrider.audit.Audited;
import dev.postrider.identity.http.CallerContext;
import dev.postrider.log.Journal;
import dev.postrider.mailbox.LoadedMailbox;
import dev.postrider.mailbox.Mailbox;
import dev.postrider.mailbox.MailboxState;
import dev.postrider.mailbox.Mailboxes;
import dev.postrider.outbound.OutboundGuard;
import dev.postrider.smtp.Observer;
import dev.postrider.smtp.Opening;
import dev.postrider.transport.Transport;
import dev.postrider.transport.smtp.ExplainLogin;
import dev.postrider.transport.smtp.ExplainUnreachable;
import dev.postrider.transport.smtp.KnownProviders;
import dev.postrider.transport.smtp.ReachServer;
import dev.postrider.transport.smtp.SmtpServer;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code POST /mailboxes/ID/verify}. */
@Path("/mailboxes/{id}/verify")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Mailboxes")
final class VerifyMailboxEndpoint {
    private static final Journal JOURNAL = Journal.of("http");

    /** Somebody waits; a server that needs longer than this to greet and log in isn't usable. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Mailboxes mailboxes;
    private final MailboxAccess visible;
    private final ExplainLogin explain;
    private final ReachServer reach;

    VerifyMailboxEndpoint(
            Mailboxes mailboxes,
            MailboxAccess visible,
            KnownProviders providers,
            OutboundGuard guard) {
        this.mailboxes = mailboxes;
        this.visible = visible;
        this.explain = new ExplainLogin(providers);
        this.reach = new ReachServer(guard);
    }

    @POST
    @Audited("mailbox.verified")
    @Operation(
            operationId = "verifyMailbox",
            summary = "Log in to a mailbox's server and see what it can do",
            description =
                    "Connects, logs in and sends nothing. A mailbox that is held goes on, with the mail"
                            + " that waits, when the login works now; one whose login is refused is"
                            + " held.")
    @APIResponse(
            responseCode = "200",
            description = "What the server can do, or in problem what is wrong and what to do",
            content = @Content(schema = @Schema(implementation = VerificationAnswer.class)))
    public Response verify(@PathParam("id") String id, @Context SecurityContext security) {
        var caller = CallerContext.caller(security);
        return visible.find(caller, id)
                .flatMap(mailbox -> mailboxes.load(mailbox.workspaceId(), mailbox.id()))
                .map(opened -> Response.ok(verify(opened)).build())
                .orElseGet(MailboxAccess::notFound);
    }

    private VerificationAnswer verify(LoadedMailbox opened) {
        return switch (opened) {
            case LoadedMailbox.Unreadable(var mailbox, var reason) ->
                    VerificationAnswer.bad(mailbox, "credentials_unreadable", reason);
            case LoadedMailbox.Ready(var mailbox, Transport.Sandbox()) -> good(mailbox);
            case LoadedMailbox.Ready(var mailbox, Transport.Smtp smtp) -> verify(mailbox, smtp);
        };
    }

    private VerificationAnswer verify(Mailbox mailbox, Transport.Smtp smtp) {
        var opening =
                reach.connector(smtp.server(), Observer.NONE)
                        .open(
                                ReachServer.server(smtp.server()),
                                ReachServer.credentials(smtp.login()),
                                PATIENCE,
                                null);
        return switch (opening) {
            case Opening.Open(var connection) -> {
                try (connection) {
                    release(mailbox);
                    yield VerificationAnswer.good(mailbox, connection.session());
                }
            }
            case Opening.Failed failed -> failed(mailbox, smtp.server(), failed);
        };
    }

    private VerificationAnswer failed(Mailbox mailbox, SmtpServer server, Opening.Failed failed) {
        JOURNAL.event("mailbox not verified", "mailbox", mailbox.id(), "reason", failed.detail());
        return switch (failed) {
            case Opening.LoginRefused refused -> {
                mailboxes.hold(mailbox, refused.detail());
                yield VerificationAnswer.bad(
                        mailbox, "login_refused", explain.refused(server, refused));
            }
            case Opening.NoMechanism none ->
                    VerificationAnswer.bad(mailbox, "no_login_mechanism", none.detail());
            case Opening.TlsFailed tls ->
                    VerificationAnswer.bad(mailbox, "tls_failed", tls.detail());
            case Opening.Unreachable unreachable ->
                    VerificationAnswer.bad(
                            mailbox, "unreachable", ExplainUnreachable.words(server, unreachable));
            case Opening.Deferred deferred ->
                    VerificationAnswer.bad(mailbox, "deferred", deferred.detail());
            case Opening.Refused refused ->
                    VerificationAnswer.bad(mailbox, "refused", refused.detail());
            case Opening.ProtocolBroken broken ->
                    VerificationAnswer.bad(mailbox, "protocol_broken", broken.detail());
        };
    }

    private VerificationAnswer good(Mailbox mailbox) {
        release(mailbox);
        return VerificationAnswer.good(mailbox, null);
    }

    /** A paused mailbox stays paused: somebody wanted it to. */
    private void release(Mailbox mailbox) {
        if (mailbox.state() instanceof MailboxState.Held) {
            mailboxes.release(mailbox.workspaceId(), mailbox.id());
        }
    }
}
