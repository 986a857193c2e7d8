package dev.postrider.flow.enqueue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.email.EmailKey;
import dev.postrider.email.LaneKey;
import dev.postrider.email.OnUnknown;
import dev.postrider.email.Priority;
import dev.postrider.email.Recipient;
import dev.postrider.flow.store.enqueue.IdempotentRequest;
import dev.postrider.flow.store.enqueue.NewEmail;
import dev.postrider.identity.Caller;
import dev.postrider.identity.CallerChanged;
import dev.postrider.identity.Credit;
import dev.postrider.identity.OpaqueToken;
import dev.postrider.identity.Role;
import dev.postrider.mime.encoding.Source;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.NewId;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.postgres.Wakeups;
import dev.postrider.rig.OnAnOwnDatabaseToo;
import dev.postrider.rig.Parallel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Submissions of two nodes on one database are kept as a whole, and once. */
@OnAnOwnDatabaseToo
@ExtendWith(TestDatabase.class)
final class KeepSubmissionsTest {
    private final Database database;
    private final UUID workspace = NewId.get();
    private final UUID scope = NewId.get();
    private final UUID user = NewId.get();
    private final LaneKey lane = new LaneKey(workspace, NewId.get());
    private Enqueue node;
    private Enqueue otherNode;

    KeepSubmissionsTest(Database database) {
        this.database = database;
    }

    @BeforeEach
    void start() {
        node = new Enqueue(database, new Wakeups());
        otherNode = new Enqueue(database, new Wakeups());
        run("insert into workspace (id, name) values (?, 'Test')", workspace);
        run(
                """
                insert into mailbox (workspace_id, id, address, provider, state, reason)
                values (?, ?, 'ann@example.org', 'sandbox', 'paused', 'Test')
                """,
                workspace,
                lane.mailboxId());
        run(
                "insert into lane (workspace_id, mailbox_id) values (?, ?)",
                workspace,
                lane.mailboxId());
        run(
                "insert into wake (workspace_id, mailbox_id) values (?, ?)",
                workspace,
                lane.mailboxId());
    }

    @AfterEach
    void stop() throws InterruptedException {
        node.close();
        otherNode.close();
    }

    @Test
    void repeatsOnTwoNodesAtOnceAreDoneOnce() throws Exception {
        var keys = 12;
        var turn = new AtomicInteger();

        var became =
                Parallel.times(
                        keys * 8,
                        () -> {
                            var mine = turn.getAndIncrement();
                            var on = mine % 2 == 0 ? node : otherNode;
                            return on.keep(submission("key " + mine / 8, "same", lane));
                        });

        assertThat(became.stream().filter(Submitted.Kept.class::isInstance)).hasSize(keys);
        assertThat(became.stream().filter(Submitted.Repeated.class::isInstance)).hasSize(keys * 7);
        assertThat(count("email")).isEqualTo(keys);
        assertThat(count("recipient")).isEqualTo(keys);
    }

    @Test
    void aRepeatIsGivenTheFirstAnswer() {
        var first = submission("key", "same", lane);
        var answer = first.idempotent().orElseThrow().answer();

        assertThat(node.keep(first)).isEqualTo(new Submitted.Kept());
        assertThat(otherNode.keep(submission("key", "same", lane)))
                .isEqualTo(new Submitted.Repeated(answer));
        assertThat(otherNode.keep(submission("key", "other", lane)))
                .isEqualTo(new Submitted.Mismatched());
    }

    @Test
    void aKeyIsFreeAgainAfterADay() {
        node.keep(submission("key", "same", lane));
        run(
                "update idempotency set created_at = now() - interval '25 hours' where workspace_id = ?",
                workspace);

        assertThat(node.keep(submission("key", "other", lane))).isEqualTo(new Submitted.Kept());
        assertThat(count("email")).isEqualTo(2);
    }

    @Test
    void ofSeveralEmailsAllAreKeptOrNone() {
        var gone = new LaneKey(workspace, NewId.get());
        var mixed =
                new Submission(
                        List.of(email(lane), email(gone)),
                        submission("key", "same", lane).idempotent());

        assertThat(node.keep(mixed)).isEqualTo(new Submitted.NoMailbox());

        assertThat(count("email")).isZero();
        assertThat(count("recipient")).isZero();
        assertThat(count("idempotency")).isZero();
        assertThat(node.keep(new Submission(List.of(email(lane), email(lane)), Optional.empty())))
                .isEqualTo(new Submitted.Kept());
        assertThat(count("email")).isEqualTo(2);
    }

    @Test
    void aKeyWhoseEmailWasNotKeptMayBeUsedAgain() {
        var gone = new LaneKey(workspace, NewId.get());

        assertThat(node.keep(submission("key", "same", gone))).isEqualTo(new Submitted.NoMailbox());
        assertThat(node.keep(submission("key", "same", lane))).isEqualTo(new Submitted.Kept());
    }

