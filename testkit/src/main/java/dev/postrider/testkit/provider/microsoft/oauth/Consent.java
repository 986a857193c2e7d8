package dev.postrider.testkit.provider.microsoft.oauth;

import dev.postrider.testkit.provider.Secrets;
import dev.postrider.testkit.provider.microsoft.state.EntraError;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftLimit;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftScope;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftState;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftSwitch;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftUser;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What comes of a user's decision: the way back to the client, or a page that leads nowhere. */
final class Consent {
    private final MicrosoftState microsoft;
    private final AuthorizationCodes codes;

    /** What the next decisions come to instead: values of {@code error}. */
    private final Queue<String> errors = new ConcurrentLinkedQueue<>();

    Consent(MicrosoftState microsoft, AuthorizationCodes codes) {
        this.microsoft = microsoft;
        this.codes = codes;
    }

    sealed interface Result {
        /** The parameters of the callback. */
        record Back(AuthorizeRequest request, Map<String, String> answer) implements Result {}

        record Page(EntraError error) implements Result {}

        /** "Need admin approval" (AADSTS90094) */
        record Approval() implements Result {}
    }

    void answerNextWith(String error) {
        errors.add(error);
    }

    Result decide(AuthorizeRequest request, String email, boolean allowed) {
        String forced = errors.poll();
        if (forced != null) {
            return failed(request, forced, "asked for by a test");
        }
        if (!allowed) {
            return failed(request, "access_denied", EntraError.DECLINED.description());
        }
        Optional<MicrosoftUser> user = microsoft.users().find(email);
        if (user.isEmpty()) {
            return new Result.Page(EntraError.USER_NOT_FOUND);
        }
        return signIn(request, user.get());
    }

    private Result signIn(AuthorizeRequest request, MicrosoftUser user) {
        if (user.isDisabled()) {
            return new Result.Page(EntraError.DISABLED);
        }
        if (!request.tenant().admits(user.tenant()) || !request.app().isFor(user.tenant())) {
            return new Result.Page(EntraError.OTHER_TENANT);
        }
        boolean allowed =
                request.scopes().stream().allMatch(scope -> mayConsent(request, user, scope));
        if (!allowed) {
            return microsoft.on(MicrosoftSwitch.APPROVAL_PAGE_LEADS_BACK)
                    ? failed(
                            request,
                            "access_denied",
                            "AADSTS90094: An administrator must consent to this application.")
                    : new Result.Approval();
        }
        var signIn =
                microsoft
                        .grants()
                        .signIn(user, request.app(), request.platform(), request.scopes());
        String code =
                codes.issue(
                        new AuthorizationCodes.Code(
                                request,
                                signIn,
                                microsoft
                                        .now()
                                        .plus(microsoft.seconds(MicrosoftLimit.CODE_SECONDS))));
        var answer = new LinkedHashMap<String, String>();
        answer.put("code", code);
        answer.put("session_state", Secrets.hex(16));
        return back(request, answer);
    }

    private boolean mayConsent(AuthorizeRequest request, MicrosoftUser user, MicrosoftScope scope) {
        if (user.tenant().isConsumers()
                || microsoft.grants().hasConsented(user, request.app(), scope)) {
            return true;
        }
        return switch (user.tenant().consent()) {
            case EVERYTHING -> true;
            case MANAGED_BY_MICROSOFT -> !scope.isRestricted();
            case NOTHING -> false;
        };
    }

    private static Result failed(AuthorizeRequest request, String error, String description) {
        var answer = new LinkedHashMap<String, String>();
        answer.put("error", error);
        answer.put("error_description", description);
        return back(request, answer);
    }

    private static Result back(AuthorizeRequest request, Map<String, String> answer) {
        request.parameters().get("state").ifPresent(state -> answer.put("state", state));
        return new Result.Back(request, answer);
    }
}
