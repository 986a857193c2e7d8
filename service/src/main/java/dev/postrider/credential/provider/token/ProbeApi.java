package dev.postrider.credential.provider.token;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.credential.provider.ProviderApp;
import dev.postrider.credential.provider.token.ProviderCalls.Reply;
import java.net.URI;
import java.util.HashSet;
import java.util.Set;

/** Looks whether a provider's API takes an app again, by a call that changes nothing. */
public record ProbeApi(ProviderCalls calls) {
    /** What an API says that is switched off for the app's project, or whose quota is used up. */
    private static final Set<String> FAILING =
            Set.of("accessNotConfigured", "SERVICE_DISABLED", "dailyLimitExceeded");

    /** What it says. */
    public enum Verdict {
        WELL,
        REFUSES_THE_APP,
        /** Which of a token that may only send says nothing of the app. */
        SCOPE_MISSING,
        UNKNOWN
    }

    public Verdict ask(ProviderApp app, String accessToken) throws InterruptedException {
        var api = app.endpoints().api().toString().replaceFirst("/+$", "");
        var url =
                switch (app.provider()) {
                    case GOOGLE -> URI.create(api + "/gmail/v1/users/me/profile");
                    case MICROSOFT -> URI.create(api + "/v1.0/me");
                };
        return switch (calls.get(url, accessToken)) {
            case Reply.None _ -> Verdict.UNKNOWN;
            case Reply.Answer answer -> verdict(answer);
        };
    }

    private static Verdict verdict(Reply.Answer answer) {
        if (answer.json().filter(ProbeApi::refusesTheApp).isPresent()) {
            return Verdict.REFUSES_THE_APP;
        }
        return switch (answer.status()) {
            case 200, 400 -> answer.json().isPresent() ? Verdict.WELL : Verdict.UNKNOWN;
            case 401, 403 -> Verdict.SCOPE_MISSING;
            default -> Verdict.UNKNOWN;
        };
    }

    private static boolean refusesTheApp(JsonNode json) {
        var reasons = new HashSet<String>();
        json.findValues("reason").forEach(each -> reasons.add(each.asText()));
        return reasons.stream().anyMatch(FAILING::contains);
    }
}
