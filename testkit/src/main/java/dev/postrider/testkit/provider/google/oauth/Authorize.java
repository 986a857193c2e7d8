package dev.postrider.testkit.provider.google.oauth;

import dev.postrider.testkit.provider.Html;
import dev.postrider.testkit.provider.ProviderPage;
import dev.postrider.testkit.provider.google.state.GoogleError;
import dev.postrider.testkit.provider.google.state.GoogleScope;
import dev.postrider.testkit.provider.google.state.GoogleState;
import dev.postrider.testkit.provider.http.Form;
import dev.postrider.testkit.provider.http.Request;
import dev.postrider.testkit.provider.http.Response;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The authorization endpoint: for browsers a page, for tests a call. */
public final class Authorize {
    private final GoogleState google;
    private final Consent consent;
    private final ConsentPage page;

    Authorize(GoogleState google, AuthorizationCodes codes) {
        this.google = google;
        this.consent = new Consent(google, codes);
        this.page = new ConsentPage(google);
    }

    /**
     * Where a user's browser goes who decides so.
     *
     * @throws ProviderPage when it stays at Google
     */
    public URI decide(URI authorize, Function<Set<String>, Decision> user) {
        var read =
                AuthorizeRequest.read(
                        google,
                        Form.parse(Optional.ofNullable(authorize.getRawQuery()).orElse("")));
        return switch (read) {
            case AuthorizeRequest.Read.Bad(var error) -> throw new ProviderPage(error.code());
            case AuthorizeRequest.Read.Good(var request) ->
                    switch (consent.decide(request, user.apply(request.scopes()))) {
                        case Consent.Result.Back(var uri) -> URI.create(uri);
                        case Consent.Result.Page(var code) -> throw new ProviderPage(code);
                    };
        };
    }

    /** The next decision comes to this {@code error}, whatever the user chose. */
    public void answerNextWith(String error) {
        consent.answerNextWith(error);
    }

    Response show(Request request) {
        return switch (AuthorizeRequest.read(google, request.query())) {
            case AuthorizeRequest.Read.Bad(var error) -> errorPage(error.code());
            case AuthorizeRequest.Read.Good(var asked) -> Response.html(200, page.html(asked));
        };
    }

    Response decide(Request request) {
        Form form = request.form();
        return switch (AuthorizeRequest.read(google, Form.parse(form.text("request")))) {
            case AuthorizeRequest.Read.Bad(var error) -> errorPage(error.code());
            case AuthorizeRequest.Read.Good(var asked) ->
                    switch (consent.decide(asked, decision(form))) {
                        case Consent.Result.Back(var uri) -> Response.redirect(uri);
                        case Consent.Result.Page(var code) -> errorPage(code);
                    };
        };
    }

    private static Decision decision(Form form) {
        return new Decision(
                form.text("account"),
                form.text("decision").equals("allow"),
                GoogleScope.canonical(form.all("scope")),
                form.get("time_limit")
                        .filter(text -> text.matches("[1-9][0-9]{0,9}"))
                        .map(text -> Duration.ofSeconds(Long.parseLong(text))));
    }

    private static Response errorPage(String code) {
        int status = code.equals(GoogleError.CLIENT_NOT_FOUND.code()) ? 401 : 400;
        return Response.html(
                status,
                Html.page(
                        "Access blocked: authorization error",
                        "<p>Error " + status + ": " + Html.escape(code) + "</p>"));
    }
}
