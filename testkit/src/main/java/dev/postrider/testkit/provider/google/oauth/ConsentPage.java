package dev.postrider.testkit.provider.google.oauth;

import static dev.postrider.testkit.provider.Html.escape;

import dev.postrider.testkit.provider.Html;
import dev.postrider.testkit.provider.google.state.GoogleScope;
import dev.postrider.testkit.provider.google.state.GoogleState;
import dev.postrider.testkit.provider.google.state.GoogleSwitch;
import dev.postrider.testkit.provider.google.state.GoogleUser;
import java.util.stream.Collectors;

/**
 * Accounts and boxes in one form, where Google has a page for each. Its fields: {@code account},
 * {@code scope} (a box each), {@code time_limit} (seconds, 0 for none) and the buttons {@code
 * decision} = {@code allow} or {@code deny}.
 */
record ConsentPage(GoogleState google) {

    String html(AuthorizeRequest request) {
        String app = escape(request.app().name());
        return Html.page(
                "Sign in with Google (a fake)",
                """
                <form method="post" action="/o/oauth2/v2/auth">
                <input type="hidden" name="request" value="%s">
                <fieldset><legend>Choose an account to continue to %s</legend>%s</fieldset>
                <fieldset><legend>%s wants access to your Google Account</legend>%s</fieldset>
                <label>Access lasts
                <select name="time_limit">
                <option value="0">until I remove it</option>
                <option value="86400">a day</option>
                </select></label>
                <p><button name="decision" value="allow">Continue</button>
                <button name="decision" value="deny" formnovalidate>Cancel</button></p>
                </form>
                """
                        .formatted(
                                escape(request.parameters().encoded()),
                                app,
                                accounts(request),
                                app,
                                scopes(request)));
    }

    private String accounts(AuthorizeRequest request) {
        String hint = request.parameters().text("login_hint");
        return google.users().all().stream()
                .map(user -> account(user, user.email().equalsIgnoreCase(hint)))
                .collect(Collectors.joining());
    }

    private static String account(GoogleUser user, boolean chosen) {
        return "<label><input type=\"radio\" name=\"account\" value=\"%s\" required%s> %s</label>"
                .formatted(escape(user.email()), chosen ? " checked" : "", escape(user.email()));
    }

    private String scopes(AuthorizeRequest request) {
        String shown =
                request.signInScopes().stream()
                        .map(scope -> "<p>" + escape(GoogleScope.description(scope)) + "</p>")
                        .collect(Collectors.joining());
        boolean ticked = google.on(GoogleSwitch.BOXES_TICKED);
        return shown
                + request.otherScopes().stream()
                        .sorted()
                        .map(scope -> request.hasBoxes() ? box(scope, ticked) : line(scope))
                        .collect(Collectors.joining());
    }

    private static String box(String scope, boolean ticked) {
        return "<label><input type=\"checkbox\" name=\"scope\" value=\"%s\"%s> %s</label>"
                .formatted(
                        escape(scope),
                        ticked ? " checked" : "",
                        escape(GoogleScope.description(scope)));
    }

    private static String line(String scope) {
        return "<p>" + escape(GoogleScope.description(scope)) + "</p>";
    }
}
