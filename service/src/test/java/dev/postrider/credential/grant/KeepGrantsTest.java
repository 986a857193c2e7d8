package dev.postrider.credential.grant;

import static dev.postrider.credential.grant.GrantRig.WORKSPACE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.credential.provider.Audience;
import dev.postrider.credential.provider.CodeResult;
import dev.postrider.credential.provider.Tier;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.rig.Parallel;
import dev.postrider.testkit.provider.google.oauth.Decision;
import dev.postrider.testkit.provider.google.state.GoogleEndpoint;
import dev.postrider.testkit.provider.google.state.GoogleError;
import dev.postrider.testkit.provider.http.Fault;
import dev.postrider.testkit.provider.http.Json;
import dev.postrider.testkit.provider.http.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What nodes do by themselves, with two of them on one database. */
@ExtendWith(TestDatabase.class)
final class KeepGrantsTest {
    private static final Set<String> SEND = Set.of("https://www.googleapis.com/auth/gmail.send");

    private final GrantRig rig;
    private final Grants grants;
    private final KeepGrants keeper;
    private final KeepGrants other;

    KeepGrantsTest(Database database) throws IOException {
        rig = new GrantRig(database);
        grants = rig.node();
        keeper = rig.keeper(grants);
        other = rig.keeper(rig.node());
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void tokensOfThoseWhoSendAreReplacedBeforeTheyAreNeeded() throws Exception {
        var mailbox = rig.mailbox(grants, "ada@example.com");
        var old = get(mailbox);
        both();
        assertThat(refreshes()).as("not yet").isEqualTo(1);
        rig.clock.advance(Duration.ofMinutes(56));
        both();

        assertThat(refreshes()).isEqualTo(2);
        assertThat(get(mailbox)).isNotEqualTo(old).isInstanceOf(TokenResult.Granted.class);
        assertThat(refreshes()).isEqualTo(2);
    }

    @Test
    void whoDoesNotSendIsRefreshedOnceADaySoThatNoGrantDiesIdle() throws Exception {
        for (var i = 0; i < 10; i++) {
            rig.mailbox(grants, "user" + i + "@example.com");
        }
        var consents = refreshes();
        rig.clock.advance(Duration.ofHours(3));
        both();
        assertThat(refreshes() - consents).as("those of the first hour").isEqualTo(10);
        both();
        rig.clock.advance(Duration.ofHours(12));
        both();
        assertThat(refreshes() - consents).as("nobody has sent since").isEqualTo(10);
        rig.clock.advance(Duration.ofHours(13));
        both();
        assertThat(refreshes() - consents).isEqualTo(20);
        for (var day = 0; day < 200; day += 50) {
            rig.clock.advance(Duration.ofDays(50));
            both();
        }
        assertThat(rig.told.all).isEmpty();
    }

    @Test
    void anIdleMailboxWhoseGrantWasTakenBackIsHeldWithoutAnyEmail() throws Exception {
        rig.mailbox(grants, "ada@example.com");
        rig.google.removeAccess("ada@example.com");
        rig.clock.advance(Duration.ofHours(30));
        both();
        both();

        assertThat(rig.told.all).containsExactly("ended grant_revoked");
    }

    @Test
    void aFaultOfTheAppIsOneAlarmAndAllGoOnOnceItIsMended() throws Exception {
        var mailboxes = new ArrayList<UUID>();
        for (var i = 0; i < 5; i++) {
            mailboxes.add(rig.mailbox(grants, "user" + i + "@example.com"));
        }
        var consents = refreshes();
        rig.clock.advance(Duration.ofMinutes(61));
        rig.google
                .faults()
                .always(GoogleEndpoint.TOKEN, Fault.answer(GoogleError.WRONG_SECRET.response()));
        for (var mailbox : mailboxes) {
            assertThat(get(mailbox)).isInstanceOf(TokenResult.AppAtFault.class);
        }
        both();

        assertThat(rig.told.all).containsExactly("failing google");
        assertThat(refreshes() - consents).as("nobody asks in vain").isEqualTo(1);
        assertThat(grants.find(WORKSPACE, mailboxes.getLast()).orElseThrow().problem()).isPresent();
        rig.clock.advance(Duration.ofMinutes(1));
        both();
        assertThat(refreshes() - consents).as("one node looks").isEqualTo(2);
        rig.google.faults().clear();
        both();
        assertThat(refreshes() - consents).as("not yet again").isEqualTo(2);
        rig.clock.advance(Duration.ofMinutes(2));
        both();

        assertThat(rig.told.all).containsExactly("failing google", "recovered google");
        for (var mailbox : mailboxes) {
            assertThat(get(mailbox)).isInstanceOf(TokenResult.Granted.class);
        }
        assertThat(rig.faults().failing()).isEmpty();
    }

    @Test
    void tokensThatAreThereServeWhileTheTokenEndpointRefusesTheApp() throws Exception {
        var ada = rig.mailbox(grants, "ada@example.com");
        rig.faults().refused(rig.app(), true, "the secret has expired");

        assertThat(get(ada)).isInstanceOf(TokenResult.Granted.class);
    }

    @Test
    void anApiThatIsSwitchedOffIsOneAlarmUntilItAnswersAgain() throws Exception {
        var ada = rig.mailbox(grants, "ada@example.com");
        var bob = rig.mailbox(grants, "bob@example.com");
        switchOff(ada, bob);
        rig.clock.advance(Duration.ofMinutes(1));
        both();
        assertThat(get(bob))
                .as("the token endpoint is well, the API isn't")
                .isInstanceOf(TokenResult.AppAtFault.class);
        rig.google.app().enableApi(true);
        rig.google
                .faults()
                .next(GoogleEndpoint.PROFILE, Fault.answer(Response.json(200, Json.object())));
        rig.clock.advance(Duration.ofMinutes(5));
        both();

        assertThat(rig.told.all).containsExactly("failing google", "recovered google");
        assertThat(get(bob)).isInstanceOf(TokenResult.Granted.class);
    }

    private void switchOff(UUID... mailboxes) throws InterruptedException {
        rig.google.app().enableApi(false);
        for (var mailbox : mailboxes) {
            grants.appFailed(WORKSPACE, mailbox, "Gmail API has not been used in project 1.");
        }
        assertThat(rig.told.all).containsExactly("failing google");
        for (var mailbox : mailboxes) {
            assertThat(get(mailbox)).isInstanceOf(TokenResult.AppAtFault.class);
        }
    }

    @Test
    void anApiThatTellsNothingToWhoMayOnlySendIsTriedByOneMailbox() throws Exception {
        var ada = rig.mailbox(grants, "ada@example.com");
        var bob = rig.mailbox(grants, "bob@example.com");
        switchOff(ada, bob);
        rig.google
                .faults()
                .always(GoogleEndpoint.PROFILE, Fault.answer(GoogleError.SCOPES.response()));
        rig.clock.advance(Duration.ofMinutes(1));
        both();
        assertThat(List.of(get(ada), get(bob)))
                .as("one mailbox may try, for only an email can tell")
                .hasAtLeastOneElementOfType(TokenResult.Granted.class)
                .hasAtLeastOneElementOfType(TokenResult.AppAtFault.class);
        grants.appFailed(WORKSPACE, ada, "Gmail API has not been used in project 1 before.");
        rig.clock.advance(Duration.ofMinutes(5));
        both();
        rig.google.app().enableApi(true);
        assertThat(get(bob)).isInstanceOf(TokenResult.Granted.class);
        assertThat(get(ada)).isInstanceOf(TokenResult.AppAtFault.class);
        assertThat(rig.told.all).containsExactly("failing google");
        rig.clock.advance(Duration.ofMinutes(3));
        both();

        assertThat(rig.told.all).containsExactly("failing google", "recovered google");
        assertThat(get(ada)).isInstanceOf(TokenResult.Granted.class);
    }

    @Test
    void whatOneRequestIsRefusedForStopsNoOtherMailbox() throws Exception {
        var ada = rig.mailbox(grants, "ada@example.com");
        var bob = rig.mailbox(grants, "bob@example.com");
        rig.clock.advance(Duration.ofMinutes(40));
        both();
        rig.clock.advance(Duration.ofMinutes(21));
        rig.google
                .faults()
                .next(GoogleEndpoint.TOKEN, Fault.answer(GoogleError.INVALID_SCOPE.response()));
        rig.faults().accepted(rig.app());

        assertThat(get(ada)).isInstanceOf(TokenResult.AppAtFault.class);
        assertThat(get(bob)).isInstanceOf(TokenResult.Granted.class);
        assertThat(rig.told.all).isEmpty();
    }

    @Test
    void aConsentForATimeIsToldOfOnceBeforeItEnds() throws Exception {
        rig.google.account("ada@example.com");
        var granted =
                rig.exchange(
                        url ->
                                rig.google.consent(
                                        url,
                                        new Decision(
                                                "ada@example.com",
                                                true,
                                                SEND,
                                                Optional.of(Duration.ofDays(7)))),
                        Tier.SEND);
        var mailbox = rig.mailbox(grants, "ada@example.com");
        rig.put(grants, mailbox, ((CodeResult.Granted) granted).grant());
        both();
        assertThat(rig.told.all).isEmpty();
        rig.clock.advance(Duration.ofDays(5));
        both();
        both();
        assertThat(rig.told.all).containsExactly("expiring");
        rig.clock.advance(Duration.ofDays(3));
        both();

        assertThat(rig.told.all).containsExactly("expiring", "ended grant_revoked");
    }

    private void both() throws Exception {
        Parallel.all(
                List.of(
                        () -> {
                            keeper.once();
                            return true;
                        },
                        () -> {
                            other.once();
                            return true;
                        }));
    }

    private TokenResult get(UUID mailbox) throws InterruptedException {
        return grants.get(WORKSPACE, mailbox, Audience.API);
    }

    private int refreshes() {
        return rig.google.calls().count(GoogleEndpoint.TOKEN);
    }
}
