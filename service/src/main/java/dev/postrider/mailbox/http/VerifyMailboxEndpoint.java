package dev.postrider.mailbox.http;

import dev.postrider.audit.Audited;
import dev.postrider.credential.grant.GrantInfo;
import dev.postrider.identity.http.CallerContext;
import dev.postrider.mailbox.HoldReason;
import dev.postrider.mailbox.LoadedMailbox;
import dev.postrider.mailbox.Mailbox;
import dev.postrider.mailbox.MailboxState;
import dev.postrider.mailbox.Mailboxes;
import dev.postrider.transport.Verification;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code POST /mailboxes/ID/verify}. */
@Path("/mailboxes/{id}/verify")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Mailboxes")
final class VerifyMailboxEndpoint {
    private final Mailboxes mailboxes;
    private final MailboxAccess visible;

    VerifyMailboxEndpoint(Mailboxes mailboxes, MailboxAccess visible) {
        this.mailboxes = mailboxes;
        this.visible = visible;
    }

    @POST
    @Audited("mailbox.verified")
    @Operation(
            operationId = "verifyMailbox",
            summary = "Log in to a mailbox's server and see what it can do",
            description =
                    "Connects, logs in and sends nothing. A held mailbox goes on, with the mail"
                            + " that waits, when the login works now; one whose login is refused is held.")
    @APIResponseSchema(
            value = VerificationAnswer.class,
            responseCode = "200",
            responseDescription =
                    "What the server can do, or in problem what is wrong and what to do")
    public Response verify(@PathParam("id") String id, @Context SecurityContext security) {
        var caller = CallerContext.caller(security);
        return visible.find(caller, id)
                .flatMap(mailbox -> mailboxes.load(mailbox.workspaceId(), mailbox.id()))
                .map(opened -> Response.ok(verify(opened)).build())
                .orElseGet(MailboxAccess::notFound);
    }

    private VerificationAnswer verify(LoadedMailbox loaded) {
        return switch (loaded) {
            case LoadedMailbox.Unreadable(var mailbox, _, var reason) ->
                    VerificationAnswer.bad(
                            mailbox, "credentials_unreadable", reason, grant(mailbox));
            case LoadedMailbox.Ready(var mailbox, var credential) -> {
                var verification = mailbox.transport().verify(mailbox.key(), credential);
                act(loaded, verification);
                yield VerificationAnswer.of(mailbox, verification, grant(mailbox));
            }
        };
    }

    private Optional<GrantInfo> grant(Mailbox mailbox) {
        return mailboxes.health(mailbox).grant();
    }

    private void act(LoadedMailbox loaded, Verification verification) {
        switch (verification) {
            case Verification.Works _ -> release(loaded.mailbox());
            case Verification.Fails(var code, _, var hold) ->
                    hold.ifPresent(reason -> mailboxes.hold(loaded, new HoldReason(code, reason)));
        }
    }

    /** A paused mailbox stays paused: somebody wanted it to. */
    private void release(Mailbox mailbox) {
        if (mailbox.state() instanceof MailboxState.Held) {
            mailboxes.release(mailbox.workspaceId(), mailbox.id());
        }
    }
}
