package dev.postrider.testkit.provider.microsoft.oauth;

import dev.postrider.testkit.provider.Html;
import dev.postrider.testkit.provider.ProviderPage;
import dev.postrider.testkit.provider.http.Form;
import dev.postrider.testkit.provider.http.Request;
import dev.postrider.testkit.provider.http.Response;
import dev.postrider.testkit.provider.microsoft.state.EntraError;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftState;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** The authorization endpoint: for browsers a page, for tests a call. */
public final class Authorize {
    private static final String APPROVAL = "need_admin_approval";

    private final MicrosoftState microsoft;
    private final Consent consent;
    private final ConsentPage page;

    Authorize(MicrosoftState microsoft, AuthorizationCodes codes) {
        this.microsoft = microsoft;
        this.consent = new Consent(microsoft, codes);
        this.page = new ConsentPage(microsoft);
    }

    /**
     * Where a user's browser goes who decides so; by {@code form_post} it would post the query's
     * fields.
     *
     * @throws ProviderPage when it stays at Microsoft
     */
    public URI decide(URI authorize, String email, boolean allowed) {
        String tenant = authorize.getPath().split("/", -1)[1];
        Form parameters = Form.parse(Optional.ofNullable(authorize.getRawQuery()).orElse(""));
        return switch (AuthorizeRequest.read(microsoft, tenant, parameters)) {
            case AuthorizeRequest.Read.Bad(var error) -> throw page(error);
            case AuthorizeRequest.Read.Good(var request) ->
                    switch (consent.decide(request, email, allowed)) {
                        case Consent.Result.Back(var asked, var answer) ->
                                URI.create(query(asked.redirectUri(), answer));
                        case Consent.Result.Page(var error) -> throw page(error);
                        case Consent.Result.Approval _ -> throw new ProviderPage(APPROVAL);
                    };
        };
    }

    private static ProviderPage page(EntraError error) {
        return new ProviderPage("AADSTS" + error.number());
    }

    /** The next decision comes to this {@code error}, whatever the user chose. */
    public void answerNextWith(String error) {
        consent.answerNextWith(error);
    }

    Response show(Request request) {
        return switch (AuthorizeRequest.read(
                microsoft, request.segment("tenant"), request.query())) {
            case AuthorizeRequest.Read.Bad(var error) -> errorPage(error);
            case AuthorizeRequest.Read.Good(var asked) ->
                    Response.html(
                            200,
                            page.html(asked, request.path() + "?" + request.query().encoded()));
        };
    }

    /** The form's action has the client's parameters as its query. */
    Response decide(Request request) {
        return switch (AuthorizeRequest.read(
                microsoft, request.segment("tenant"), request.query())) {
            case AuthorizeRequest.Read.Bad(var error) -> errorPage(error);
            case AuthorizeRequest.Read.Good(var asked) -> {
                Form form = request.form();
                yield switch (consent.decide(
                        asked, form.text("account"), form.text("decision").equals("accept"))) {
                    case Consent.Result.Back(var to, var answer) -> back(to, answer);
                    case Consent.Result.Page(var error) -> errorPage(error);
                    case Consent.Result.Approval _ ->
                            Response.html(
                                    200,
                                    Html.page(
                                            "Need admin approval",
                                            "<p>AADSTS90094: This app needs permission to access"
                                                    + " resources in your organization that only"
                                                    + " an admin can grant.</p>"));
                };
            }
        };
    }

    private static Response back(AuthorizeRequest request, Map<String, String> answer) {
        return switch (request.parameters().text("response_mode")) {
            case "form_post" ->
                    Response.html(200, ConsentPage.formPost(request.redirectUri(), answer));
            case "fragment" ->
                    Response.redirect(request.redirectUri() + "#" + Form.of(answer).encoded());
            default -> Response.redirect(query(request.redirectUri(), answer));
        };
    }

    private static String query(String uri, Map<String, String> answer) {
        return uri + (uri.contains("?") ? "&" : "?") + Form.of(answer).encoded();
    }

    private static Response errorPage(EntraError error) {
        return Response.html(
                400,
                Html.page(
                        "Sorry, but we're having trouble signing you in.",
                        "<p>" + Html.escape(error.description()) + "</p>"));
    }
}
