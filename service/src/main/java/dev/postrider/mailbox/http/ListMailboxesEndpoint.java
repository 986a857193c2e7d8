package dev.postrider.mailbox.http;

import dev.postrider.http.PageParameters;
import dev.postrider.identity.Caller;
import dev.postrider.identity.http.CallerContext;
import dev.postrider.identity.user.ExternalIds;
import dev.postrider.identity.user.http.UserFilter;
import dev.postrider.mailbox.Mailbox;
import dev.postrider.mailbox.Mailboxes;
import dev.postrider.page.Page;
import dev.postrider.transport.Kinds;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code GET /mailboxes}. */
@Path("/mailboxes")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Mailboxes")
final class ListMailboxesEndpoint {
    private final Mailboxes mailboxes;
    private final Kinds kinds;
    private final ExternalIds users;

    ListMailboxesEndpoint(Mailboxes mailboxes, Kinds kinds, ExternalIds users) {
        this.mailboxes = mailboxes;
        this.kinds = kinds;
        this.users = users;
    }

    @GET
    @Operation(
            operationId = "listMailboxes",
            summary = "List mailboxes",
            description = "Yours, newest first; owners and admins see their whole workspace's.")
    @APIResponseSchema(value = MailboxList.class, responseDescription = "A page")
    public Response list(
            @BeanParam PageParameters parameters,
            @BeanParam UserFilter whose,
            @BeanParam MailboxFilterParameters which,
            @Context SecurityContext security) {
        var caller = CallerContext.caller(security);
        return which.answer(
                kinds,
                filter ->
                        whose.answer(
                                caller,
                                users,
                                user ->
                                        parameters.answer(
                                                page -> page(caller, user, filter, page))));
    }

    private MailboxList page(
            Caller caller,
            UserFilter.Chosen user,
            MailboxFilterParameters.Filter filter,
            Page page) {
        var found =
                switch (user) {
                    case UserFilter.Chosen.Anybody _ ->
                            mailboxes.list(caller.workspaceId(), filter.of(Optional.empty()), page);
                    case UserFilter.Chosen.One(var id) ->
                            mailboxes.list(caller.workspaceId(), filter.of(Optional.of(id)), page);
                    case UserFilter.Chosen.Nobody _ -> new Page.Items<Mailbox>(List.of(), false);
                };
        var owners = found.items().stream().flatMap(each -> each.userId().stream()).toList();
        return new MailboxList(
                found,
                mailboxes.health(caller.workspaceId(), found.items()),
                users.names(caller.workspaceId(), owners));
    }
}
