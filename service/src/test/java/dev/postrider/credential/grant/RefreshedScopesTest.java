package dev.postrider.credential.grant;

import static dev.postrider.credential.grant.GrantRig.WORKSPACE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.credential.provider.Audience;
import dev.postrider.credential.provider.CodeResult;
import dev.postrider.credential.provider.NewGrant;
import dev.postrider.credential.provider.ProviderApps;
import dev.postrider.credential.provider.TestProviders;
import dev.postrider.credential.provider.Tier;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.testkit.provider.google.state.GoogleEndpoint;
import dev.postrider.testkit.provider.http.Fault;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Permissions that are taken back, or given, one by one while the grant goes on. */
@ExtendWith(TestDatabase.class)
final class RefreshedScopesTest {
    private static final String ADA = "ada@example.com";
    private static final String OF_GOOGLE = "https://www.googleapis.com/auth/";

    private final GrantRig rig;
    private final Grants grants;
    private final UUID mailbox;

    RefreshedScopesTest(Database database) throws IOException, InterruptedException {
        rig = new GrantRig(database);
        grants = rig.node();
        mailbox = rig.mailbox(grants, ADA);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void fewerAreKnownAtOnce() throws Exception {
        rig.put(grants, mailbox, consent(Tier.SETTLE));
        assertThat(info().tier()).isEqualTo(Tier.SETTLE);

        var token = (TokenResult.Granted) refreshed(grants, "openid email " + send());

        assertThat(token.token().scopes()).contains("gmail.send").doesNotContain("gmail.metadata");
        assertThat(info().scopes()).containsExactlyInAnyOrder("openid", "email", "gmail.send");
        assertThat(info().tier()).isEqualTo(Tier.SEND);
        assertThat(info().isEnded()).isFalse();
        assertThat(rig.told.all).isEmpty();
    }

    @Test
    void moreAreKnownAtOnce() throws Exception {
        refreshed(grants, "openid " + send() + " " + OF_GOOGLE + "gmail.metadata");

        assertThat(info().scopes())
                .containsExactlyInAnyOrder("openid", "gmail.send", "gmail.metadata");
        assertThat(info().tier()).isEqualTo(Tier.SETTLE);
    }

    /** RFC 6749, 5.1: they are as they were. */
    @Test
    void anAnswerThatNamesNoneChangesNone() throws Exception {
        var before = info();
        rig.google.faults().next(GoogleEndpoint.TOKEN, Fault.edit(body -> body.remove("scope")));
        rig.clock.advance(Duration.ofMinutes(61));

        assertThat(get(grants)).isInstanceOf(TokenResult.Granted.class);

        assertThat(info().scopes()).isEqualTo(before.scopes());
        assertThat(info().tier()).isEqualTo(before.tier());
    }

    @Test
    void withoutThePermissionToSendTheMailboxIsHeldUntilItIsBack() throws Exception {
        for (var i = 0; i < 2; i++) {
            assertThat(refreshed(grants, "openid email"))
                    .isInstanceOfSatisfying(
                            TokenResult.Ended.class,
                            ended -> {
                                assertThat(ended.code()).isEqualTo("scope_missing");
                                assertThat(ended.problem())
                                        .contains("gmail.send is missing", "Connect the mailbox");
                            });
            assertThat(info().isEnded()).isTrue();
            assertThat(info().scopes()).containsExactlyInAnyOrder("openid", "email");
            assertThat(info().problem().orElse("")).contains("gmail.send is missing");
        }
        assertThat(rig.told.all).isNotEmpty().containsOnly("ended scope_missing");

        rig.clock.advance(Duration.ofMinutes(61));
        assertThat(get(grants)).isInstanceOf(TokenResult.Granted.class);
        assertThat(info().isEnded()).isFalse();
        assertThat(info().tier()).isEqualTo(Tier.SEND);
    }

    /** Whoever asks for more from now on has taken nothing from those who consented before. */
    @Test
    void whatTheSettingsAskForByNowEndsNoGrant() throws Exception {
        var stricter = node(asking("gmail.send", "gmail.readonly"));

        assertThat(refreshed(stricter, "openid email " + send()))
                .isInstanceOf(TokenResult.Granted.class);

        assertThat(info().isEnded()).isFalse();
        assertThat(info().tier()).isEqualTo(Tier.SEND);
        assertThat(rig.told.all).isEmpty();
    }

    private ProviderApps asking(String... scopes) {
        var file = rig.google.entry(rig.google.base());
        var send = file.putObject("scopes").putArray("send");
        for (var scope : scopes) {
            send.add(OF_GOOGLE + scope);
        }
        return TestProviders.parse("{\"google\": [" + file + "]}");
    }

    private Grants node(ProviderApps apps) {
        return TestGrants.of(rig.database, apps, rig.clock);
    }

    private NewGrant consent(Tier tier) throws InterruptedException {
        return ((CodeResult.Granted) rig.exchange(url -> rig.google.consent(url, ADA), tier))
                .grant();
    }

    private TokenResult refreshed(Grants node, String scopes) throws InterruptedException {
        rig.google
                .faults()
                .next(GoogleEndpoint.TOKEN, Fault.edit(body -> body.put("scope", scopes)));
        rig.clock.advance(Duration.ofMinutes(61));
        return get(node);
    }

    private TokenResult get(Grants node) throws InterruptedException {
        return node.get(WORKSPACE, mailbox, Audience.API);
    }

    private GrantInfo info() {
        return grants.find(WORKSPACE, mailbox).orElseThrow();
    }

    private static String send() {
        return OF_GOOGLE + "gmail.send";
    }
}
