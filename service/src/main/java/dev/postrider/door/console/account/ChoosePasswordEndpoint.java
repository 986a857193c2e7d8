package dev.postrider.door.console.account;

import dev.postrider.audit.NotAudited;
import dev.postrider.door.console.ConsoleForm;
import dev.postrider.door.console.ConsolePages;
import dev.postrider.identity.OpaqueToken;
import dev.postrider.identity.WithoutToken;
import dev.postrider.identity.http.ClientAddress;
import dev.postrider.identity.login.Passwords;
import dev.postrider.identity.login.SetPassword;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/**
 * {@code /console/password?ticket=…}: where who was invited, or has forgotten, chooses a password.
 * The ticket is all the proof there is, so a form of somebody else's page could do nothing that its
 * author couldn't do alone.
 */
@Path("/console/password")
@RunOnVirtualThread
@WithoutToken
@NotAudited("writes its entry itself, for a user who has no session yet")
final class ChoosePasswordEndpoint {
    private static final int MAX_TICKET = 200;
    private static final String OUT_OF_DATE =
            "This link is used, has run out, or isn't whole. Ask whoever gave it to you for another.";

    private final Template template;
    private final ConsolePages pages;
    private final SetPassword setPassword;
    private final ClientAddress clientAddress;

    ChoosePasswordEndpoint(
            @Location("console/account/password.html") Template template,
            ConsolePages pages,
            SetPassword setPassword,
            ClientAddress clientAddress) {
        this.template = template;
        this.pages = pages;
        this.setPassword = setPassword;
        this.clientAddress = clientAddress;
    }

    @GET
    @Operation(hidden = true)
    public Response show(@DefaultValue("") @QueryParam("ticket") String ticket) {
        return page(200, ticket, null);
    }

    @POST
    @Operation(hidden = true)
    public Response choose(
            InputStream body,
            @DefaultValue("same-origin") @HeaderParam("Sec-Fetch-Site") String site,
            @Context HttpServerRequest from)
            throws IOException {
        var form = ConsoleForm.read(body);
        var ticket = form.flatMap(each -> each.verbatim("ticket")).orElse("");
        if (!site.equals("same-origin")) {
            return gone();
        }
        var password = form.flatMap(each -> each.verbatim("new_password")).orElse("");
        var repeated = form.flatMap(each -> each.verbatim("repeated_password")).orElse("");
        var flaw = flaw(password, repeated);
        return flaw.isPresent()
                ? page(422, ticket, flaw.get())
                : choose(ticket, password, clientAddress.of(from));
    }

    private Response choose(String ticket, String password, String address) {
        return switch (setPassword.withTicket(new OpaqueToken(ticket), password, address)) {
            case SetPassword.Result.Done _ -> pages.goTo("/console/sign-in", "password_chosen");
            case SetPassword.Result.BadTicket _ -> gone();
            case SetPassword.Result.Busy _, SetPassword.Result.Throttled _ ->
                    page(503, ticket, "Many choose one at the moment. Try again in a few seconds.");
            case SetPassword.Result.WrongPassword _ ->
                    throw new IllegalStateException("no password was asked for");
        };
    }

    private static Optional<String> flaw(String password, String repeated) {
        return Passwords.fault(password)
                .map(fault -> "The password " + fault + ".")
                .or(() ->
                        password.equals(repeated)
                                ? Optional.empty()
                                : Optional.of("The two aren't the same: type it again."));
    }

    private Response gone() {
        return pages.open(
                410,
                template,
                "Choose a password",
                new ChoosePasswordPage("", "", OUT_OF_DATE),
                "");
    }

    private Response page(int status, String ticket, @Nullable String alert) {
        var whose =
                ticket.length() > MAX_TICKET
                        ? Optional.<String>empty()
                        : setPassword.whose(new OpaqueToken(ticket));
        return whose.map(email ->
                        pages.open(
                                status,
                                template,
                                "Choose a password",
                                new ChoosePasswordPage(ticket, email, alert),
                                ""))
                .orElseGet(this::gone);
    }
}
