package dev.postrider.door.connect;

import dev.postrider.audit.NotAudited;
import dev.postrider.credential.provider.Provider;
import dev.postrider.identity.WithoutToken;
import dev.postrider.identity.http.ClientAddress;
import dev.postrider.identity.login.http.Form;
import dev.postrider.mailbox.connect.BeginConsent;
import dev.postrider.mailbox.connect.Browser;
import dev.postrider.mailbox.connect.ConnectByPassword;
import dev.postrider.mailbox.connect.ConnectFailure;
import dev.postrider.mailbox.connect.ConnectOption;
import dev.postrider.mailbox.connect.ConnectVisit;
import dev.postrider.mailbox.connect.ConnectVisits;
import dev.postrider.mailbox.connect.FinishConsent;
import dev.postrider.mailbox.connect.ProviderAnswer;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** {@code /connect/…}: what browsers open, fill in and come back to. */
@Path("/connect")
@RunOnVirtualThread
@WithoutToken
@NotAudited("a mailbox that is connected has its entry, written with it")
@Produces(MediaType.TEXT_HTML)
final class ConnectEndpoint {
    private final ConnectVisits visits;
    private final ConnectByPassword byPassword;
    private final BeginConsent beginConsent;
    private final FinishConsent finishConsent;
    private final ConnectCookie cookie;
    private final Answers answers;
    private final Pages pages;
    private final ClientAddress clientAddress;

    ConnectEndpoint(
            ConnectVisits visits,
            ConnectByPassword byPassword,
            BeginConsent beginConsent,
            FinishConsent finishConsent,
            ConnectCookie cookie,
            Answers answers,
            Pages pages,
            ClientAddress clientAddress) {
        this.visits = visits;
        this.byPassword = byPassword;
        this.beginConsent = beginConsent;
        this.finishConsent = finishConsent;
        this.cookie = cookie;
        this.answers = answers;
        this.pages = pages;
        this.clientAddress = clientAddress;
    }

    @GET
    @Path("/style.css")
    @Produces("text/css")
    @Operation(hidden = true)
    public Response style() {
        return pages.style();
    }

    @GET
    @Path("/icon.svg")
    @Produces("image/svg+xml")
    @Operation(hidden = true)
    public Response icon() {
        return pages.icon();
    }

    /** Nothing is tied to the browser yet: programs that look at links in mail open them, too. */
    @GET
    @Path("/{link}")
    @Operation(hidden = true)
    public Response open(@PathParam("link") String link, @Context HttpHeaders headers) {
        var known = cookie.of(headers);
        var browser = known.orElseGet(Browser::unknown);
        var answer = answers.arrival(visits.arrive(link, browser), link, headers);
        return known.isPresent()
                ? answer.build()
                : answer.header(HttpHeaders.SET_COOKIE, cookie.setting(browser)).build();
    }

    @POST
    @Path("/{link}/start")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Response start(
            @PathParam("link") String link, InputStream body, @Context HttpHeaders headers)
            throws IOException {
        return switch (submitted(link, body, headers)) {
            case Submitted.Refused(var answer) -> answer;
            case Submitted.By(var visit, var form) ->
                    visit.options().stream()
                            .filter(option -> option.text().equals(form.get("option")))
                            .flatMap(option ->
                                    option instanceof ConnectOption.Consent consent
                                            ? Stream.of(consent)
                                            : Stream.empty())
                            .findFirst()
                            .flatMap(consent -> beginConsent.begin(visit, consent))
                            .map(page -> Response.seeOther(page).build())
                            .orElseGet(() -> notBegun(visit, headers));
        };
    }

    /** Another browser was faster, or the page offers that no more. */
    private Response notBegun(ConnectVisit visit, HttpHeaders headers) {
        var now = visits.arrive(visit.reference(), visit.browser());
        return now instanceof ConnectVisits.Arrival.Open
                ? answers.page(403, "form_stale", headers)
                : answers.arrival(now, visit.reference(), headers).build();
    }

