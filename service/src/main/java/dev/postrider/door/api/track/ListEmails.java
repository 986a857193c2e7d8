package dev.postrider.door.api.track;

import dev.postrider.flow.store.find.Emails;
import dev.postrider.http.PageParameters;
import dev.postrider.http.ParsePage;
import dev.postrider.http.Problem;
import dev.postrider.identity.ForMailbox;
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
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code GET /emails}. */
@Path("/emails")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Emails")
final class ListEmails {
    private final Emails emails;

    ListEmails(Emails emails) {
        this.emails = emails;
    }

    @GET
    @ForMailbox
    @Operation(
            operationId = "listEmails",
            summary = "List emails",
            description =
                    "Those that you sent, newest first; owners and admins see their whole workspace's."
                            + " `waiting` says what an email waits for. Filters may be combined. What isn't"
                            + " done within a second (a search for words, or several filters together) answers"
                            + " with what it has found, and with `looked_up_to`.")
    @APIResponseSchema(value = EmailList.class, responseDescription = "A page")
    @APIResponse(
            responseCode = "422",
            description = "The page doesn't exist, or a filter is invalid")
    public Response list(
            @BeanParam PageParameters parameters,
            @BeanParam FilterTexts texts,
            @Context SecurityContext security) {
        var read = new ParseEmailFilter();
        var filter = read.read(texts);
        return switch (parameters.read()) {
            case ParsePage.Invalid(var problem) ->
                    Problem.invalid(
                                    Stream.of(problem.errors(), read.errors())
                                            .flatMap(List::stream)
                                            .toList())
                            .response();
            case ParsePage.Valid _ when !read.errors().isEmpty() ->
                    Problem.invalid(read.errors()).response();
            case ParsePage.Valid(var page) ->
                    Response.ok(
                                    new EmailList(
                                            emails.list(
                                                    CallerVisibility.caller(security),
                                                    filter,
                                                    page)))
                            .build();
        };
    }
}
