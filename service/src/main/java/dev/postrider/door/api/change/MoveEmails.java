package dev.postrider.door.api.change;

import dev.postrider.audit.Audited;
import dev.postrider.email.EmailState;
import dev.postrider.flow.store.change.ChangeEmails;
import dev.postrider.flow.store.change.ChangedBy;
import dev.postrider.flow.store.find.Visibility;
import dev.postrider.http.Fields;
import dev.postrider.http.JsonBody;
import dev.postrider.identity.ForMailbox;
import dev.postrider.identity.http.CallerContext;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.EnumSet;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code POST /emails/move}. */
@Path("/emails/move")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Emails")
final class MoveEmails {
    private static final ChangeMany.Kind KIND =
            new ChangeMany.Kind(
                    "email.moved", "", EnumSet.of(EmailState.SCHEDULED, EmailState.QUEUED));

    private final ChangeEmails emails;
    private final ChangeMany many;
    private final MoveTargets targets;

    MoveEmails(ChangeEmails emails, ChangeMany many, MoveTargets targets) {
        this.targets = targets;
        this.many = many;
        this.emails = emails;
    }

    @POST
    @Audited("email.moved")
    @ForMailbox
    @Operation(
            operationId = "moveEmails",
            summary = "Move many waiting emails to another mailbox",
            description =
                    "As PATCH /emails/ID with a `mailbox_id` does, with many."
                            + " By ids, at most 1000; or by the filter of GET /emails, newest first, a slice at a"
                            + " time: while `has_more`, ask again with `after`. Each email is changed, or not, as"
                            + " the operation on it alone would, and has an audit entry of its own.")
    @RequestBodySchema(BulkRequest.MoveDescription.class)
    @APIResponseSchema(
            value = BulkAnswer.class,
            responseCode = "200",
            responseDescription = "What became of each")
    @APIResponse(responseCode = "422", description = "Neither ids nor a filter, or one is invalid")
    public Response move(
            InputStream body, @Context SecurityContext security, @Context HttpServerRequest request)
            throws IOException {
        return JsonBody.answer(
                body, ChangeMany.MAX_BODY, fields -> move(fields, security, request));
    }

    private Response move(Fields fields, SecurityContext security, HttpServerRequest from) {
        var target = targets.in(fields, CallerContext.caller(security));
        return many.answer(
                KIND,
                fields,
                security,
                from,
                (scope, by, id) -> move(scope, by, id, target.orElseThrow()));
    }

    private ChangeMany.Result move(Visibility scope, ChangedBy by, UUID id, MoveTargets.Target to) {
        return ChangeMany.Result.of(
                ChangeProblems.problem(
                        emails.move(scope, by, id, to.mailbox(), to.addresses()),
                        id,
                        ChangeProblems.TOO_LATE_TO_MOVE));
    }
}
