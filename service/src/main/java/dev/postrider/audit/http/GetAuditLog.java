package dev.postrider.audit.http;

import dev.postrider.audit.AuditEntry;
import dev.postrider.audit.AuditLog;
import dev.postrider.audit.AuditReads;
import dev.postrider.http.ListAnswer;
import dev.postrider.http.PageParameters;
import dev.postrider.http.ParsePage;
import dev.postrider.http.Problem;
import dev.postrider.http.ProblemCode;
import dev.postrider.identity.http.AdminRights;
import dev.postrider.identity.http.CallerContext;
import dev.postrider.identity.http.ClientAddress;
import dev.postrider.page.Page;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.ArrayList;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code GET /audit-log}. */
@Path("/audit-log")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Audit log")
final class GetAuditLog {
    private static final AuditLog.Subject ITSELF =
            new AuditLog.Subject("audit_log", Optional.empty(), "/audit-log");

    private final AuditLog log;
    private final AuditReads reads;
    private final ClientAddress clientAddress;

    GetAuditLog(AuditLog log, AuditReads reads, ClientAddress clientAddress) {
        this.log = log;
        this.reads = reads;
        this.clientAddress = clientAddress;
    }

    @Schema(name = "AuditLog")
    static final class Answer extends ListAnswer<AuditEntry> {
        Answer(Page.Items<AuditEntry> found) {
            super(found, entry -> entry);
        }
    }

    @GET
    @Operation(
            operationId = "readAuditLog",
            summary = "See who did what, newest first",
            description =
                    "Sign-ins; every change to users, mailboxes, webhooks, keys and waiting"
                            + " emails; who downloaded messages and files; and who read this log (once an hour for who"
                            + " looks again and again). Entries"
                            + " are never changed, and deleted only when their retention ends. Who sent an"
                            + " email is recorded with the email.")
    @APIResponseSchema(value = Answer.class, responseDescription = "Entries")
    @APIResponse(responseCode = "403", description = "You are no admin")
    @APIResponse(
            responseCode = "422",
            description =
                    "A filter is invalid, or what is asked for is too rare to be found in all of the"
                            + " log: give a time")
    public Response read(
            @BeanParam PageParameters parameters,
            @BeanParam AuditFilterParameters filters,
            @Context SecurityContext security,
            @Context HttpServerRequest from) {
        var caller = CallerContext.caller(security);
        if (!AdminRights.isOne(caller)) {
            return AdminRights.forbidden();
        }
        var errors = new ArrayList<Problem.FieldError>();
        var filter = filters.read(errors);
        return switch (parameters.read()) {
            case ParsePage.Invalid(var problem) -> {
                errors.addAll(problem.errors());
                yield Problem.invalid(errors).response();
            }
            case ParsePage.Valid _ when !errors.isEmpty() -> Problem.invalid(errors).response();
            case ParsePage.Valid(var page) -> {
                reads.add(caller.actor(clientAddress.of(from)), "audit_log.read", ITSELF);
                yield answer(log.read(caller.workspaceId(), filter, page));
            }
        };
    }

    private static Response answer(AuditLog.Read read) {
        return switch (read) {
            case AuditLog.Read.Done(var entries) -> Response.ok(new Answer(entries)).build();
            case AuditLog.Read.TooRare _ ->
                    ProblemCode.INVALID_PARAMETER.response(
                            "There are too few such entries among too many others to be found at"
                                    + " once: give created_after and created_before, a month apart say.");
        };
    }
}
