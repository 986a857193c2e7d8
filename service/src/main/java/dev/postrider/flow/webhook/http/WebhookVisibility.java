package dev.postrider.flow.webhook.http;

import dev.postrider.flow.webhook.Webhook;
import dev.postrider.flow.webhook.Webhooks;

import dev.postrider.http.Problem;
import dev.postrider.http.ProblemCode;
import dev.postrider.identity.Caller;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;

/** Which webhooks a caller may see: owners and admins their workspace's, members none. */
@Singleton
final class WebhookVisibility {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    static final Problem FORBIDDEN =
            Problem.of(
                    ProblemCode.FORBIDDEN,
                    "Webhooks are for owners and admins of the workspace: ask one of them.");

    /** The same for one that isn't there and one of another workspace. */
    static final Problem NOT_FOUND =
            Problem.of(
                    ProblemCode.NOT_FOUND,
                    "You have no webhook with this id: GET /webhooks lists them.");

    private final Webhooks webhooks;

    WebhookVisibility(Webhooks webhooks) {
        this.webhooks = webhooks;
    }

    /** What a caller gets of a webhook. */
    sealed interface Found {
        record Shown(Webhook webhook) implements Found {}

        record Hidden(Problem problem) implements Found {}
    }

    Found find(Caller caller, String id) {
        if (!mayManage(caller)) {
            return new Found.Hidden(FORBIDDEN);
        }
        var text = id.toLowerCase(Locale.ROOT);
        if (!ID.matcher(text).matches()) {
            return new Found.Hidden(NOT_FOUND);
        }
        return webhooks.find(caller.workspaceId(), UUID.fromString(text))
                .<Found>map(Found.Shown::new)
                .orElseGet(() -> new Found.Hidden(NOT_FOUND));
    }

    static boolean mayManage(Caller caller) {
        return switch (caller.role()) {
            case OWNER, ADMIN -> true;
            case MEMBER -> false;
        };
    }
}
