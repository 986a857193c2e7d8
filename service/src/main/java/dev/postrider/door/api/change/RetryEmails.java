package dev.postrider.door.api.change;

import dev.postrider.audit.Audited;
import dev.postrider.email.EmailState;
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
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code POST /emails/retry}. */
@Path("/emails/retry")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Emails")
final class RetryEmails {
    private static final ChangeMany.Kind KIND =
            new ChangeMany.Kind(
                    "email.retried",
                    "/retry",
                    EnumSet.of(EmailState.REFUSED, EmailState.FAILED, EmailState.UNKNOWN));

    private final ChangeEmails emails;
    private final ChangeMany many;
    private final InstantSource clock = InstantSource.system();

    RetryEmails(ChangeEmails emails, ChangeMany many) {
        this.many = many;
        this.emails = emails;
    }

    @POST
    @Audited("email.retried")
    @ForMailbox
    @Operation(
            operationId = "retryEmails",
            summary = "Retry many emails that were refused, failed or are unknown",
            description =
                    "As POST /emails/ID/retry does, with many."
                            + " By ids, at most 1000; or by the filter of GET /emails, newest first, a slice at a"
                            + " time: while `has_more`, ask again with `after`. Each email is changed, or not, as"
                            + " the operation on it alone would, and has an audit entry of its own.")
    @RequestBodySchema(BulkRequest.Description.class)
    @APIResponseSchema(
            value = BulkAnswer.class,
            responseCode = "200",
            responseDescription = "What became of each")
    @APIResponse(responseCode = "422", description = "Neither ids nor a filter, or one is invalid")
    public Response retry(
            InputStream body, @Context SecurityContext security, @Context HttpServerRequest request)
            throws IOException {
        return JsonBody.answer(
                body,
                ChangeMany.MAX_BODY,
                fields -> many.answer(KIND, fields, security, request, this::retry));
    }

    private ChangeMany.Result retry(Visibility scope, ChangedBy by, UUID id) {
        return ChangeMany.Result.of(
                ChangeProblems.problem(
                        emails.retry(scope, by, id, clock.instant()),
                        id,
                        ChangeProblems.TOO_LATE_TO_RETRY));
    }
}
