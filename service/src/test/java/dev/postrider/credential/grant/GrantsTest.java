package dev.postrider.credential.grant;

import static dev.postrider.credential.grant.GrantRig.WORKSPACE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.credential.provider.AccessToken;
import dev.postrider.credential.provider.Audience;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.rig.Parallel;
import dev.postrider.testkit.provider.google.state.GoogleEndpoint;
import dev.postrider.testkit.provider.google.state.GoogleError;
import dev.postrider.testkit.provider.http.Fault;
import dev.postrider.testkit.provider.http.Gate;
import dev.postrider.vault.TestVault;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tokens of mailboxes at a Google that behaves, and at one that doesn't; on one or two nodes. */
@ExtendWith(TestDatabase.class)
final class GrantsTest {
    private static final String ADA = "ada@example.com";

    private final GrantRig rig;
    private final Grants grants;
    private final UUID mailbox;

    /** Calls of the token endpoint before the test. */
    private final int before;

    GrantsTest(Database database) throws IOException, InterruptedException {
        rig = new GrantRig(database);
        grants = rig.node();
        mailbox = rig.mailbox(grants, ADA);
        before = rig.google.calls().count(GoogleEndpoint.TOKEN);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void aTokenThatIsGoodIsGivenWithoutAsking() throws Exception {
        assertThat(token(grants).scopes()).contains("gmail.send");
        assertThat(refreshes()).isZero();
        var info = grants.find(WORKSPACE, mailbox).orElseThrow();
        assertThat(info.account().address()).contains(ADA);
        assertThat(info.account().subject()).isEqualTo(rig.google.account(ADA).subject());
        assertThat(info.problem()).isEmpty();
        assertThat(info.isEnded()).isFalse();
    }

    @Test
    void whoeverAsksAtOnceOnTwoNodesRefreshesOnce() throws Exception {
        var other = rig.node();
        rig.clock.advance(Duration.ofMinutes(61));
        var works = new ArrayList<Callable<TokenResult>>();
        works.addAll(Collections.nCopies(25, () -> get(grants)));
        works.addAll(Collections.nCopies(25, () -> get(other)));

        var tokens = Parallel.all(works);

        assertThat(tokens).hasSize(50).containsOnly(tokens.getFirst());
        assertThat(tokens.getFirst()).isInstanceOf(TokenResult.Granted.class);
        assertThat(refreshes()).isOne();
    }

    @Test
    void aTokenEndpointThatIsSlowerThanTheLeaseMixesNothingUp() throws Exception {
        rig.clock.advance(Duration.ofMinutes(61));
        var gate = new Gate();
        rig.google.faults().next(GoogleEndpoint.TOKEN, Fault.hold(gate));
        var slow = rig.node(Duration.ofSeconds(30), Duration.ofSeconds(30));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var late = threads.submit(() -> get(slow));
            gate.awaitArrival();
            // as of a node that is stopped for so long that it renews nothing
            rig.database.inTransaction(
                    handle -> handle.execute("update oauth_grant set refreshing_until = now()"));

            var first = token(rig.node());
            gate.open();

            assertThat(late.get()).isEqualTo(new TokenResult.Granted(first));
        }
        assertThat(refreshes()).isEqualTo(2);
        assertThat(token(grants).value()).isEqualTo(token(slow).value());
        assertThat(rig.told.all).isEmpty();
    }

