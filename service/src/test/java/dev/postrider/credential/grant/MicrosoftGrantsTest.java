package dev.postrider.credential.grant;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.credential.provider.AppWatch;
import dev.postrider.credential.provider.Audience;
import dev.postrider.credential.provider.Authorize;
import dev.postrider.credential.provider.CodeResult;
import dev.postrider.credential.provider.NewGrant;
import dev.postrider.credential.provider.ProviderApp;
import dev.postrider.credential.provider.ProviderApps;
import dev.postrider.credential.provider.TestProviders;
import dev.postrider.credential.provider.Tier;
import dev.postrider.credential.provider.UseOwnAccess;
import dev.postrider.credential.provider.token.ProviderCalls;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.NewId;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.testkit.provider.google.FakeGoogle;
import dev.postrider.testkit.provider.http.Fault;
import dev.postrider.testkit.provider.http.Json;
import dev.postrider.testkit.provider.microsoft.FakeMicrosoft;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftEndpoint;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Microsoft's tokens rotate, are for one resource, and are asked for by secret or certificate. */
@ExtendWith(TestDatabase.class)
final class MicrosoftGrantsTest {
    private static final UUID WORKSPACE = UUID.randomUUID();
    private static final String ADA = "ada@example.com";
    private static final URI REDIRECT =
            URI.create("https://mail.example.com/connect/callback/microsoft/default");

    private final Database database;
    private final FakeMicrosoft microsoft;
    private final UUID mailbox = NewId.get();

    MicrosoftGrantsTest(Database database) throws IOException {
        this.database = database;
        this.microsoft = FakeMicrosoft.start();
        microsoft.app().redirectsTo(REDIRECT.toString());
        microsoft.account(ADA);
        database.inTransaction(handle -> {
            handle.execute("delete from provider_app_fault");
            handle.execute(
                    "insert into workspace (id, name) values (?, 'Test') on conflict do nothing",
                    WORKSPACE);
            return handle.execute(
                    "insert into mailbox (workspace_id, id, address, provider, state)"
                            + " values (?, ?, ?, 'sandbox', 'active')",
                    WORKSPACE,
                    mailbox,
                    ADA);
        });
    }

    @AfterEach
    void close() {
        microsoft.close();
    }

    @Test
    void whoConsentedIsKnownByObjectAndTenant() throws Exception {
        var account = granted(usual()).account();

        assertThat(account.subject()).isEqualTo(microsoft.account(ADA).objectId());
        assertThat(account.tenant()).contains(microsoft.account(ADA).tenant().id());
        assertThat(account.address()).contains(ADA);
    }

    @Test
    void theRotatedRefreshTokenIsKeptSoThatNoMailboxDiesOnDay90() throws Exception {
        var grants = connected(usual());
        for (var day = 0; day < 200; day += 40) {
            microsoft.clock().advance(Duration.ofDays(40));
            assertThat(get(grants, Audience.API)).isInstanceOf(TokenResult.Granted.class);
        }
    }

    @Test
    void aRotatedTokenWhoseAnswerGotLostIsAskedForWithTheOldOne() throws Exception {
        var grants = connected(usual());
        microsoft.clock().advance(Duration.ofMinutes(100));
        microsoft.faults().next(MicrosoftEndpoint.TOKEN, Fault.acceptThenReset());
        assertThat(get(grants, Audience.API)).isInstanceOf(TokenResult.NotNow.class);
        microsoft.clock().advance(Duration.ofMinutes(1));

        assertThat(get(grants, Audience.API)).isInstanceOf(TokenResult.Granted.class);
    }

    @Test
    void anUnusedGrantEndsAfter90Days() throws Exception {
        var grants = connected(usual());
        microsoft.clock().advance(Duration.ofDays(91));

        assertThat(((TokenResult.Ended) get(grants, Audience.API)).code())
                .isEqualTo("grant_expired");
    }

    @Test
    void anExpiredSecretIsTheAppsFault() throws Exception {
        var grants = connected(usual());
        microsoft.clock().advance(Duration.ofMinutes(100));
        microsoft.app().secretsEndAt(microsoft.clock().instant());

        assertThat(get(grants, Audience.API))
                .isInstanceOfSatisfying(
                        TokenResult.AppAtFault.class,
                        fault ->
                                assertThat(fault.problem())
                                        .contains("The client secret has expired."));
        assertThat(grants.find(WORKSPACE, mailbox).orElseThrow().isEnded()).isFalse();
    }

    @Test
    void oneConsentGivesATokenForEachResource() throws Exception {
        var grants = connected(app(entry -> entry.put("smtp", true)));
        var api = (TokenResult.Granted) get(grants, Audience.API);
        var smtp = (TokenResult.Granted) get(grants, Audience.SMTP);

        assertThat(api.token().scopes()).contains("mail.send").doesNotContain("smtp.send");
        assertThat(smtp.token().scopes()).contains("smtp.send").doesNotContain("mail.send");
        assertThat(get(grants, Audience.API)).isEqualTo(api);
    }

