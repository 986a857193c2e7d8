package dev.postrider.testkit.provider.google.oauth;

import dev.postrider.testkit.provider.google.state.GoogleApp;
import dev.postrider.testkit.provider.google.state.GoogleError;
import dev.postrider.testkit.provider.google.state.GoogleGrants;
import dev.postrider.testkit.provider.google.state.GoogleLimit;
import dev.postrider.testkit.provider.google.state.GoogleState;
import dev.postrider.testkit.provider.google.state.GoogleSwitch;
import dev.postrider.testkit.provider.google.state.GoogleUser;
import dev.postrider.testkit.provider.http.Form;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What comes of a user's decision: the way back to the client, or a page that leads nowhere. */
final class Consent {
    private static final String ISSUER = "https://accounts.google.com";

    private final GoogleState google;
    private final AuthorizationCodes codes;

    /** What the next decisions come to instead: values of {@code error}. */
    private final Queue<String> errors = new ConcurrentLinkedQueue<>();

    Consent(GoogleState google, AuthorizationCodes codes) {
        this.google = google;
        this.codes = codes;
    }

    sealed interface Result {
        record Back(String uri) implements Result {}

        record Page(String code) implements Result {}
    }

    void answerNextWith(String error) {
        errors.add(error);
    }

    Result decide(AuthorizeRequest request, Decision decision) {
        String forced = errors.poll();
        if (forced != null) {
            return failed(request, forced);
        }
        if (!decision.allowed()) {
            return failed(request, "access_denied");
        }
        Optional<GoogleUser> user = google.users().find(decision.email());
        if (user.isEmpty() || user.get().state() == GoogleUser.State.DELETED) {
            return new Result.Page(GoogleError.ACCOUNT_NOT_FOUND.code());
        }
        return refusal(request, user.get()).orElseGet(() -> grant(request, user.get(), decision));
    }

    private Optional<Result> refusal(AuthorizeRequest request, GoogleUser user) {
        GoogleApp app = request.app();
        if (app.audience() == GoogleApp.Audience.INTERNAL
                && !user.hostedDomain().equals(Optional.of(app.domain()))) {
            return Optional.of(new Result.Page("org_internal"));
        }
        if (app.audience() == GoogleApp.Audience.TESTING && !app.hasTestUser(user.email())) {
            return Optional.of(
                    google.on(GoogleSwitch.TESTERS_ONLY_BY_CALLBACK)
                            ? failed(request, "access_denied")
                            : new Result.Page("access_denied"));
        }
        if (user.state() != GoogleUser.State.GOOD) {
            return Optional.of(
                    google.on(GoogleSwitch.ADMIN_POLICY_BY_CALLBACK)
                            ? failed(request, "admin_policy_enforced")
                            : new Result.Page("admin_policy_enforced"));
        }
        return Optional.empty();
    }

    private Result grant(AuthorizeRequest request, GoogleUser user, Decision decision) {
        Set<String> scopes = granted(request, decision.ticked());
        if (scopes.isEmpty()) {
            return failed(request, "access_denied");
        }
        var grant = new GoogleGrants.Grant(user, request.app(), scopes);
        boolean asked =
                request.prompts("consent") || !google.grants().hasConsented(user, request.app());
        google.grants().consent(user, request.app());
        String code =
                codes.issue(
                        new AuthorizationCodes.Code(
                                request,
                                grant,
                                request.isOffline() && asked,
                                decision.timeLimit(),
                                google.now().plusSeconds(google.limit(GoogleLimit.CODE_SECONDS))));
        var answer = new LinkedHashMap<String, String>();
        answer.put("code", code);
        answer.put("scope", grant.scopeText());
        answer.put("authuser", "0");
        answer.put("prompt", asked ? "consent" : "none");
        return back(request, answer);
    }

    private static Set<String> granted(AuthorizeRequest request, Set<String> ticked) {
        if (!request.hasBoxes()) {
            return request.scopes();
        }
        var granted = new LinkedHashSet<>(request.signInScopes());
        request.otherScopes().stream().filter(ticked::contains).forEach(granted::add);
        return granted;
    }

    private Result failed(AuthorizeRequest request, String error) {
        return back(request, new LinkedHashMap<>(Map.of("error", error)));
    }

    private Result back(AuthorizeRequest request, Map<String, String> answer) {
        request.parameters().get("state").ifPresent(state -> answer.put("state", state));
        if (google.on(GoogleSwitch.SENDS_ISS)) {
            answer.put("iss", ISSUER);
        }
        String uri = request.redirectUri();
        return new Result.Back(uri + (uri.contains("?") ? "&" : "?") + Form.of(answer).encoded());
    }
}
