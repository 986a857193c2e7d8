package dev.postrider.door.console.mailboxes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.audit.NotAudited;
import dev.postrider.door.console.ConsolePage;
import dev.postrider.door.console.ConsolePages;
import dev.postrider.door.console.Url;
import dev.postrider.door.console.Visit;
import dev.postrider.identity.WithoutToken;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** {@code /console/mailboxes}. */
@Path("/console/mailboxes")
@ConsolePage
@RunOnVirtualThread
@WithoutToken
@NotAudited("the operations of the API that it calls write their entries")
final class MailboxListEndpoint {
    private static final int ROWS = 25;

    private final Template template;
    private final ConsolePages pages;

    MailboxListEndpoint(
            @Location("console/mailboxes/mailboxes.html") Template template, ConsolePages pages) {
        this.template = template;
        this.pages = pages;
    }

    @GET
    @Operation(hidden = true)
    public Response show(
            @DefaultValue("") @QueryParam("search") String search,
            @DefaultValue("") @QueryParam("state") String state,
            @DefaultValue("") @QueryParam("provider") String provider,
            @DefaultValue("") @QueryParam("after") String after,
            @DefaultValue("") @QueryParam("before") String before,
            @Context SecurityContext security) {
        var visit = Visit.of(security);
        var filter = new MailboxListPage.Filter(search, state, provider);
        var isFirst = after.isEmpty() && before.isEmpty();
        var attention =
                filter.isEmpty() && isFirst
                        ? worstFirst(
                                rows(
                                        visit,
                                        visit.api().read("/mailboxes?attention=true&limit=100")))
                        : List.<MailboxRow>of();
        var list =
                visit.api()
                        .read(
                                "/mailboxes?limit="
                                        + ROWS
                                        + query(filter)
                                        + Url.and("after", after)
                                        + Url.and("before", before));
        var all = rows(visit, list);
        var shown = attention.stream().map(MailboxRow::id).collect(Collectors.toSet());
        var counts = visit.api().read("/mailboxes/counts");
        var hasMore = list.path("has_more").asBoolean();
        var page =
                new MailboxListPage(
                        visit.path(),
                        new MailboxListPage.Counts(
                                counts.path("active").asLong(),
                                counts.path("held").asLong(),
                                counts.path("paused").asLong(),
                                counts.path("resting").asLong()),
                        filter,
                        attention,
                        all.stream().filter(row -> !shown.contains(row.id())).toList(),
                        !all.isEmpty() && (before.isEmpty() ? !isFirst : hasMore)
                                ? link(filter, "before", all.getFirst())
                                : null,
                        !all.isEmpty() && (before.isEmpty() ? hasMore : true)
                                ? link(filter, "after", all.getLast())
                                : null);
        return pages.page(visit, template, "Mailboxes", page);
    }

    private static List<MailboxRow> rows(Visit visit, JsonNode list) {
        return StreamSupport.stream(list.path("data").spliterator(), false)
                .map(each -> MailboxRow.of(each, visit))
                .toList();
    }

    /** Those that rest go on by themselves. */
    private static List<MailboxRow> worstFirst(List<MailboxRow> rows) {
        return rows.stream()
                .sorted(Comparator.comparing(row -> !row.standing().tone().equals("bad")))
                .toList();
    }

    private static String query(MailboxListPage.Filter filter) {
        return Url.and("search", filter.search())
                + Url.and("state", filter.state())
                + Url.and("provider", filter.provider());
    }

    private static String link(MailboxListPage.Filter filter, String side, MailboxRow row) {
        return "/console/mailboxes?" + (side + "=" + row.id()) + query(filter);
    }
}
