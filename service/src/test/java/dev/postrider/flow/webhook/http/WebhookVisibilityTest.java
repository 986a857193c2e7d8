package dev.postrider.flow.webhook.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.flow.webhook.Outbox;
import dev.postrider.flow.webhook.Webhook;
import dev.postrider.flow.webhook.Webhooks;
import dev.postrider.identity.Caller;
import dev.postrider.identity.Role;
import dev.postrider.page.Page;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.NewId;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.vault.TestVault;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(TestDatabase.class)
final class WebhookVisibilityTest {
    private final Outbox outbox;
    private final WebhookVisibility visible;
    private final Webhook webhook;

    WebhookVisibilityTest(Database database) {
        this.outbox = Outbox.in(database, new Webhooks(database, TestVault.of(database)));
        this.visible = new WebhookVisibility(outbox.webhooks());
        this.webhook = outbox.webhook("https://a.example").webhook();
    }

    @ParameterizedTest
    @EnumSource(
            value = Role.class,
            names = {"OWNER", "ADMIN"})
    void ownersAndAdminsSeeTheirWorkspaces(Role role) {
        assertThat(find(outbox.workspaceId(), role))
                .isEqualTo(new WebhookVisibility.Found.Shown(webhook));
    }

    @Test
    void membersMayNot() {
        assertThat(find(outbox.workspaceId(), Role.MEMBER))
                .isEqualTo(new WebhookVisibility.Found.Hidden(WebhookVisibility.FORBIDDEN));
    }

    @Test
    void anotherWorkspacesIsNotFound() {
        assertThat(find(NewId.get(), Role.OWNER))
                .isEqualTo(new WebhookVisibility.Found.Hidden(WebhookVisibility.NOT_FOUND));
        var page = new Page(20, Optional.empty(), Optional.empty());
        assertThat(outbox.webhooks().list(NewId.get(), page).items()).isEmpty();
    }

    private WebhookVisibility.Found find(UUID workspace, Role role) {
        var caller = new Caller(workspace, NewId.get(), "ann@a.example", role);
        return visible.find(caller, webhook.id().toString());
    }
}
