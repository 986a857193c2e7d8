package dev.postrider.mailbox.http;

import dev.postrider.http.Id;
import dev.postrider.http.PageParameters;
import dev.postrider.http.ProblemCode;
import dev.postrider.identity.ForMailbox;
import dev.postrider.identity.http.CallerContext;
import dev.postrider.mailbox.Mailboxes;
import dev.postrider.mailbox.domain.Domain;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code GET /domains} and {@code GET /domains/ID}: tools check a key and their setup by them. */
@Path("/domains")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Mailboxes")
final class DomainsEndpoint {
    private final Mailboxes mailboxes;

    DomainsEndpoint(Mailboxes mailboxes) {
        this.mailboxes = mailboxes;
    }

    @GET
    @ForMailbox
    @Operation(
            operationId = "listDomains",
            summary = "List the domains of your mailboxes",
            description = "As other email services list those that may send; read-only.")
    @APIResponseSchema(
            value = DomainAnswer.Listed.class,
            responseDescription = "A page, newest first")
    public Response list(@BeanParam PageParameters parameters, @Context SecurityContext security) {
        return parameters.answer(
                page -> new DomainAnswer.Listed(page.within(visible(security), Domain::id)));
    }

    @GET
    @Path("/{id}")
    @ForMailbox
    @Operation(operationId = "getDomain", summary = "Get a domain of your mailboxes")
    @APIResponseSchema(value = DomainAnswer.class, responseDescription = "The domain")
    public Response get(@PathParam("id") String id, @Context SecurityContext security) {
        return Id.parse(id)
                .flatMap(uuid ->
                        visible(security).stream().filter(one -> one.id().equals(uuid)).findFirst())
                .map(domain -> Response.ok(DomainAnswer.of(domain)).build())
                .orElseGet(() ->
                        ProblemCode.NOT_FOUND.response(
                                "None of your mailboxes has this domain: GET /domains lists"
                                        + " them."));
    }

    private List<Domain> visible(SecurityContext security) {
        return mailboxes.domains(CallerContext.caller(security));
    }
}
