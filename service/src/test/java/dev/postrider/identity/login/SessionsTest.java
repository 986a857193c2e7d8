package dev.postrider.identity.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.identity.Caller;
import dev.postrider.identity.OpaqueToken;
import dev.postrider.identity.Role;
import dev.postrider.identity.TokenCheck;
import dev.postrider.identity.user.FirstUser;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.rig.Parallel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Log in, call, refresh, log out: the parts together, on a clock that the test moves. */
@ExtendWith(TestDatabase.class)
final class SessionsTest {
    private static final String EMAIL = "Ann@Example.com";
    private static final String PASSWORD = "correct horse";

    private final SettableClock clock = new SettableClock();
    private final Database database;
    private final LogIn logIn;
    private final Sessions sessions;

    SessionsTest(Database database) {
        this.database = database;
        this.sessions = new Sessions(database, clock);
        this.logIn = LogInTest.logIn(database, clock);
    }

    @BeforeEach
    void oneUser() {
        database.read(handle -> handle.execute("truncate workspace cascade"));
        new FirstUser(database, CheapPasswords.shared())
                .create(Optional.of(EMAIL), Optional.of(PASSWORD));
    }

    @Test
    void aLoginGivesATokenThatNamesItsUser() {
        var caller = caller(logIn());
        assertThat(caller.email()).isEqualTo(EMAIL);
        assertThat(caller.role()).isEqualTo(Role.OWNER);
        assertThat(caller.getName()).isEqualTo(caller.userId().toString());
    }

    @Test
    void aCallerIsWhoTheyAreNowRatherThanWhenTheyLoggedIn() {
        var tokens = logIn();
        execute("update user_account set role = 'member'");
        assertThat(caller(tokens).role()).isEqualTo(Role.MEMBER);
    }

    @Test
    void ofManyAtOnceEachIsWhoTheirOwnTokenNames() throws Exception {
        var first = logIn();
        var second = logIn();
        sessions.revoke(first.accessToken());
        var turn = new AtomicInteger();
        var answers =
                Parallel.times(64, () -> check(turn.getAndIncrement() % 2 == 0 ? first : second));
        assertThat(answers).filteredOn(TokenCheck.Bad.class::isInstance).hasSize(32);
        assertThat(answers)
                .filteredOn(TokenCheck.Good.class::isInstance)
                .hasSize(32)
                .allMatch(new TokenCheck.Good(caller(second))::equals);
    }

    @Test
    void aDeactivatedUserIsOutAtOnce() {
        var tokens = logIn();
        execute("update user_account set deactivated_at = now()");
        assertThat(check(tokens)).isInstanceOf(TokenCheck.Bad.class);
        assertThat(refresh(tokens)).isEmpty();
        assertThat(logIn.with(EMAIL, PASSWORD, "192.0.2.1"))
                .isInstanceOf(LogIn.Result.Refused.class);
    }

    @Test
    void anAccessTokenEndsBeforeItsSession() {
        var tokens = logIn();
        clock.advance(TokenPair.ACCESS_LIFETIME);
        assertThat(check(tokens)).isInstanceOf(TokenCheck.Bad.class);
        assertThat(caller(refresh(tokens).orElseThrow()).email()).isEqualTo(EMAIL);
    }

    @Test
    void aRefreshGivesNewTokensAndTheOldAccessTokenLivesOut() {
        var first = logIn();
        var second = refresh(first).orElseThrow();
        assertThat(second.refreshToken()).isNotEqualTo(first.refreshToken());
        assertThat(caller(second)).isEqualTo(caller(first));
        assertThat(refresh(second)).isPresent();
    }

    @Test
    void aOpaqueTokenThatIsUsedTwiceEndsTheSession() {
        var first = logIn();
        var second = refresh(first).orElseThrow();
        assertThat(refresh(first)).isEmpty();
        assertThat(refresh(second)).isEmpty();
        assertThat(check(first)).isInstanceOf(TokenCheck.Bad.class);
        assertThat(check(second)).isInstanceOf(TokenCheck.Bad.class);
    }

    @Test
    void itEndsNoOtherSession() {
        var other = logIn();
        var first = logIn();
        assertThat(refresh(first)).isPresent();
        assertThat(refresh(first)).isEmpty();
        assertThat(caller(other).email()).isEqualTo(EMAIL);
        assertThat(refresh(other)).isPresent();
    }

    @Test
    void ofManyUsesAtOnceOneWinsAndTheSessionEnds() throws Exception {
        var tokens = logIn();
        var answers = Parallel.times(8, () -> refresh(tokens));
        assertThat(answers).filteredOn(Optional::isPresent).hasSize(1);
        var won = answers.stream().flatMap(Optional::stream).findFirst().orElseThrow();
        assertThat(check(won)).isInstanceOf(TokenCheck.Bad.class);
        assertThat(refresh(won)).isEmpty();
    }

    @Test
    void aSessionLastsThirtyDaysAfterItsLastRefresh() {
        var tokens = logIn();
        clock.advance(Duration.ofDays(29));
        tokens = refresh(tokens).orElseThrow();
        clock.advance(Duration.ofDays(29));
        tokens = refresh(tokens).orElseThrow();
        clock.advance(Duration.ofDays(30));
        assertThat(refresh(tokens)).isEmpty();
        assertThat(refresh(tokens)).isEmpty();
    }

