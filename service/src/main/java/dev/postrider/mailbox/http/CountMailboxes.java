package dev.postrider.mailbox.http;

import dev.postrider.identity.http.CallerContext;
import dev.postrider.mailbox.Mailboxes;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code GET /mailboxes/counts}. */
@Path("/mailboxes/counts")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Mailboxes")
final class CountMailboxes {
    private final Mailboxes mailboxes;

    CountMailboxes(Mailboxes mailboxes) {
        this.mailboxes = mailboxes;
    }

    @Schema(name = "MailboxCounts")
    record Answer(
            @Schema(examples = "mailbox_counts") String object,
            @Schema(description = "Those that rest among them.") long active,
            @Schema(description = "Somebody must mend them.") long held,
            long paused,
            @Schema(description = "Of the active ones: they send nothing for a while.")
                    long resting) {}

    @GET
    @Operation(
            operationId = "countMailboxes",
            summary = "Count mailboxes by how they are",
            description = "Yours; for owners and admins their whole workspace's.")
    @APIResponseSchema(value = Answer.class, responseDescription = "How many of each")
    public Answer get(@Context SecurityContext security) {
        var caller = CallerContext.caller(security);
        var counted = mailboxes.count(caller);
        return new Answer(
                "mailbox_counts",
                counted.active(),
                counted.held(),
                counted.paused(),
                counted.resting());
    }
}
