package dev.postrider.audit.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.postrider.audit.AuditEntry;
import dev.postrider.audit.AuditFilter;
import dev.postrider.audit.AuditLog;
import dev.postrider.audit.Audited;
import dev.postrider.http.Problem;
import dev.postrider.identity.http.AdminRights;
import dev.postrider.identity.http.CallerContext;
import dev.postrider.page.Page;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code GET /audit-log.csv}. */
@Path("/audit-log.csv")
@RunOnVirtualThread
@Produces({ExportAuditLog.CSV, MediaType.APPLICATION_JSON})
@Tag(name = "Audit log")
final class ExportAuditLog {
    static final String CSV = "text/csv";

    /** A spreadsheet holds no more. */
    private static final int MOST = 1_000_000;

    /** While they are written no connection of the database is held. */
    private static final int AT_ONCE = 1_000;

    private static final String HEADER =
            CsvRow.of(
                    "id",
                    "at",
                    "actor_id",
                    "actor",
                    "address",
                    "action",
                    "subject_kind",
                    "subject_id",
                    "subject",
                    "outcome",
                    "status");

    private final AuditLog log;

    ExportAuditLog(AuditLog log) {
        this.log = log;
    }

    @GET
    @Audited("audit_log.exported")
    @Operation(
            operationId = "exportAuditLog",
            summary = "Download the audit log as CSV",
            description =
                    "The entries that `GET /audit-log` lists with the same filters, newest first,"
                            + " 1,000,000 at most: for more give a time. A cell that a spreadsheet would take"
                            + " for a formula begins with an apostrophe.")
    @APIResponse(
            responseCode = "200",
            description = "RFC 4180, UTF-8, the first line has the names",
            content = @Content(mediaType = CSV, schema = @Schema(type = SchemaType.STRING)))
    @APIResponse(responseCode = "403", description = "You are no admin")
    @APIResponse(responseCode = "422", description = "A filter is invalid")
    public Response export(
            @BeanParam AuditFilterParameters filters, @Context SecurityContext security) {
        var caller = CallerContext.caller(security);
        if (!AdminRights.isOne(caller)) {
            return AdminRights.forbidden();
        }
        var errors = new ArrayList<Problem.FieldError>();
        var filter = filters.read(errors);
        if (!errors.isEmpty()) {
            return Problem.invalid(errors).response();
        }
        StreamingOutput rows = out -> write(caller.workspaceId(), filter, out);
        return Response.ok(rows, CSV + ";charset=utf-8;header=present")
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"audit-log.csv\"")
                .header(HttpHeaders.CACHE_CONTROL, "private, no-store")
                .header("X-Content-Type-Options", "nosniff")
                .build();
    }

    private void write(UUID workspaceId, AuditFilter filter, OutputStream out) throws IOException {
        out.write(HEADER.getBytes(UTF_8));
        var after = Optional.<UUID>empty();
        for (var left = MOST; left > 0; ) {
            var page = new Page(Math.min(left, AT_ONCE), after, Optional.empty());
            switch (log.read(workspaceId, filter, page)) {
                case AuditLog.Read.Done(var entries) -> {
                    write(entries.items(), out);
                    if (!entries.hasMore()) {
                        return;
                    }
                    left -= entries.items().size();
                    after = Optional.of(entries.items().getLast().id());
                }
                case AuditLog.Read.TooRare(var found, var unread) -> {
                    write(found, out);
                    left -= found.size();
                    after = Optional.of(unread);
                }
            }
        }
    }

    private static void write(List<AuditEntry> entries, OutputStream out) throws IOException {
        var text = new StringBuilder();
        for (var each : entries) {
            text.append(
                    CsvRow.of(
                            each.id(),
                            each.at(),
                            each.actorId(),
                            each.actor(),
                            each.address(),
                            each.action(),
                            each.subjectKind(),
                            each.subjectId(),
                            each.subject(),
                            each.outcome(),
                            each.status()));
        }
        out.write(text.toString().getBytes(UTF_8));
    }
}
