package dev.postrider.door.api.change;

import dev.postrider.audit.Audited;
import dev.postrider.email.EmailState;
import dev.postrider.flow.store.change.Cancellation;
import dev.postrider.flow.store.change.ChangeEmails;
import dev.postrider.flow.store.change.ChangedBy;
import dev.postrider.flow.store.find.Visibility;
import dev.postrider.http.JsonBody;
import dev.postrider.identity.ForMailbox;
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
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code POST /emails/cancel}. */
@Path("/emails/cancel")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Emails")
final class CancelEmails {
    private static final ChangeMany.Kind KIND =
            new ChangeMany.Kind(
                    "email.canceled",
                    "/cancel",
                    EnumSet.of(EmailState.SCHEDULED, EmailState.QUEUED));

    private final ChangeEmails emails;
    private final ChangeMany many;

    CancelEmails(ChangeEmails emails, ChangeMany many) {
        this.many = many;
        this.emails = emails;
    }

    @POST
    @Audited("email.canceled")
    @ForMailbox
    @Operation(
            operationId = "cancelEmails",
            summary = "Cancel many waiting emails",
            description =
                    "As POST /emails/ID/cancel does, with many; `in_doubt` has those that somebody may have got."
                            + " By ids, at most 1000; or by the filter of GET /emails, newest first, a slice at a"
                            + " time: while `has_more`, ask again with `after`. Each email is changed, or not, as"
                            + " the operation on it alone would, and has an audit entry of its own.")
    @RequestBodySchema(BulkRequest.Description.class)
    @APIResponseSchema(
            value = BulkAnswer.class,
            responseCode = "200",
            responseDescription = "What became of each")
    @APIResponse(responseCode = "422", description = "Neither ids nor a filter, or one is invalid")
    public Response cancel(
            InputStream body, @Context SecurityContext security, @Context HttpServerRequest request)
            throws IOException {
        return JsonBody.answer(
                body,
                ChangeMany.MAX_BODY,
                fields -> many.answer(KIND, fields, security, request, this::cancel));
    }

    private ChangeMany.Result cancel(Visibility scope, ChangedBy by, UUID id) {
        var canceled = emails.cancel(scope, by, id);
        return new ChangeMany.Result(
                ChangeProblems.problem(canceled, id),
                canceled instanceof Cancellation.Done(var state, var reason)
                                && state != EmailState.CANCELED
                        ? Optional.of(CanceledAnswer.of(id, state, reason))
                        : Optional.empty());
    }
}
