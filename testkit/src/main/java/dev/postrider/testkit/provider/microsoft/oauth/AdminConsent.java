package dev.postrider.testkit.provider.microsoft.oauth;

import static dev.postrider.testkit.provider.Html.escape;

import dev.postrider.testkit.provider.Html;
import dev.postrider.testkit.provider.http.Form;
import dev.postrider.testkit.provider.http.Request;
import dev.postrider.testkit.provider.http.Response;
import dev.postrider.testkit.provider.microsoft.state.EntraError;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftApp;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftScope;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftState;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftTenant;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftUser;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The link that a user gives to their admin, who consents for everybody in their tenant. Where the
 * link names none ({@code organizations}), the form's {@code account} says who signs in.
 */
record AdminConsent(MicrosoftState microsoft) {

    Response show(Request request) {
        if (app(request).isEmpty() || (tenant(request).isEmpty() && !isForAny(request))) {
            return page(EntraError.APP_NOT_FOUND.description());
        }
        return Response.html(
                200,
                Html.page(
                        "Permissions requested: review for your organization (a fake)",
                        """
                        <p>%s asks for: %s</p>
                        <form method="post" action="%s">
                        %s
                        <button name="decision" value="accept">Accept</button>
                        <button name="decision" value="cancel">Cancel</button>
                        </form>
                        """
                                .formatted(
                                        escape(app(request).get().name()),
                                        escape(request.query().text("scope")),
                                        escape(request.path() + "?" + request.query().encoded()),
                                        isForAny(request)
                                                ? "<label>Sign in as <input name=\"account\"></label>"
                                                : "")));
    }

    Response decide(Request request) {
        Optional<MicrosoftApp> app = app(request);
        Optional<MicrosoftTenant> tenant = tenant(request);
        if (app.isEmpty() || tenant.isEmpty()) {
            return page(EntraError.APP_NOT_FOUND.description());
        }
        String back = request.query().text("redirect_uri");
        if (!app.get().redirectUris().containsKey(back)) {
            return page(EntraError.REDIRECT.description());
        }
        var answer = new LinkedHashMap<String, String>();
        if (request.form().text("decision").equals("accept")) {
            tenant.get().adminConsents(app.get(), scopes(request));
            answer.put("admin_consent", "True");
            answer.put("tenant", tenant.get().id());
        } else {
            answer.put("error", "access_denied");
            answer.put("error_description", EntraError.DECLINED.description());
        }
        request.query().get("state").ifPresent(state -> answer.put("state", state));
        return Response.redirect(back + "?" + Form.of(answer).encoded());
    }

    private static Set<String> scopes(Request request) {
        return MicrosoftScope.parseAll(request.query().text("scope")).orElse(Set.of()).stream()
                .map(MicrosoftScope::name)
                .collect(Collectors.toSet());
    }

    private Optional<MicrosoftApp> app(Request request) {
        return microsoft.apps().find(request.query().text("client_id"));
    }

    private Optional<MicrosoftTenant> tenant(Request request) {
        return isForAny(request)
                ? microsoft.users().find(request.form().text("account")).map(MicrosoftUser::tenant)
                : microsoft.users().findTenant(request.segment("tenant"));
    }

    private static boolean isForAny(Request request) {
        return request.segment("tenant").equals("organizations");
    }

    private static Response page(String words) {
        return Response.html(400, Html.page("Sorry", "<p>" + escape(words) + "</p>"));
    }
}