    /** Several in a batch have tokens that have ended: the others are kept, once. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void ofWhoIsntWhoTheyWereNothingIsKept(boolean mayRepeat) throws Exception {
        var token = session(Duration.ofDays(1));
        var good = caller(token);
        var ended = caller(session(Duration.ofDays(-1)));
        var unknown = caller(OpaqueToken.random(OpaqueToken.Kind.ACCESS));
        var demoted =
                new Caller(workspace, user, "ann@example.org", Role.OWNER).on(new Credit(token));
        var outcomes =
                Parallel.all(
                        Stream.of(good, ended, unknown, demoted)
                                .flatMap(each -> Stream.of(each, each, each))
                                .map(each -> (Callable<String>) () -> became(each, mayRepeat))
                                .toList());

        assertThat(outcomes.stream().filter("Kept"::equals)).hasSize(3);
        assertThat(outcomes.stream().filter("CallerChanged"::equals)).hasSize(9);
        assertThat(count("email")).isEqualTo(3);
        assertThat(count("recipient")).isEqualTo(3);
        assertThat(count("email_content")).isEqualTo(3);
        assertThat(count("email_tag")).isEqualTo(mayRepeat ? 3 : 0);
        assertThat(count("idempotency")).isEqualTo(mayRepeat ? 3 : 0);
        assertThat(good.isOnCredit()).isFalse();
        assertThat(ended.isOnCredit()).isTrue();
    }

    /** What was kept while its caller was who they were stays, whatever a second try finds. */
    @Test
    void aTokenThatEndsAfterItsEmailWasKeptTakesNothingBack() {
        var caller = caller(session(Duration.ofDays(1)));
        var first = new Submission(caller, List.of(email(lane)), Optional.empty());
        assertThat(node.keep(first)).isEqualTo(new Submitted.Kept());
        run("update session set revoked_at = now() where workspace_id = ?", workspace);

        assertThatThrownBy(() -> node.keep(first)).isInstanceOf(CallerChanged.class);
        assertThat(count("email")).isEqualTo(1);
        assertThat(count("email_content")).isEqualTo(1);
    }

    private String became(Caller caller, boolean mayRepeat) {
        var key =
                mayRepeat
                        ? submission(NewId.get().toString(), "same", lane).idempotent()
                        : Optional.<IdempotentRequest>empty();
        var email = email(lane, mayRepeat ? Map.of("name", "value") : Map.of());
        try {
            return node.keep(new Submission(caller, List.of(email), key))
                    .getClass()
                    .getSimpleName();
        } catch (CallerChanged _) {
            return "CallerChanged";
        }
    }

    private Submission submission(String key, String fingerprint, LaneKey to) {
        var email = email(to);
        return new Submission(
                List.of(email),
                Optional.of(
                        new IdempotentRequest(
                                workspace,
                                scope,
                                key,
                                fingerprint,
                                "{\"id\":\"" + email.key().id() + "\"}")));
    }

    private Caller caller(OpaqueToken token) {
        return new Caller(workspace, user, "ann@example.org", Role.MEMBER).on(new Credit(token));
    }

    /** A session of a member, and its access token. */
    private OpaqueToken session(Duration left) {
        var token = OpaqueToken.random(OpaqueToken.Kind.ACCESS);
        var session = NewId.get();
        run(
                """
                insert into user_account (workspace_id, id, external_id, role)
                values (?, ?, ?, 'member')
                on conflict do nothing
                """,
                workspace,
                user,
                user.toString());
        run(
                """
                insert into session (workspace_id, id, user_id, expires_at)
                values (?, ?, ?, now() + ? * interval '1 second')
                """,
                workspace,
                session,
                user,
                left.toSeconds());
        run(
                """
                insert into session_token (refresh_hash, access_hash, workspace_id, session_id)
                values (?, ?, ?, ?)
                """,
                OpaqueToken.random(OpaqueToken.Kind.REFRESH).hash(),
                token.hash(),
                workspace,
                session);
        return token;
    }

    private NewEmail email(LaneKey to) {
        return email(to, Map.of());
    }

    private NewEmail email(LaneKey to, Map<String, String> tags) {
        var key = new EmailKey(workspace, NewId.get());
        return new NewEmail(
                key,
                to,
                NewId.get(),
                Optional.empty(),
                new NewEmail.Envelope(
                        "ann@example.org",
                        List.of(new Recipient(0, Recipient.Kind.TO, "bob@example.org"))),
                new NewEmail.Message(
                        "<" + key.id() + "@example.org>",
                        Source.of("Subject: Hello\r\n\r\nHello\r\n".getBytes(UTF_8)),
                        false,
                        false,
                        false),
                new NewEmail.Header("Hello", Optional.empty(), List.of(), List.of()),
                new NewEmail.Delivery(
                        false,
                        Priority.NORMAL,
                        Optional.empty(),
                        OnUnknown.RESEND,
                        Instant.now().plus(Duration.ofDays(3))),
                tags);
    }

    private void run(String statement, Object... values) {
        database.inTransaction(handle -> handle.execute(statement, values));
    }

    private int count(String table) {
        return database.read(handle ->
                handle.createQuery(
                                "select count(*) from "
                                        + table
                                        + " where workspace_id = :workspace")
                        .bind("workspace", workspace)
                        .mapTo(Integer.class)
                        .one());
    }
}
