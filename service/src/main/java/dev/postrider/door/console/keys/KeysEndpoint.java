package dev.postrider.door.console.keys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.audit.NotAudited;
import dev.postrider.door.console.ConsoleForm;
import dev.postrider.door.console.ConsolePage;
import dev.postrider.door.console.ConsolePages;
import dev.postrider.door.console.Filled;
import dev.postrider.door.console.Url;
import dev.postrider.door.console.Visit;
import dev.postrider.door.console.call.Api;
import dev.postrider.door.console.call.ApiAnswer;
import dev.postrider.door.console.choose.Choice;
import dev.postrider.door.console.choose.Choose;
import dev.postrider.http.PublicUrl;
import dev.postrider.identity.WithoutToken;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** {@code /console/keys}. */
@Path("/console/keys")
@ConsolePage
@RunOnVirtualThread
@WithoutToken
@NotAudited("the operations of the API that it calls write their entries")
final class KeysEndpoint {
    private static final String PATH = "/console/keys";
    private static final int ROWS = 50;

    private final Template template;
    private final ConsolePages pages;
    private final PublicUrl publicUrl;

    KeysEndpoint(
            @Location("console/keys/keys.html") Template template,
            ConsolePages pages,
            PublicUrl publicUrl) {
        this.template = template;
        this.pages = pages;
        this.publicUrl = publicUrl;
    }

    @GET
    @Operation(hidden = true)
    public Response show(
            @DefaultValue("") @QueryParam("after") String after,
            @DefaultValue("") @QueryParam("before") String before,
            @Context SecurityContext security) {
        var visit = Visit.of(security);
        return page(200, visit, read(visit, after, before, Filled.NOTHING, null));
    }

    @POST
    @Operation(hidden = true)
    public Response create(@Context SecurityContext security, @Context UriInfo uri) {
        var visit = Visit.of(security);
        var form = visit.filled();
        var body = Api.object().put("name", form.text("name").orElse(""));
        form.text("permission").ifPresent(permission -> body.put("permission", permission));
        var mailbox = form.text("mailbox_id").map(Choose.mailbox(visit)::find);
        mailbox.ifPresent(found -> body.put("mailbox_id", found.id()));
        perSecond(form, body);
        return switch (visit.api().post("/api-keys", body)) {
            case ApiAnswer.Done(_, var made) ->
                    made(visit, mailbox, made.path("token").asText(), uri);
            case ApiAnswer.Refused refused ->
                    page(
                            refused.status(),
                            visit,
                            read(
                                    visit,
                                    "",
                                    "",
                                    Filled.of(
                                                    form,
                                                    refused,
                                                    "name",
                                                    "permission",
                                                    "mailbox_id",
                                                    "per_second")
                                            .saying("mailbox_id", mailbox.flatMap(Choice::problem)),
                                    null));
        };
    }

    /** A number; what is none is the API's to refuse. */
    static void perSecond(ConsoleForm form, ObjectNode body) {
        form.text("per_second")
                .ifPresent(text -> {
                    if (text.matches("[0-9]{1,9}")) {
                        body.put("per_second", Integer.parseInt(text));
                    } else {
                        body.put("per_second", text);
                    }
                });
    }

    private Response made(Visit visit, Optional<Choice> mailbox, String token, UriInfo uri) {
        var from =
                mailbox.map(Choice::text)
                        .or(() -> Choose.mailbox(visit).suggestions("").stream().findFirst())
                        .orElse("you@example.com");
        var made = new KeysPage.Made(token, publicUrl.or(uri.getBaseUri()), from);
        return page(201, visit, read(visit, "", "", Filled.NOTHING, made));
    }

    private static KeysPage read(
            Visit visit, String after, String before, Filled filled, KeysPage.@Nullable Made made) {
        var list =
                visit.api()
                        .read(
                                "/api-keys?limit="
                                        + ROWS
                                        + Url.and("after", after)
                                        + Url.and("before", before));
        var keys = items(list).map(each -> KeyView.of(each, visit)).toList();
        var hasMore = list.path("has_more").asBoolean();
        var isFirst = after.isEmpty() && before.isEmpty();
        return new KeysPage(
                visit.formToken(),
                keys,
                Choose.mailbox(visit).suggestions(""),
                filled,
                made,
                !keys.isEmpty() && (before.isEmpty() ? !isFirst : hasMore)
                        ? PATH + "?before=" + keys.getFirst().id()
                        : null,
                !keys.isEmpty() && (!before.isEmpty() || hasMore)
                        ? PATH + "?after=" + keys.getLast().id()
                        : null);
    }

    private static Stream<JsonNode> items(JsonNode list) {
        return StreamSupport.stream(list.path("data").spliterator(), false);
    }

    private Response page(int status, Visit visit, KeysPage page) {
        return pages.page(status, visit, template, "API keys", page);
    }
}
