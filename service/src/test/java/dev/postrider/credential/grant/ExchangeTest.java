package dev.postrider.credential.grant;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.credential.provider.Authorize;
import dev.postrider.credential.provider.CodeResult;
import dev.postrider.credential.provider.TestProviders;
import dev.postrider.credential.provider.Tier;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.testkit.provider.Jwt;
import dev.postrider.testkit.provider.SigningKey;
import dev.postrider.testkit.provider.google.state.GoogleEndpoint;
import dev.postrider.testkit.provider.google.state.GoogleError;
import dev.postrider.testkit.provider.http.Fault;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a code is worth, and every wrong turn that it may have taken. */
@ExtendWith(TestDatabase.class)
final class ExchangeTest {
    private static final String ADA = "ada@example.com";

    private final GrantRig rig;

    ExchangeTest(Database database) throws IOException {
        rig = new GrantRig(database);
        rig.google.account(ADA);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void theConsentPageIsAskedForWhatTheTierNeedsAndNoMore() throws Exception {
        rig.exchange(
                url -> {
                    var asked = GrantRig.query(url);
                    assertThat(asked)
                            .containsEntry("access_type", "offline")
                            .containsEntry("code_challenge_method", "S256")
                            .containsEntry("response_type", "code")
                            .containsEntry("prompt", "select_account consent")
                            .doesNotContainKey("include_granted_scopes");
                    assertThat(asked.getOrDefault("scope", ""))
                            .isEqualTo("openid email https://www.googleapis.com/auth/gmail.send");
                    return rig.google.consent(url, ADA);
                },
                Tier.SEND);
    }

    @Test
    void aBoxThatWasNotTickedIsSaid() throws Exception {
        assertRefused(consented(Set.of(), Tier.SEND), "scope_missing", "gmail.send");
    }

    @Test
    void fewerScopesThanTheTierNeedsAreRefused() throws Exception {
        assertRefused(
                consented(Set.of("gmail.send"), Tier.SETTLE), "scope_missing", "gmail.metadata");
    }

    @Test
    void withoutARefreshTokenNothingIsConnected() throws Exception {
        edit("refresh_token", Optional.empty());
        assertRefused(all(), "no_refresh_token", "Remove this app's access");
    }

    @Test
    void anIdentityForAnotherRequestOrAppIsRefused() throws Exception {
        edit("id_token", Optional.empty());
        assertRefused(all(), "identity_invalid", "Start again");
        edit("id_token", Optional.of("no.jwt.atall"));
        assertRefused(all(), "identity_invalid", "Start again");
        // {"alg":"none"}.{"sub":"1"}.
        edit("id_token", Optional.of("eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0."));
        assertRefused(all(), "identity_invalid", "Start again");
    }

    @Test
    void aCodeThatWasUsedIsRefusedAndMarksNoApp() throws Exception {
        rig.google
                .faults()
                .next(GoogleEndpoint.TOKEN, Fault.answer(GoogleError.MALFORMED_CODE.response()));
        assertRefused(all(), "code_invalid", "Start again");
        assertThat(rig.told.all).isEmpty();
    }

    @Test
    void aWrongSecretIsTheAppsFaultAndAlarmsItsOperator() throws Exception {
        rig.google
                .faults()
                .next(GoogleEndpoint.TOKEN, Fault.answer(GoogleError.WRONG_SECRET.response()));
        assertThat(all()).isInstanceOf(CodeResult.AppAtFault.class);
        assertThat(rig.told.all).containsExactly("failing google");
        assertThat(all()).isInstanceOf(CodeResult.Granted.class);
        assertThat(rig.told.all).containsExactly("failing google", "recovered google");
    }

    @Test
    void aProviderThatIsAwayIsNoRefusal() throws Exception {
        for (var fault :
                new Fault[] {Fault.html(502), Fault.resetAfterBody(), Fault.megabyte(200)}) {
            rig.google.faults().next(GoogleEndpoint.TOKEN, fault);
            assertThat(all()).isInstanceOf(CodeResult.NotNow.class);
        }
    }

    @Test
    void anIssuerIsComparedWhenItIsThere() {
        assertThat(Authorize.isFrom(rig.app(), Optional.empty())).isTrue();
        assertThat(Authorize.isFrom(rig.app(), Optional.of("https://accounts.google.com")))
                .isTrue();
        assertThat(Authorize.isFrom(rig.app(), Optional.of("https://evil.example"))).isFalse();
    }

    /** Which tenant it will be isn't known before; the rest is. */
    @Test
    void anIssuerOfSomeTenantIsComparedAroundIt() {
        var app =
                TestProviders.parse(
                                "{\"microsoft\": [{\"client_id\": \"x\", \"client_secret\": \"y\"}]}")
                        .all()
                        .getFirst();
        var login = "https://login.microsoftonline.com/";
        assertThat(Authorize.isFrom(app, Optional.of(login + "a-tenant/v2.0"))).isTrue();
        assertThat(Authorize.isFrom(app, Optional.of(login + "a-tenant/v1.0"))).isFalse();
        assertThat(Authorize.isFrom(app, Optional.of("https://evil.example/a/v2.0"))).isFalse();
    }

    @Test
    void anAddressThatIsAskedForMustBeTheSameAccountsAndVerified() throws Exception {
        withoutAddress();
        assertThat(all())
                .isInstanceOfSatisfying(
                        CodeResult.Granted.class,
                        granted -> assertThat(granted.grant().account().address()).contains(ADA));
        for (Consumer<ObjectNode> change :
                List.<Consumer<ObjectNode>>of(
                        body -> body.put("sub", "another"),
                        body -> body.put("email_verified", false))) {
            withoutAddress();
            rig.google.faults().next(GoogleEndpoint.USERINFO, Fault.edit(change));
            assertRefused(all(), "no_mailbox", "Choose an account");
        }
    }

    /** The identity token names the account alone. */
    private void withoutAddress() {
        rig.google
                .faults()
                .next(
                        GoogleEndpoint.TOKEN,
                        Fault.edit(body -> {
                            var claims =
                                    Jwt.parse(body.path("id_token").asText())
                                            .orElseThrow()
                                            .claims();
                            claims.remove("email");
                            body.put("id_token", Jwt.sign(SigningKey.ofServers(), claims));
                        }));
    }

    private void edit(String field, Optional<String> value) {
        rig.google
                .faults()
                .next(
                        GoogleEndpoint.TOKEN,
                        Fault.edit(body -> {
                            body.remove(field);
                            value.ifPresent(text -> body.put(field, text));
                        }));
    }

    private CodeResult all() throws InterruptedException {
        return rig.exchange(url -> rig.google.consent(url, ADA), Tier.SEND);
    }

    private CodeResult consented(Set<String> ticked, Tier tier) throws InterruptedException {
        return rig.exchange(url -> consent(url, ticked), tier);
    }

    private URI consent(URI url, Set<String> ticked) {
        return rig.google.consent(url, ADA, ticked);
    }

    private static void assertRefused(CodeResult result, String code, String words) {
        assertThat(result)
                .isInstanceOfSatisfying(
                        CodeResult.Refused.class,
                        refused -> {
                            assertThat(refused.code()).isEqualTo(code);
                            assertThat(refused.problem()).contains(words);
                        });
    }
}
