package dev.postrider.identity.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import dev.postrider.identity.Caller;
import dev.postrider.identity.Identity;
import dev.postrider.identity.Parallel;
import dev.postrider.identity.Role;
import dev.postrider.identity.issuer.CheckToken;
import dev.postrider.identity.issuer.Issuers;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.spec.SecretKeySpec;
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
    private final Identity identity;

    SessionsTest(Database database) {
        this.database = database;
        this.identity =
                Identity.of(
                        database,
                        new SigningKey(
                                new UUID(0, 1), new SecretKeySpec(new byte[32], "HmacSHA256")),
                        new Issuers(List.of(), clock),
                        clock);
    }

    @BeforeEach
    void oneUser() {
        database.read(handle -> handle.execute("truncate workspace cascade"));
        identity.firstUser().create(Optional.of(EMAIL), Optional.of(PASSWORD));
    }

    @Test
    void aLoginGivesATokenThatNamesItsUser() {
        var caller = caller(logIn());
        assertThat(caller.email()).isEqualTo(EMAIL);
        assertThat(caller.role()).isEqualTo(Role.OWNER);
        assertThat(caller.getName()).isEqualTo(caller.userId().toString());
    }

    @Test
    void theEmailIsReadInAnyCase() {
        assertThat(identity.logIn().with("aNN@eXAMPLE.COM", PASSWORD, "192.0.2.1"))
                .isInstanceOf(LogIn.Result.Done.class);
    }

    @Test
    void aWrongPasswordAndAnUnknownUserAreRefusedAlike() {
        assertThat(identity.logIn().with(EMAIL, "wrong horse", "192.0.2.1"))
                .isEqualTo(identity.logIn().with("bob@example.com", PASSWORD, "192.0.2.1"))
                .isInstanceOf(LogIn.Result.Refused.class);
    }

    @Test
    void aUserWhoSignsInElsewhereHasNoPassword() {
        execute("update user_account set password_hash = null");
        assertThat(identity.logIn().with(EMAIL, PASSWORD, "192.0.2.1"))
                .isInstanceOf(LogIn.Result.Refused.class);
    }

    @Test
    void aLoginRenewsAHashWithOtherParameters() {
        var older = Argon2Function.getInstance(4096, 3, 1, 32, Argon2.ID).hash(PASSWORD);
        database.read(handle ->
                handle.execute("update user_account set password_hash = ?", older.getResult()));
        logIn();
        var hash = new LoginTable(database).byEmail(EMAIL).orElseThrow().passwordHash();
        assertThat(hash.orElseThrow()).contains("$m=19456,t=2,p=1$");
        logIn();
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
        identity.revokeSession().of(first.accessToken());
        var turn = new AtomicInteger();
        var answers =
                Parallel.times(64, () -> check(turn.getAndIncrement() % 2 == 0 ? first : second));
        assertThat(answers).filteredOn(CheckToken.Result.Bad.class::isInstance).hasSize(32);
        assertThat(answers)
                .filteredOn(CheckToken.Result.Good.class::isInstance)
                .hasSize(32)
                .allMatch(new CheckToken.Result.Good(caller(second))::equals);
    }

    @Test
    void aDeactivatedUserIsOutAtOnce() {
        var tokens = logIn();
        execute("update user_account set deactivated_at = now()");
        assertThat(check(tokens)).isInstanceOf(CheckToken.Result.Bad.class);
        assertThat(refresh(tokens)).isEmpty();
        assertThat(identity.logIn().with(EMAIL, PASSWORD, "192.0.2.1"))
                .isInstanceOf(LogIn.Result.Refused.class);
    }

    @Test
    void anAccessTokenEndsBeforeItsSession() {
        var tokens = logIn();
        clock.advance(AccessTokens.LIFETIME);
        assertThat(check(tokens)).isInstanceOf(CheckToken.Result.Bad.class);
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
    void aRefreshTokenThatIsUsedTwiceEndsTheSession() {
        var first = logIn();
        var second = refresh(first).orElseThrow();
        assertThat(refresh(first)).isEmpty();
        assertThat(refresh(second)).isEmpty();
        assertThat(check(first)).isInstanceOf(CheckToken.Result.Bad.class);
        assertThat(check(second)).isInstanceOf(CheckToken.Result.Bad.class);
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
        assertThat(check(won)).isInstanceOf(CheckToken.Result.Bad.class);
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
    void whatHasEndedIsForgottenAtTheNextLoginAndRefresh() {
        var tokens = logIn();
        clock.advance(Duration.ofDays(20));
        tokens = refresh(tokens).orElseThrow();
        clock.advance(Duration.ofDays(20));
        tokens = refresh(tokens).orElseThrow();
        assertThat(count("refresh_token")).isEqualTo(3);
        clock.advance(Duration.ofDays(20));
        assertThat(refresh(tokens)).isPresent();
        assertThat(count("refresh_token")).isEqualTo(3);
        clock.advance(Duration.ofDays(30));
        logIn();
        assertThat(count("session")).isOne();
        assertThat(count("refresh_token")).isOne();
    }

    @Test
    void loggingOutWithTheAccessTokenEndsTheSession() {
        var tokens = logIn();
        identity.revokeSession().of(tokens.accessToken());
        assertThat(check(tokens)).isInstanceOf(CheckToken.Result.Bad.class);
        assertThat(refresh(tokens)).isEmpty();
    }

    @Test
    void loggingOutWithARefreshTokenEndsTheSessionEvenWhenItWasUsed() {
        var first = logIn();
        var second = refresh(first).orElseThrow();
        identity.revokeSession().of(first.refreshToken().text());
        assertThat(check(second)).isInstanceOf(CheckToken.Result.Bad.class);
        assertThat(refresh(second)).isEmpty();
    }

    @Test
    void loggingOutWithJunkEndsNothing() {
        var tokens = logIn();
        identity.revokeSession().of("junk");
        assertThat(caller(tokens).email()).isEqualTo(EMAIL);
    }

    @Test
    void theDatabaseHoldsNoTokenThatCouldBeUsed() {
        var tokens = logIn();
        var stored =
                database.read(handle ->
                        handle.createQuery("select encode(hash, 'hex') from refresh_token")
                                .mapTo(String.class)
                                .one());
        assertThat(stored).hasSize(64);
        assertThat(refresh(new RefreshToken(stored))).isEmpty();
        assertThat(tokens.toString() + tokens.refreshToken())
                .doesNotContain(tokens.refreshToken().text(), tokens.accessToken());
    }

    private Tokens logIn() {
        return ((LogIn.Result.Done) identity.logIn().with(EMAIL, PASSWORD, "192.0.2.1")).tokens();
    }

    private Optional<Tokens> refresh(Tokens tokens) {
        return refresh(tokens.refreshToken());
    }

    private Optional<Tokens> refresh(RefreshToken token) {
        return identity.refreshSession().with(token);
    }

    private CheckToken.Result check(Tokens tokens) {
        return identity.checkToken().of(tokens.accessToken());
    }

    private Caller caller(Tokens tokens) {
        return ((CheckToken.Result.Good) check(tokens)).caller();
    }

    private void execute(String statement) {
        database.read(handle -> handle.execute(statement));
    }

    private int count(String table) {
        return database.read(handle ->
                handle.createQuery("select count(*) from <table>")
                        .define("table", table)
                        .mapTo(Integer.class)
                        .one());
    }
}