    /** A token for one resource says nothing of the other's permissions. */
    @Test
    void whatIsRefreshedTellsWhatIsGrantedByNow() throws Exception {
        var grants = connected(app(entry -> entry.put("smtp", true)));
        var before = grants.find(WORKSPACE, mailbox).orElseThrow();
        microsoft.clock().advance(Duration.ofMinutes(100));
        assertThat(get(grants, Audience.API)).isInstanceOf(TokenResult.Granted.class);
        assertThat(get(grants, Audience.SMTP)).isInstanceOf(TokenResult.Granted.class);
        assertThat(grants.find(WORKSPACE, mailbox).orElseThrow().scopes())
                .contains("mail.send")
                .isEqualTo(before.scopes());

        microsoft.clock().advance(Duration.ofMinutes(100));
        microsoft
                .faults()
                .next(
                        MicrosoftEndpoint.TOKEN,
                        Fault.edit(body -> body.put("scope", "openid User.Read")));

        assertThat(get(grants, Audience.API))
                .isInstanceOfSatisfying(
                        TokenResult.Ended.class,
                        ended -> assertThat(ended.problem()).contains("mail.send is missing"));
    }

    @Test
    void aCertificateServesInsteadOfASecret(@TempDir Path folder) throws Exception {
        var pem = Files.writeString(folder.resolve("app.pem"), microsoft.addCertificate());
        var apps =
                app(entry -> {
                    entry.remove("client_secret");
                    entry.put("certificate", pem.toString());
                });
        assertThat(apps.all().getFirst().secretExpires()).isPresent();
        var grants = connected(apps);
        microsoft.clock().advance(Duration.ofMinutes(100));

        assertThat(get(grants, Audience.API)).isInstanceOf(TokenResult.Granted.class);
    }

    @Test
    void anAppWithAccessOfItsOwnNeedsNobodysConsent() throws Exception {
        microsoft.tenant("example.com").grantRoles(microsoft.app(), Set.of("Mail.Send"), Set.of());
        var apps =
                app(entry -> {
                    entry.put("access", "application").put("tenant", "example.com");
                    entry.putArray("allow").add("example.com");
                });
        var result = ownAccess(apps.all().getFirst(), ADA);
        var grants = put(apps, ((CodeResult.Granted) result).grant());
        microsoft.clock().advance(Duration.ofMinutes(100));

        assertThat(get(grants, Audience.API))
                .isInstanceOfSatisfying(
                        TokenResult.Granted.class,
                        given -> assertThat(given.token().scopes()).contains("mail.send"));
        assertThat(grants.find(WORKSPACE, mailbox).orElseThrow().isApplication()).isTrue();
        // nobody's to take back
        long leaving =
                database.inTransaction(handle -> {
                    LeavingGrants.keep(handle, WORKSPACE, mailbox);
                    return handle.createQuery("select count(*) from grant_revocation")
                            .mapTo(Long.class)
                            .one();
                });
        assertThat(leaving).isZero();
    }

    @Test
    void aServiceAccountActsForUsersOfItsOrganisation() throws Exception {
        try (var google = FakeGoogle.start(microsoft.clock(), 0, null)) {
            google.account(ADA);
            var account = google.registerServiceAccount("rider");
            var file = Json.object();
            file.putArray("google").add(google.entry(google.base(), account, "example.com"));
            var apps = TestProviders.parse(file.toString());
            var app = apps.all().getFirst();
            assertThat(ownAccess(app, ADA))
                    .as("nothing is delegated")
                    .isInstanceOf(CodeResult.AppAtFault.class);
            account.delegate("example.com", "https://www.googleapis.com/auth/gmail.send");

            var grants = put(apps, ((CodeResult.Granted) ownAccess(app, ADA)).grant());
            microsoft.clock().advance(Duration.ofMinutes(100));
            assertThat(get(grants, Audience.API)).isInstanceOf(TokenResult.Granted.class);
            assertThat(ownAccess(app, "nobody@example.com")).isInstanceOf(CodeResult.Refused.class);
        }
    }

    private CodeResult ownAccess(ProviderApp app, String address) throws InterruptedException {
        return new UseOwnAccess(new ProviderCalls(), microsoft.clock(), () -> AppWatch.NONE)
                .of(app, address);
    }

    private ProviderApps usual() {
        return app(entry -> {});
    }

    private ProviderApps app(Consumer<ObjectNode> change) {
        var entry = microsoft.entry(microsoft.base(), "common");
        change.accept(entry);
        var file = Json.object();
        file.putArray("microsoft").add(entry);
        return TestProviders.parse(file.toString());
    }

    private Grants connected(ProviderApps apps) throws InterruptedException {
        return put(apps, granted(apps));
    }

    private Grants put(ProviderApps apps, NewGrant grant) {
        var grants = TestGrants.of(database, apps, microsoft.clock());
        database.inTransaction(handle -> {
            grants.put(handle, WORKSPACE, mailbox, grant);
            return true;
        });
        return grants;
    }

    private NewGrant granted(ProviderApps apps) throws InterruptedException {
        var app = apps.all().getFirst();
        var authorize = new Authorize(new ProviderCalls(), microsoft.clock(), () -> AppWatch.NONE);
        var page =
                authorize.url(
                        app,
                        "state",
                        "nonce",
                        GrantRig.challenge(),
                        REDIRECT,
                        Tier.SEND,
                        Optional.of(ADA),
                        false);
        var back = GrantRig.query(microsoft.consent(page, ADA));
        var result =
                authorize.exchange(
                        app,
                        back.getOrDefault("code", ""),
                        GrantRig.VERIFIER,
                        REDIRECT,
                        "nonce",
                        Tier.SEND);
        return ((CodeResult.Granted) result).grant();
    }

    private TokenResult get(Grants grants, Audience audience) throws InterruptedException {
        return grants.get(WORKSPACE, mailbox, audience);
    }
}
