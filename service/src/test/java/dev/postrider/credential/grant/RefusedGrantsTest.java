package dev.postrider.credential.grant;

import static dev.postrider.credential.grant.GrantRig.WORKSPACE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.credential.provider.Audience;
import dev.postrider.credential.provider.CodeResult;
import dev.postrider.credential.provider.Tier;
import dev.postrider.credential.provider.UnusedGrant;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.NewId;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.testkit.provider.google.state.GoogleEndpoint;
import dev.postrider.testkit.provider.http.Fault;
import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Of an account that wasn't connected nothing stays at its provider. Google ends with one token all
 * that an account has granted to an app, so what another mailbox lives of is left alone.
 */
@ExtendWith(TestDatabase.class)
final class RefusedGrantsTest {
    private static final String ADA = "ada@example.com";

    private final Database database;
    private final GrantRig rig;
    private final Grants grants;
    private final RevokeGrants revoker;
    private final UUID link = NewId.get();

    RefusedGrantsTest(Database database) throws IOException {
        this.database = database;
        this.rig = new GrantRig(database);
        this.grants = rig.node();
        this.revoker = rig.revoker();
        rig.google.account(ADA);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void itIsTakenBackOnceNobodyTriesAgain() throws Exception {
        discard(UnusedGrant.of(rig.consent(ADA)));
        assertThat(live()).isEqualTo(1);

        revoker.once();
        assertThat(live()).as("whoever tries again at once is in time").isEqualTo(1);
        timePasses();
        revoker.once();

        assertThat(live()).isZero();
        assertThat(waiting()).isZero();
        assertThat(audit()).containsExactly("grant.revoked done connect_link ''");
    }

    @Test
    void aGoodGrantOfTheSameAccountGoesOn() throws Exception {
        var mailbox = rig.mailbox(grants, ADA);
        discard(UnusedGrant.of(rig.consent(ADA)));
        timePasses();

        revoker.once();

        assertThat(rig.google.calls().count(GoogleEndpoint.REVOKE)).isZero();
        assertThat(waiting()).isZero();
        assertThat(audit()).isEmpty();
        rig.clock.advance(Duration.ofMinutes(61));
        assertThat(grants.get(WORKSPACE, mailbox, Audience.API))
                .isInstanceOf(TokenResult.Granted.class);
    }

    @Test
    void whoTriesAgainAndIsTakenGoesOn() throws Exception {
        discard(UnusedGrant.of(rig.consent(ADA)));
        var mailbox = rig.mailbox(grants, ADA);
        timePasses();

        revoker.once();

        rig.clock.advance(Duration.ofMinutes(61));
        assertThat(grants.get(WORKSPACE, mailbox, Audience.API))
                .isInstanceOf(TokenResult.Granted.class);
    }

    @Test
    void aGrantThatWasRevokedBeforeIsNoReasonToKeepAnother() throws Exception {
        var mailbox = rig.mailbox(grants, ADA);
        rig.google.removeAccess(ADA);
        rig.clock.advance(Duration.ofMinutes(61));
        assertThat(grants.get(WORKSPACE, mailbox, Audience.API))
                .isInstanceOf(TokenResult.Ended.class);
        discard(refused(Set.of(), Tier.SEND));
        timePasses();

        revoker.once();

        assertThat(live()).isZero();
    }

    @Test
    void aMissingBoxOrRefreshTokenLeavesWhatWasGranted() throws Exception {
        discard(refused(Set.of("gmail.send"), Tier.SETTLE));
        timePasses();
        revoker.once();
        assertThat(live()).isZero();

        rig.google
                .faults()
                .next(GoogleEndpoint.TOKEN, Fault.edit(body -> body.remove("refresh_token")));
        discard(refused(Set.of("gmail.send"), Tier.SEND));
        timePasses();
        revoker.once();
        assertThat(live()).as("by its access token").isZero();
        assertThat(audit()).hasSize(2).containsOnly("grant.revoked done connect_link ''");
    }

    /** Whoever brought it may have it from somebody else, whose mailbox would end with it. */
    @Test
    void ofAnIdentityThatIsNotSureNothingIsTakenBack() throws Exception {
        rig.google
                .faults()
                .next(GoogleEndpoint.TOKEN, Fault.edit(body -> body.put("id_token", "no.jwt.at")));
        assertThat(rig.exchange(url -> rig.google.consent(url, ADA), Tier.SEND))
                .isInstanceOfSatisfying(
                        CodeResult.Refused.class,
                        refused -> {
                            assertThat(refused.code()).isEqualTo("identity_invalid");
                            assertThat(refused.unused()).isEmpty();
                        });
    }

    @Test
    void itsTokenIsSealedAndNeverPrinted() throws Exception {
        var grant = rig.consent(ADA);
        var token = grant.refreshToken().orElseThrow();
        discard(UnusedGrant.of(grant));

        var stored =
                database.read(handle ->
                        handle.select("select cast(grant_revocation as text) from grant_revocation")
                                .mapTo(String.class)
                                .one());
        var hex = HexFormat.of().formatHex(token.getBytes(UTF_8));
        assertThat(stored).doesNotContain(token, hex, ADA);
        assertThat(UnusedGrant.of(grant).toString()).doesNotContain(token);
    }

    private UnusedGrant refused(Set<String> ticked, Tier tier) throws InterruptedException {
        var result = rig.exchange(url -> rig.google.consent(url, ADA, ticked), tier);
        return ((CodeResult.Refused) result).unused().orElseThrow();
    }

    private void discard(UnusedGrant unused) {
        grants.discard(WORKSPACE, link, unused);
    }

    private void timePasses() {
        database.inTransaction(handle ->
                handle.execute("update grant_revocation set due_at = due_at - interval '10 min'"));
    }

    private long live() {
        return rig.google.grants().liveRefreshTokens(rig.google.account(ADA), rig.google.app());
    }

    private long waiting() {
        return database.read(handle ->
                handle.select("select count(*) from grant_revocation").mapTo(Long.class).one());
    }

    private List<String> audit() {
        return database.read(handle ->
                handle.select(
                                "select concat_ws(' ', action, outcome, subject_kind, quote_literal(subject))"
                                        + " from audit_entry where subject_id = ?",
                                link)
                        .mapTo(String.class)
                        .list());
    }
}