    @Test
    void anAccessTokenIsGoodForFifteenMinutesAndNoSecondLonger() {
        var tokens = logIn();
        clock.advance(Duration.ofMinutes(15).minusSeconds(1));
        assertThat(caller(tokens).email()).isEqualTo(EMAIL);
        clock.advance(Duration.ofSeconds(1));
        assertThat(check(tokens))
                .isEqualTo(
                        new TokenCheck.Bad(
                                "The access token has expired: refresh it, or log in again."));
        sessions.revoke(tokens.accessToken());
        assertThat(refresh(tokens)).as("an expired token ends no session").isPresent();
    }

    @Test
    void aTokenSaysWhatItIsForAndIsGoodForNothingElse() {
        var tokens = logIn();
        assertThat(tokens.accessToken().text()).matches("pra_[A-Za-z0-9_-]{43}");
        assertThat(tokens.refreshToken().text()).matches("prr_[A-Za-z0-9_-]{43}");
        assertThat(sessions.check(tokens.refreshToken())).isInstanceOf(TokenCheck.Bad.class);
        assertThat(refresh(tokens.accessToken())).isEmpty();
    }

    @Test
    void whatHasEndedIsPurged() {
        var tokens = logIn();
        clock.advance(Duration.ofDays(20));
        tokens = refresh(tokens).orElseThrow();
        clock.advance(Duration.ofDays(20));
        tokens = refresh(tokens).orElseThrow();
        assertThat(sessions.purge(100)).isZero();
        clock.advance(Duration.ofDays(20));
        assertThat(refresh(tokens)).isPresent();
        assertThat(count("session_token")).isEqualTo(4);
        assertThat(sessions.purge(100)).isOne();
        assertThat(count("session_token")).isEqualTo(3);
        clock.advance(Duration.ofDays(30));
        assertThat(sessions.purge(100)).isPositive();
        assertThat(count("session") + count("session_token")).isZero();
    }

    @Test
    void aLoginTooManyEndsTheSessionThatWasQuietForLongest() {
        var first = logIn();
        var second = logIn();
        refresh(first);
        clock.advance(Duration.ofSeconds(1));
        first = logIn();
        database.read(handle ->
                handle.execute(
                        """
                        insert into session (workspace_id, id, user_id, expires_at)
                        select workspace_id, gen_random_uuid(), id, '2100-01-01'
                        from user_account
                        cross join generate_series(1, 98)
                        """));
        var last = logIn();
        assertThat(caller(first).email()).isEqualTo(EMAIL);
        assertThat(caller(last).email()).isEqualTo(EMAIL);
        assertThat(check(second)).isInstanceOf(TokenCheck.Bad.class);
        assertThat(count("session")).isEqualTo(Sessions.MAX_OF_USER);
    }

    @Test
    void aSessionIsNotRefreshedForEver() {
        var tokens = logIn();
        execute("update session set refreshes = " + (Sessions.MAX_REFRESHES - 1));
        var last = refresh(tokens).orElseThrow();
        assertThat(refresh(last)).isEmpty();
        assertThat(caller(last).email()).isEqualTo(EMAIL);
    }

    @Test
    void loggingOutWithTheAccessTokenEndsTheSession() {
        var tokens = logIn();
        sessions.revoke(tokens.accessToken());
        assertThat(check(tokens)).isInstanceOf(TokenCheck.Bad.class);
        assertThat(refresh(tokens)).isEmpty();
    }

    @Test
    void loggingOutWithAOpaqueTokenEndsTheSessionEvenWhenItWasUsed() {
        var first = logIn();
        var second = refresh(first).orElseThrow();
        sessions.revoke(first.refreshToken());
        assertThat(check(second)).isInstanceOf(TokenCheck.Bad.class);
        assertThat(refresh(second)).isEmpty();
    }

    @Test
    void loggingOutWithJunkEndsNothing() {
        var tokens = logIn();
        sessions.revoke(new OpaqueToken("junk"));
        assertThat(caller(tokens).email()).isEqualTo(EMAIL);
    }

    @Test
    void theDatabaseHoldsNoTokenThatCouldBeUsed() {
        var tokens = logIn();
        var stored =
                database.read(handle ->
                        handle.createQuery("select encode(refresh_hash, 'hex') from session_token")
                                .mapTo(String.class)
                                .one());
        assertThat(stored).hasSize(64);
        assertThat(refresh(new OpaqueToken(stored))).isEmpty();
        assertThat(tokens.toString() + tokens.refreshToken())
                .doesNotContain(tokens.refreshToken().text(), tokens.accessToken().text());
    }

    private TokenPair logIn() {
        return sessions.open(((LogIn.Result.Done) logIn.with(EMAIL, PASSWORD, "192.0.2.1")).user());
    }

    private Optional<TokenPair> refresh(TokenPair tokens) {
        return refresh(tokens.refreshToken());
    }

    private Optional<TokenPair> refresh(OpaqueToken token) {
        return sessions.refresh(token);
    }

    private TokenCheck check(TokenPair tokens) {
        return sessions.check(tokens.accessToken());
    }

    private Caller caller(TokenPair tokens) {
        return ((TokenCheck.Good) check(tokens)).caller();
    }

    private void execute(String statement) {
        database.read(handle -> handle.execute(statement));
    }

    private int count(String table) {
        return database.read(handle ->
                handle.createQuery("select count(*) from " + table).mapTo(Integer.class).one());
    }
}
