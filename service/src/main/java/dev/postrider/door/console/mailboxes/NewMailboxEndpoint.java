package dev.postrider.door.console.mailboxes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.audit.NotAudited;
import dev.postrider.door.console.ConsolePage;
import dev.postrider.door.console.ConsolePages;
import dev.postrider.door.console.Filled;
import dev.postrider.door.console.Url;
import dev.postrider.door.console.Visit;
import dev.postrider.door.console.call.Api;
import dev.postrider.door.console.call.ApiAnswer;
import dev.postrider.door.console.choose.Choice;
import dev.postrider.door.console.choose.Choose;
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
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** {@code /console/mailboxes/new}: with a password, by a link, or a sandbox. */
@Path("/console/mailboxes/new")
@ConsolePage
@RunOnVirtualThread
@WithoutToken
@NotAudited("the operations of the API that it calls write their entries")
final class NewMailboxEndpoint {
    static final String TITLE = "Connect a mailbox";

    private static final NewMailboxPage.Found UNKNOWN =
            new NewMailboxPage.Found(
                    "The server of this address couldn't be found. Its provider's help says which it"
                            + " is, often under \"SMTP\" or \"outgoing mail\".",
                    null);

    private final Template template;
    private final ConsolePages pages;

    NewMailboxEndpoint(
            @Location("console/mailboxes/new.html") Template template, ConsolePages pages) {
        this.template = template;
        this.pages = pages;
    }

    /**
     * @param address whose server is looked for
     * @param fill whether it is to stand in the form
     */
    @GET
    @Operation(hidden = true)
    public Response show(
            @DefaultValue("") @QueryParam("address") String address,
            @DefaultValue("") @QueryParam("fill") String fill,
            @Context SecurityContext security) {
        var visit = Visit.of(security);
        var read = new ReadConnectOptions(visit);
        return address.isBlank()
                ? page(200, visit, read.page("", Filled.NOTHING, null, null))
                : page(
                        200,
                        visit,
                        found(visit, Filled.of(Map.of("address", address)), !fill.isEmpty()));
    }

    @POST
    @Path("/password")
    @Operation(hidden = true)
    public Response password(@Context SecurityContext security) {
        var visit = Visit.of(security);
        var form = visit.filled();
        var body =
                Api.object()
                        .put("address", form.text("address").orElse(""))
                        .put("provider", "smtp");
        form.text("display_name").ifPresent(name -> body.put("display_name", name));
        body.set("smtp", MailboxForms.smtp(form));
        return switch (visit.api().post("/mailboxes", body)) {
            case ApiAnswer.Done(_, var mailbox) -> TryMailbox.after(visit, mailbox, pages);
            case ApiAnswer.Refused refused -> {
                var filled =
                        Filled.of(
                                form,
                                refused,
                                MailboxForms.serverFields("address", "display_name"));
                yield filled.errors().containsKey("smtp.host") && !filled.has("smtp.host")
                        ? page(refused.status(), visit, found(visit, filled, true))
                        : again(visit, refused.status(), "password", filled);
            }
        };
    }

    /**
     * With the server that an address is likely to have.
     *
     * @param isFilled whether it stands in the form
     */
    private static NewMailboxPage found(Visit visit, Filled filled, boolean isFilled) {
        var address = filled.value("address");
        var answer = visit.api().get("/autoconfiguration?address=" + Url.encode(address));
        var read = new ReadConnectOptions(visit);
        if (!(answer instanceof ApiAnswer.Done(_, var json)) || !json.path("smtp").isObject()) {
            return read.page("password", filled, UNKNOWN, null);
        }
        var smtp = json.path("smtp");
        var isCertain = json.path("certain").asBoolean();
        var text =
                "Its server is %s%s, port %s. %s"
                        .formatted(
                                isCertain ? "" : "likely ",
                                smtp.path("host").asText(),
                                smtp.path("port").asText(),
                                json.path("note").asText());
        var fill = "/console/mailboxes/new?address=" + Url.encode(address) + "&fill=yes";
        if (!isFilled) {
            var found = new NewMailboxPage.Found(text.strip(), isCertain ? null : fill);
            return read.page("password", filled, found, null);
        }
        var values = new HashMap<>(filled.values());
        values.put("smtp.host", smtp.path("host").asText());
        values.put("smtp.port", smtp.path("port").asText());
        values.put("smtp.tls", smtp.path("tls").asText());
        return read.page(
                "password", Filled.of(values), new NewMailboxPage.Found(text.strip(), null), null);
    }

    @POST
    @Path("/sandbox")
    @Operation(hidden = true)
    public Response sandbox(@Context SecurityContext security) {
        var visit = Visit.of(security);
        var form = visit.filled();
        var body =
                Api.object()
                        .put("address", form.text("sandbox_address").orElse(""))
                        .put("provider", "sandbox");
        return switch (visit.api().post("/mailboxes", body)) {
            case ApiAnswer.Done(_, var mailbox) ->
                    pages.goTo(
                            "/console/mailboxes/" + mailbox.path("id").asText(),
                            "mailbox_connected");
            case ApiAnswer.Refused refused ->
                    again(visit, refused.status(), "sandbox", Filled.of(form, refused, "address"));
        };
    }

    @POST
    @Path("/link")
    @Operation(hidden = true)
    public Response link(@Context SecurityContext security) {
        var visit = Visit.of(security);
        var form = visit.filled();
        var body = Api.object();
        var person = form.text("user_id").map(Choose.person(visit)::find);
        person.ifPresent(found -> body.put("user_id", found.id()));
        form.text("external_id").ifPresent(id -> body.put("external_id", id));
        form.text("link_address").ifPresent(address -> body.put("address", address));
        form.text("tier").ifPresent(tier -> body.put("tier", tier));
        MailboxForms.number(form, "expires_in", body, "expires_in");
        if (form.has("providers")) {
            var providers = body.putArray("providers");
            form.all("providers").forEach(providers::add);
        }
        return switch (visit.api().post("/connect-links", body)) {
            case ApiAnswer.Done(_, var made) -> page(201, visit, made(visit, made));
            case ApiAnswer.Refused refused ->
                    again(
                            visit,
                            refused.status(),
                            "link",
                            Filled.of(
                                            form,
                                            refused,
                                            "user_id",
                                            "external_id",
                                            "address",
                                            "tier",
                                            "expires_in",
                                            "providers")
                                    .saying("user_id", person.flatMap(Choice::problem)));
        };
    }

    private static NewMailboxPage made(Visit visit, JsonNode made) {
        var read = new ReadConnectOptions(visit);
        return read.page(
                "link",
                Filled.NOTHING,
                null,
                new NewMailboxPage.NewLink(
                        made.path("url").asText(),
                        visit.time(made.path("expires_at").asText()),
                        read.whom(made)));
    }

    private Response again(Visit visit, int status, String way, Filled filled) {
        return page(status, visit, new ReadConnectOptions(visit).page(way, filled, null, null));
    }

    private Response page(int status, Visit visit, NewMailboxPage page) {
        return pages.page(status, visit, template, TITLE, page);
    }
}