    /** Where a provider leads back to; what stands in its URL goes no further, and into no log. */
    @GET
    @Path("/callback/{provider}/{app}")
    @Operation(hidden = true)
    public Response callback(
            @PathParam("provider") String provider,
            @PathParam("app") String app,
            @Context UriInfo uri,
            @Context HttpHeaders headers,
            @Context HttpServerRequest from)
            throws InterruptedException {
        var query = uri.getQueryParameters();
        var browser = cookie.of(headers);
        var named = Provider.of(provider);
        if (named.filter(Provider.MICROSOFT::equals).isPresent()
                && AdminConsent.isAnsweredBy(query)) {
            return answers.page(
                    200, AdminConsent.isGivenBy(query) ? "admin_agreed" : "admin_refused", headers);
        }
        if (browser.isEmpty() || named.isEmpty()) {
            return answers.page(
                    browser.isEmpty() ? 403 : 404,
                    browser.isEmpty() ? "cookie_missing" : "unknown",
                    headers);
        }
        return answers.consent(
                finishConsent.finish(
                        new ConnectOption.Consent(named.get(), app),
                        ProviderAnswer.of(query),
                        browser.get(),
                        clientAddress.of(from)),
                headers);
    }

    @POST
    @Path("/{link}/password")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Response password(
            @PathParam("link") String link,
            InputStream body,
            @Context HttpHeaders headers,
            @Context HttpServerRequest from)
            throws IOException, InterruptedException {
        return switch (submitted(link, body, headers)) {
            case Submitted.Refused(var answer) -> answer;
            case Submitted.By(var visit, var form) -> {
                var fields = new ConnectByPassword.Form(form, clientAddress.of(from));
                var result = byPassword.connect(visit, fields);
                yield result instanceof ConnectByPassword.Result.Closed
                        ? notBegun(visit, headers)
                        : answers.password(visit, fields, result, headers);
            }
        };
    }

    @POST
    @Path("/{link}/cancel")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Response cancel(
            @PathParam("link") String link, InputStream body, @Context HttpHeaders headers)
            throws IOException {
        return switch (submitted(link, body, headers)) {
            case Submitted.Refused(var answer) -> answer;
            case Submitted.By(var visit, _) -> {
                visits.fail(visit, ConnectFailure.CANCELED, Optional.empty());
                yield answers.canceled(visit, headers);
            }
        };
    }

    /** A form, and whether it came from its page. */
    private sealed interface Submitted {
        record By(ConnectVisit visit, Map<String, String> form) implements Submitted {}

        record Refused(Response answer) implements Submitted {}
    }

    private Submitted submitted(String link, InputStream body, HttpHeaders headers)
            throws IOException {
        var browser = cookie.of(headers);
        if (browser.isEmpty()) {
            return new Submitted.Refused(answers.page(403, "cookie_missing", headers));
        }
        var arrival = visits.arrive(link, browser.get());
        if (!(arrival instanceof ConnectVisits.Arrival.Open(var visit))) {
            return new Submitted.Refused(answers.arrival(arrival, link, headers).build());
        }
        return switch (Form.read(body)) {
            case Form.Read.Parsed(var form) when isOurs(form, visit, headers) ->
                    new Submitted.By(visit, form.parameters());
            case Form.Read.Parsed _, Form.Read.Malformed _, Form.Read.TooLarge _ ->
                    new Submitted.Refused(answers.page(403, "form_stale", headers));
        };
    }

    /** Another site's form has no token of ours, and browsers say where a form comes from. */
    private static boolean isOurs(Form form, ConnectVisit visit, HttpHeaders headers) {
        var site = headers.getHeaderString("Sec-Fetch-Site");
        return visit.browser().madeForm(visit.link().id(), form.parameter("form").orElse(""))
                && (site == null || site.equals("same-origin"));
    }
}