    /** So it may be short. */
    @Test
    void aLeaseIsRenewedWhileTheTokenEndpointTakesItsTime() throws Exception {
        rig.clock.advance(Duration.ofMinutes(61));
        var lease = Duration.ofMillis(900);
        var gate = new Gate();
        rig.google.faults().next(GoogleEndpoint.TOKEN, Fault.hold(gate));
        var slow = rig.node(Duration.ofSeconds(30), lease);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var late = threads.submit(() -> get(slow));
            gate.awaitArrival();
            var first = leasedUntil();
            Awaitility.await()
                    .untilAsserted(() -> assertThat(leasedUntil()).isAfter(first.plus(lease)));
            assertThat(claim(row(), lease)).as("it is still leased").isFalse();
            gate.open();
            assertThat(late.get()).isInstanceOf(TokenResult.Granted.class);
        }
        assertThat(refreshes()).isOne();
    }

    /** Who waits for 30 seconds isn't told to come back because a node has died. */
    @Test
    void aNodeThatDiedIsFollowedWhileACallerWaits() {
        assertThat(Grants.LEASE).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void aNodeThatDiedWhileItRefreshedIsFollowedWhenItsLeaseEnds() throws Exception {
        rig.clock.advance(Duration.ofMinutes(61));
        var row = row();
        assertThat(claim(row, Duration.ofMillis(300))).isTrue();
        assertThat(claim(row, Duration.ofMillis(300))).as("it is leased").isFalse();

        assertThat(get(grants)).isInstanceOf(TokenResult.Granted.class);
        assertThat(refreshes()).isOne();
    }

    @Test
    void anAnswerThatGotLostIsAskedForAgain() throws Exception {
        rig.clock.advance(Duration.ofMinutes(61));
        rig.google.faults().next(GoogleEndpoint.TOKEN, Fault.acceptThenReset());

        assertThat(get(grants)).isInstanceOf(TokenResult.NotNow.class);
        assertThat(get(grants)).as("not at once").isInstanceOf(TokenResult.NotNow.class);
        assertThat(refreshes()).isOne();
        rig.clock.advance(Duration.ofMinutes(1));

        assertThat(get(grants)).isInstanceOf(TokenResult.Granted.class);
        assertThat(grants.find(WORKSPACE, mailbox).orElseThrow().problem()).isEmpty();
    }

    static List<Fault> passing() {
        var faults = new ArrayList<Fault>();
        faults.add(Fault.answer(GoogleError.TOKEN_RATE.response()));
        faults.add(Fault.answer(GoogleError.TOKEN_BACKEND.response()));
        faults.add(Fault.answer(GoogleError.UNAVAILABLE.response()));
        faults.add(Fault.html(200));
        faults.add(Fault.html(400));
        faults.add(Fault.html(502));
        faults.add(Fault.megabyte(200));
        faults.add(Fault.megabyte(400));
        faults.add(Fault.halfAnswer());
        faults.add(Fault.resetBeforeBody());
        faults.add(Fault.resetAfterBody());
        faults.add(Fault.edit(body -> body.remove("access_token")));
        faults.add(Fault.edit(body -> body.put("access_token", "")));
        faults.add(Fault.edit(body -> body.put("access_token", "two\r\nlines")));
        faults.add(Fault.edit(body -> body.put("expires_in", 0)));
        faults.add(Fault.edit(body -> body.put("expires_in", -3600)));
        return faults;
    }

    @ParameterizedTest
    @MethodSource("passing")
    void whatPassesMarksNothing(Fault fault) throws Exception {
        rig.clock.advance(Duration.ofMinutes(61));
        rig.google.faults().next(GoogleEndpoint.TOKEN, fault);

        assertThat(get(grants)).isInstanceOf(TokenResult.NotNow.class);

        assertThat(rig.told.all).isEmpty();
        assertThat(grants.find(WORKSPACE, mailbox).orElseThrow().isEnded()).isFalse();
        rig.clock.advance(Duration.ofMinutes(2));
        assertThat(get(grants)).isInstanceOf(TokenResult.Granted.class);
    }

    @Test
    void inTheMarginTheOldTokenServesWhileItsProviderIsAway() throws Exception {
        var old = token(grants);
        rig.clock.advance(Duration.ofMinutes(57));
        rig.google.faults().next(GoogleEndpoint.TOKEN, Fault.html(503));

        assertThat(token(grants)).isEqualTo(old);
        assertThat(token(grants)).isEqualTo(old);
        assertThat(refreshes()).isOne();
        rig.clock.advance(Duration.ofMinutes(1));

        assertThat(token(grants)).isNotEqualTo(old);
    }

    @Test
    void aGrantThatWasTakenBackIsToldOnceAndAskedAboutNoMore() throws Exception {
        rig.google.removeAccess(ADA);
        rig.clock.advance(Duration.ofMinutes(61));

        var ended = (TokenResult.Ended) get(grants);
        assertThat(ended.code()).isEqualTo("grant_revoked");
        assertThat(ended.problem()).contains("Connect the mailbox again.");
        assertThat(get(grants)).isEqualTo(ended);
        assertThat(get(rig.node())).isEqualTo(ended);

        assertThat(refreshes()).isOne();
        assertThat(rig.told.all).containsExactly("ended grant_revoked");
        assertThat(grants.find(WORKSPACE, mailbox).orElseThrow().isEnded()).isTrue();
    }

    @Test
    void whatAnAdministratorLiftsIsSeenWhenItIsTriedAgain() throws Exception {
        rig.clock.advance(Duration.ofMinutes(61));
        rig.google
                .faults()
                .next(GoogleEndpoint.TOKEN, Fault.answer(GoogleError.ADMIN_POLICY.response()));
        assertThat(get(grants)).isInstanceOf(TokenResult.Ended.class);
        rig.clock.advance(Duration.ofMinutes(2));

        assertThat(get(grants)).isInstanceOf(TokenResult.Granted.class);
        assertThat(grants.find(WORKSPACE, mailbox).orElseThrow().isEnded()).isFalse();
    }

    @Test
    void whoReconnectsWhileTheOldGrantIsRefusedIsNotHeld() throws Exception {
        rig.google.removeAccess(ADA);
        rig.clock.advance(Duration.ofMinutes(61));
        var gate = new Gate();
        rig.google.faults().next(GoogleEndpoint.TOKEN, Fault.hold(gate));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var refused = threads.submit(() -> get(grants));
            gate.awaitArrival();
            var fresh = rig.consent(ADA);
            rig.put(grants, mailbox, fresh);
            gate.open();

            assertThat(refused.get()).isEqualTo(new TokenResult.Granted(fresh.access()));
        }
        assertThat(grants.find(WORKSPACE, mailbox).orElseThrow().isEnded()).isFalse();
    }

    @Test
    void aTokenThatTheApiRefusesIsRenewedOnceHoweverManyAsk() throws Exception {
        var refused = token(grants);

        var renewed =
                Parallel.times(20, () -> grants.renew(WORKSPACE, mailbox, Audience.API, refused));

        assertThat(renewed).containsOnly(renewed.getFirst());
        assertThat(renewed.getFirst()).isNotEqualTo(new TokenResult.Granted(refused));
        assertThat(refreshes()).isOne();
        assertThat(grants.renew(WORKSPACE, mailbox, Audience.API, refused))
                .isEqualTo(renewed.getFirst());
        assertThat(refreshes()).isOne();
    }

    @Test
    void aRefreshIsNoChangeOfTheCredential() throws Exception {
        var version = row().version();
        rig.clock.advance(Duration.ofMinutes(61));
        token(grants);

        assertThat(row().version()).isEqualTo(version);
        rig.put(grants, mailbox, rig.consent(ADA));
        assertThat(row().version()).isNotEqualTo(version);
    }

    @Test
    void tokensAreNeverPrinted() throws Exception {
        var stored = row().sealed().open(mailbox, TestVault.of(rig.database));
        var token = token(grants);
        assertThat(
                        String.join(
                                " ",
                                stored.toString(),
                                token.toString(),
                                get(grants).toString(),
                                row().toString(),
                                rig.consent(ADA).toString(),
                                rig.app().toString()))
                .doesNotContain(token.value())
                .doesNotContain("1//")
                .doesNotContain("ya29.")
                .doesNotContain("GOCSPX");
    }

    @Test
    void aMailboxWithoutAGrantIsTold() throws Exception {
        assertThat(grants.get(WORKSPACE, UUID.randomUUID(), Audience.API))
                .isInstanceOf(TokenResult.Ended.class);
        assertThat(grants.get(UUID.randomUUID(), mailbox, Audience.API))
                .as("another workspace's")
                .isInstanceOf(TokenResult.Ended.class);
    }

    private TokenResult get(Grants node) throws InterruptedException {
        return node.get(WORKSPACE, mailbox, Audience.API);
    }

    private AccessToken token(Grants node) throws InterruptedException {
        return ((TokenResult.Granted) get(node)).token();
    }

    private GrantRow row() {
        return rig.database
                .read(handle -> GrantTable.find(handle, new GrantRow.Key(WORKSPACE, mailbox)))
                .orElseThrow();
    }

    private Instant leasedUntil() {
        return rig.database.read(handle ->
                handle.createQuery("select refreshing_until from oauth_grant")
                        .mapTo(Instant.class)
                        .one());
    }

    private boolean claim(GrantRow row, Duration lease) {
        return rig.database.inTransaction(
                handle -> GrantTable.claim(handle, row, UUID.randomUUID(), lease));
    }

    private int refreshes() {
        return rig.google.calls().count(GoogleEndpoint.TOKEN) - before;
    }
}
