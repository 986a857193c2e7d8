package dev.postrider.audit.http;

import dev.postrider.audit.AuditLog;
import dev.postrider.audit.Audited;
import dev.postrider.identity.Caller;
import dev.postrider.identity.http.ClientAddress;
import dev.postrider.log.Journal;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * Writes what a caller is about to do to the audit log, and what became of it before they are
 * answered. Runs on the operation's own (virtual) thread. Nothing is done whose entry can't be
 * written; should only its outcome be lost, the operator's own log has that.
 */
final class AuditRequests {
    private static final Journal JOURNAL = Journal.of("http");
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final String BEGUN = "postrider.audit";

    private final AuditLog log;
    private final ClientAddress clientAddress;

    AuditRequests(AuditLog log, ClientAddress clientAddress) {
        this.log = log;
        this.clientAddress = clientAddress;
    }

    /** Once it is known who calls, and that they may. */
    @ServerRequestFilter(priority = Priorities.AUTHORIZATION)
    void begin(ContainerRequestContext request, ResourceInfo operation, HttpServerRequest from) {
        var audited = operation.getResourceMethod().getAnnotation(Audited.class);
        if (audited != null
                && request.getSecurityContext().getUserPrincipal() instanceof Caller caller) {
            var subject = subject(audited.value(), written(request));
            request.setProperty(
                    BEGUN,
                    log.begin(caller.actor(clientAddress.of(from)), audited.value(), subject));
        }
    }

    @ServerResponseFilter
    void end(ContainerRequestContext request, ContainerResponseContext response) {
        if (!(request.getProperty(BEGUN) instanceof AuditLog.Begun begun)) {
            return;
        }
        var made =
                Optional.ofNullable(response.getHeaderString(HttpHeaders.LOCATION))
                        .map(location -> location.replaceFirst("^[a-z]+://[^/]*", ""))
                        .map(path -> subject("", path));
        try {
            log.end(begun, response.getStatus(), made);
        } catch (RuntimeException e) {
            JOURNAL.failure(
                    "audit outcome lost", e, "entry", begun.id(), "status", response.getStatus());
        }
    }

    /** As the caller wrote it: decoded it may hold what the database can't keep. */
    private static String written(ContainerRequestContext request) {
        return request.getUriInfo().getRequestUri().getRawPath();
    }

    private static AuditLog.Subject subject(String action, String path) {
        return new AuditLog.Subject(action.split("\\.", 2)[0], id(path), path);
    }

    private static Optional<UUID> id(String path) {
        var ids = ID.matcher(path);
        return ids.find() ? Optional.of(UUID.fromString(ids.group())) : Optional.empty();
    }
}
