package dev.postrider.mailbox.connect.http;

import dev.postrider.audit.Audited;
import dev.postrider.http.DeletedAnswer;
import dev.postrider.http.Fields;
import dev.postrider.http.Id;
import dev.postrider.http.JsonBody;
import dev.postrider.http.PageParameters;
import dev.postrider.http.ProblemCode;
import dev.postrider.identity.Caller;
import dev.postrider.identity.http.AdminRights;
import dev.postrider.identity.http.CallerContext;
import dev.postrider.identity.user.ExternalIds;
import dev.postrider.identity.user.http.UserFilter;
import dev.postrider.mailbox.connect.ConnectLink;
import dev.postrider.mailbox.connect.ConnectLinks;
import dev.postrider.page.Page;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * {@code /connect-links}: owners and admins for anybody of the workspace, members for themselves.
 */
@Path("/connect-links")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Mailboxes")
final class ConnectLinksEndpoint {
    private static final int MAX_BODY = 64 * 1024;

    private final ConnectLinks links;
    private final ParseConnectLink parse;
    private final ExternalIds users;
    private final InstantSource clock;

    ConnectLinksEndpoint(
            ConnectLinks links, ParseConnectLink parse, ExternalIds users, InstantSource clock) {
        this.links = links;
        this.parse = parse;
        this.users = users;
        this.clock = clock;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Audited("connect_link.created")
    @Operation(
            operationId = "createConnectLink",
            summary = "Make a link by which a user connects their mailbox",
            description =
                    "Send the user's browser to url. The page there asks them to allow it at Google or"
                            + " Microsoft, or for an address and a password, and leads back to"
                            + " return_url. The link is good for one success; a try that fails can be"
                            + " repeated until it expires. Both outcomes are events too:"
                            + " mailbox.connected and connect_link.failed.")
    @RequestBodySchema(ConnectLinkRequest.class)
    @APIResponseSchema(
            value = ConnectLinkAnswer.class,
            responseCode = "201",
            responseDescription = "The link")
    @APIResponse(
            responseCode = "403",
            description = "An invalid API key, or a member who names somebody else")
    public Response create(InputStream body, @Context SecurityContext security) throws IOException {
        return JsonBody.answer(
                body, MAX_BODY, fields -> create(fields, CallerContext.caller(security)));
    }

    private Response create(Fields fields, Caller caller) {
        if (fields.has("external_id") && !AdminRights.isOne(caller)) {
            return AdminRights.forbidden();
        }
        var wanted = parse.of(fields, caller);
        if (!fields.areValid()) {
            return fields.problem().response();
        }
        return switch (links.create(wanted)) {
            case ConnectLinks.Creation.Done(var created) -> created(created);
            case ConnectLinks.Creation.NoPublicUrl _ ->
                    ProblemCode.NOT_SET_UP.response(
                            "The operator must set POSTRIDER_PUBLIC_URL first, to the https URL that"
                                    + " browsers reach this server by (http is for loopback alone).");
            case ConnectLinks.Creation.TooManyLinks(var most) ->
                    ProblemCode.QUOTA_REACHED.response(
                            "The workspace has "
                                    + most
                                    + " links that are open: let some expire, or revoke them.");
            case ConnectLinks.Creation.TooManyUsers _ ->
                    ProblemCode.QUOTA_REACHED.response(
                            "Your workspace has the maximum number of users: delete those who have"
                                    + " left.");
        };
    }

    private Response created(ConnectLinks.Created created) {
        var link = created.link();
        return Response.created(URI.create("/connect-links/" + link.id()))
                .entity(
                        ConnectLinkAnswer.of(
                                link,
                                clock.instant(),
                                link.userId().map(externalIds(link)::get),
                                Optional.of(created.url())))
                .build();
    }

    @GET
    @Operation(
            operationId = "listConnectLinks",
            summary = "List connect links",
            description = "Yours, newest first; owners and admins see their whole workspace's.")
    @APIResponseSchema(value = ConnectLinkAnswer.Listed.class, responseDescription = "A page")
    public Response list(
            @BeanParam PageParameters parameters,
            @BeanParam UserFilter filter,
            @Context SecurityContext security) {
        var caller = CallerContext.caller(security);
        return filter.answer(
                caller, users, user -> parameters.answer(page -> page(caller, user, page)));
    }

    private ConnectLinkAnswer.Listed page(Caller caller, UserFilter.Chosen user, Page page) {
        var found =
                switch (user) {
                    case UserFilter.Chosen.Anybody _ ->
                            links.list(caller.workspaceId(), Optional.empty(), page);
                    case UserFilter.Chosen.One(var id) ->
                            links.list(caller.workspaceId(), Optional.of(id), page);
                    case UserFilter.Chosen.Nobody _ ->
                            new Page.Items<ConnectLink>(List.of(), false);
                };
        return new ConnectLinkAnswer.Listed(
                found,
                clock.instant(),
                users.of(
                        caller.workspaceId(),
                        found.items().stream().flatMap(each -> each.userId().stream()).toList()));
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "getConnectLink", summary = "Get a connect link, without its URL")
    @APIResponseSchema(value = ConnectLinkAnswer.class, responseDescription = "The link")
    public Response get(@PathParam("id") String id, @Context SecurityContext security) {
        return find(CallerContext.caller(security), id)
                .map(link ->
                        Response.ok(ConnectLinkAnswer.of(link, clock.instant(), externalIds(link)))
                                .build())
                .orElseGet(ConnectLinksEndpoint::notFound);
    }

    @DELETE
    @Path("/{id}")
    @Audited("connect_link.revoked")
    @Operation(
            operationId = "revokeConnectLink",
            summary = "Revoke a connect link",
            description = "Whoever has it is told so; a mailbox that it has connected stays.")
    @APIResponseSchema(value = DeletedAnswer.class, responseDescription = "It is revoked")
    @APIResponse(responseCode = "409", description = "conflict: the link has been used")
    public Response revoke(@PathParam("id") String id, @Context SecurityContext security) {
        return find(CallerContext.caller(security), id)
                .map(this::revoke)
                .orElseGet(ConnectLinksEndpoint::notFound);
    }

    private Response revoke(ConnectLink link) {
        var isUsed =
                !links.revoke(link)
                        && links.find(link.workspaceId(), link.id())
                                .filter(now -> now.progress().connectedAt().isPresent())
                                .isPresent();
        return isUsed
                ? ProblemCode.CONFLICT.response(
                        "The link has been used: DELETE /mailboxes/ID removes the mailbox that came"
                                + " of it.")
                : DeletedAnswer.of("connect_link", link.id());
    }

    private Optional<ConnectLink> find(Caller caller, String id) {
        return Id.parse(id)
                .flatMap(uuid -> links.find(caller.workspaceId(), uuid))
                .filter(link ->
                        caller.onlyUser().isEmpty() || link.userId().equals(caller.onlyUser()));
    }

    private Map<UUID, String> externalIds(ConnectLink link) {
        return users.of(link.workspaceId(), link.userId().stream().toList());
    }

    private static Response notFound() {
        return ProblemCode.NOT_FOUND.response(
                "You have no connect link with this id: GET /connect-links lists them.");
    }
}
