package dev.postrider.testkit.provider.microsoft.oauth;

import static dev.postrider.testkit.provider.Html.escape;

import dev.postrider.testkit.provider.Html;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftState;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftUser;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Accounts and permissions in one form. Its fields: {@code account} and the buttons {@code
 * decision} = {@code accept} or {@code cancel}.
 */
record ConsentPage(MicrosoftState microsoft) {

    String html(AuthorizeRequest request, String action) {
        return Html.page(
                "Sign in to your account (a fake Microsoft)",
                """
                <form method="post" action="%s">
                <fieldset><legend>Pick an account</legend>%s</fieldset>
                <fieldset><legend>Permissions requested by %s</legend>%s</fieldset>
                <p><button name="decision" value="accept">Accept</button>
                <button name="decision" value="cancel" formnovalidate>Cancel</button></p>
                </form>
                """
                        .formatted(
                                escape(action),
                                accounts(request),
                                escape(request.app().name()),
                                request.scopes().stream()
                                        .map(scope -> "<p>" + escape(scope.full()) + "</p>")
                                        .sorted()
                                        .collect(Collectors.joining())));
    }

    private String accounts(AuthorizeRequest request) {
        String hint = request.parameters().text("login_hint");
        return microsoft.users().all().stream()
                .map(user -> account(user, user.isCalled(hint)))
                .collect(Collectors.joining());
    }

    private static String account(MicrosoftUser user, boolean chosen) {
        return "<label><input type=\"radio\" name=\"account\" value=\"%s\" required%s> %s</label>"
                .formatted(
                        escape(user.principalName()),
                        chosen ? " checked" : "",
                        escape(user.principalName()));
    }

    /** The answer as a form of its own ({@code response_mode=form_post}), without the script. */
    static String formPost(String redirectUri, Map<String, String> answer) {
        String fields =
                answer.entrySet().stream()
                        .map(field ->
                                "<input type=\"hidden\" name=\"%s\" value=\"%s\">"
                                        .formatted(
                                                escape(field.getKey()), escape(field.getValue())))
                        .collect(Collectors.joining());
        return Html.page(
                "Working...",
                "<form method=\"post\" action=\"%s\">%s<button>Continue</button></form>"
                        .formatted(escape(redirectUri), fields));
    }
}
