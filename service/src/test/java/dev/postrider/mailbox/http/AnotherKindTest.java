package dev.postrider.mailbox.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.postrider.credential.provider.ProviderApps;
import dev.postrider.identity.Caller;
import dev.postrider.identity.Role;
import dev.postrider.mailbox.HoldReason;
import dev.postrider.mailbox.Mailboxes;
import dev.postrider.mailbox.Tenant;
import dev.postrider.mailbox.TestMailboxes;
import dev.postrider.outbound.guard.AllowedBlocks;
import dev.postrider.outbound.guard.OutboundGuard;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.transport.TestKinds;
import dev.postrider.transport.pigeon.PigeonKind;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.ByteArrayInputStream;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Mailboxes of a kind of transport that neither they nor their HTTP side have ever heard of. */
@ExtendWith(TestDatabase.class)
final class AnotherKindTest {
    private static final ObjectMapper JSON =
            new ObjectMapper().registerModule(new JavaTimeModule());

    private final Mailboxes mailboxes;
    private final MailboxesEndpoint endpoint;
    private final VerifyMailboxEndpoint verify;
    private final Tenant ann;
    private final SecurityContext caller;

    AnotherKindTest(Database database) {
        database.inTransaction(handle -> {
            handle.execute("alter table mailbox drop constraint mailbox_provider_check");
            return handle.execute(
                    """
                    alter table mailbox
                        add constraint mailbox_provider_check
                            check (provider in ('smtp', 'sandbox', 'gmail', 'microsoft', 'pigeon'))
                    """);
        });
        var kinds = TestKinds.of(database, new OutboundGuard(AllowedBlocks.NONE), new PigeonKind());
        mailboxes = TestMailboxes.of(database, kinds);
        var access = new MailboxAccess(mailboxes);
        endpoint = TestEndpoint.of(database, mailboxes, kinds, ProviderApps.NONE);
        verify = new VerifyMailboxEndpoint(mailboxes, access);
        ann = Tenant.in(database);
        caller =
                MailboxIsolationTest.secured(
                        new Caller(ann.workspaceId(), ann.userId(), "a@example.org", Role.MEMBER));
    }

    @Test
    void isConnectedShownVerifiedChangedAndHeld() throws Exception {
        var mailbox =
                json(
                        endpoint.connect(
                                body(
                                        """
                                        {"address": "ann@example.org", "provider": "pigeon",
                                         "pigeon": {"loft": "tower", "call": "coo"}}
                                        """),
                                caller));
        assertThat(mailbox.path("provider").asText()).isEqualTo("pigeon");
        assertThat(mailbox.path("pigeon").path("loft").asText()).isEqualTo("tower");
        assertThat(mailbox.path("note").asText()).isEqualTo("Not in a storm.");
        assertThat(mailbox.path("effective_limits").path("messages_per_minute").asInt())
                .isEqualTo(2);
        assertThat(mailbox.toString()).doesNotContain("coo");

        var id = mailbox.path("id").asText();
        assertThat(json(verify.verify(id, caller)).path("ok").asBoolean()).isTrue();
        var moved = endpoint.change(id, body("{\"pigeon\": {\"loft\": \"barn\"}}"), caller);
        assertThat(json(moved).path("pigeon").path("loft").asText()).isEqualTo("barn");

        var loaded = mailboxes.load(ann.workspaceId(), UUID.fromString(id)).orElseThrow();
        assertThat(mailboxes.hold(loaded, HoldReason.loginRefused("none came"))).isTrue();
    }

    @Test
    void itsSettingsAreItsOwn() throws Exception {
        var answer =
                endpoint.connect(
                        body(
                                """
                                {"address": "ann@example.org", "provider": "sandbox",
                                 "pigeon": {"loft": "tower", "call": "coo"}}
                                """),
                        caller);
        assertThat(answer.getStatus()).isEqualTo(422);
    }

    private static ByteArrayInputStream body(String json) {
        return new ByteArrayInputStream(json.getBytes(UTF_8));
    }

    private static JsonNode json(Response answer) {
        assertThat(answer.getStatus()).as("%s", answer.getEntity()).isBetween(200, 201);
        return JSON.valueToTree(answer.getEntity());
    }
}
