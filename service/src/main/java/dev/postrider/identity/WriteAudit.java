package dev.postrider.identity;

import dev.postrider.audit.Actor;
import dev.postrider.audit.AuditLog;
import dev.postrider.audit.Audited;
import dev.postrider.log.Journal;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * Writes what a caller has done to the audit log, before they are answered. Runs on the operation's
 * own (virtual) thread. The change is committed by then: should the entry fail, the operator's own
 * log has it, and the caller is told of their success all the same.
 */
final class WriteAudit {
    private static final Journal JOURNAL = Journal.of("http");
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final AuditLog log;

    WriteAudit(AuditLog log) {
        this.log = log;
    }

    @ServerResponseFilter
    void write(
            ContainerRequestContext request,
            ContainerResponseContext response,
            ResourceInfo operation,
            HttpServerRequest from) {
        var method = operation == null ? null : operation.getResourceMethod();
        var audited = method == null ? null : method.getAnnotation(Audited.class);
        if (audited == null
                || response.getStatus() / 100 != 2
                || !(request.getSecurityContext().getUserPrincipal() instanceof Caller caller)) {
            return;
        }
        var subject = subject(request, response, audited.value());
        try {
            log.add(actor(caller, from), audited.value(), subject);
        } catch (RuntimeException e) {
            JOURNAL.failure(
                    "audit entry lost",
                    e,
                    "user",
                    caller.userId(),
                    "action",
                    audited.value(),
                    "subject",
                    subject.name());
        }
    }

    private static Actor actor(Caller caller, HttpServerRequest from) {
        return new Actor(
                caller.workspaceId(),
                Optional.of(caller.userId()),
                caller.email(),
                Optional.of(ClientAddress.of(from)));
    }

    /** What was made has its place in the answer; all else is named by the request. */
    private static AuditLog.Subject subject(
            ContainerRequestContext request, ContainerResponseContext response, String action) {
        var location = response.getHeaderString(HttpHeaders.LOCATION);
        var path =
                location == null
                        ? request.getUriInfo().getPath()
                        : location.replaceFirst("^[a-z]+://[^/]*", "");
        return new AuditLog.Subject(action.substring(0, action.indexOf('.')), id(path), path);
    }

    private static Optional<UUID> id(String path) {
        var ids = ID.matcher(path);
        return ids.find() ? Optional.of(UUID.fromString(ids.group())) : Optional.empty();
    }
}
