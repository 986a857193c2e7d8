package dev.postrider.flow.webhook.http;

import dev.postrider.flow.webhook.Webhook;
import dev.postrider.flow.webhook.Webhooks;
import dev.postrider.http.Id;
import dev.postrider.http.Problem;
import dev.postrider.http.ProblemCode;
import dev.postrider.identity.Caller;
import dev.postrider.identity.http.AdminRights;
import jakarta.inject.Singleton;

/** Which webhooks a caller may see: owners and admins their workspace's, members none. */
@Singleton
final class WebhookVisibility {
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
        if (!AdminRights.isOne(caller)) {
            return new Found.Hidden(FORBIDDEN);
        }
        return Id.parse(id)
                .flatMap(uuid -> webhooks.find(caller.workspaceId(), uuid))
                .<Found>map(Found.Shown::new)
                .orElseGet(() -> new Found.Hidden(NOT_FOUND));
    }
}
