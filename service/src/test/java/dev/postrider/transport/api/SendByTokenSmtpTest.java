package dev.postrider.transport.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.credential.grant.TokenResult;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.rig.FlowRig;
import dev.postrider.testkit.authority.PrivateAuthority;
import dev.postrider.testkit.sink.Sink;
import dev.postrider.testkit.sink.SinkOptions;
import dev.postrider.testkit.sink.SunkMessage;
import dev.postrider.transport.Kind;
import dev.postrider.transport.Verification;
import dev.postrider.transport.gmail.GmailKind;
import dev.postrider.transport.graph.GraphKind;
import dev.postrider.transport.smtp.SmtpServer;
import dev.postrider.transport.smtp.TlsMode;
import dev.postrider.transport.smtp.TokenSmtp;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mailboxes of both providers that send by SMTP with the access tokens of their grants. */
@ExtendWith(TestDatabase.class)
@Timeout(60)
final class SendByTokenSmtpTest {
    private static final LinkedBlockingQueue<SunkMessage> ARRIVED = new LinkedBlockingQueue<>();

    /** Those that the server takes. */
    private static final Set<String> GOOD = ConcurrentHashMap.newKeySet();

    private static final AtomicInteger ISSUED = new AtomicInteger();
    private static final AtomicReference<String> HOST = new AtomicReference<>();
    private static PrivateAuthority authority;
    private static Sink sink;

    private final Database database;

    @SuppressWarnings("NullAway.Init") // by each test
    private ApiRig rig;

    SendByTokenSmtpTest(Database database) {
        this.database = database;
    }

    @BeforeAll
    static void start() throws Exception {
        authority = PrivateAuthority.create();
        sink =
                Sink.start(
                        SinkOptions.standard()
                                .withStartTls(authority.serverContext("127.0.0.1"))
                                .withLogins((user, token) ->
                                        user.equals(ApiRig.ANN) && GOOD.contains(token))
                                .recording(ARRIVED::add));
    }

    @AfterAll
    static void stop() throws Exception {
        sink.close();
    }

    @AfterEach
    void close() throws Exception {
        rig.close();
        ARRIVED.clear();
        GOOD.clear();
    }

    private void open(String provider) {
        Function<ApiDependencies.Shared, Kind> kind =
                provider.equals("gmail") ? GmailKind::new : GraphKind::new;
        rig =
                new ApiRig(
                        database,
                        provider,
                        "http://127.0.0.1:1",
                        Set.of(),
                        new TestTokens(_ -> issue(), Set.of("smtp")),
                        ApiRig.client(),
                        smtp ->
                                new TokenSmtp(
                                        smtp,
                                        host -> {
                                            HOST.set(host);
                                            return new SmtpServer(
                                                    "127.0.0.1",
                                                    sink.port(),
                                                    TlsMode.STARTTLS,
                                                    Optional.of(authority.pem()));
                                        }),
                        kind);
        rig.flow
                .lanes()
                .run(
                        "update mailbox set settings = '{\"via\":\"smtp\"}' where id = ?",
                        rig.lane.mailboxId());
    }

    private static String issue() {
        var token = "token-" + ISSUED.incrementAndGet();
        GOOD.add(token);
        return token;
    }

    @ParameterizedTest
    @ValueSource(strings = {"gmail", "microsoft"})
    void anEmailGoesToTheProvidersServer(String provider) throws Exception {
        open(provider);
        var email = rig.flow.send(rig.lane);
        assertThat(rig.flow.lanes().state(email)).as(rig.reason(email)).isEqualTo("sent");
        assertArrived();
        assertThat(HOST.get())
                .isEqualTo(provider.equals("gmail") ? "smtp.gmail.com" : "smtp.office365.com");
    }

    /** 535, behind the error in JSON that the client has to answer. */
    @ParameterizedTest
    @ValueSource(strings = {"gmail", "microsoft"})
    void aTokenThatHasEndedIsRenewedAndTheEmailGoes(String provider) throws Exception {
        open(provider);
        GOOD.clear();
        var email = rig.flow.send(rig.lane);
        assertThat(rig.flow.lanes().state(email)).as(rig.reason(email)).isEqualTo("sent");
        assertThat(rig.tokens.renewed).hasValue(1);
        assertThat(rig.flow.lanes().attempts(email)).containsExactly("1 accepted");
        assertArrived();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gmail", "microsoft"})
    void aGrantThatIsOverHoldsTheMailbox(String provider) throws Exception {
        open(provider);
        GOOD.clear();
        rig.tokens.renewals.add(
                new TokenResult.Ended("grant_revoked", "Connect the mailbox again."));
        var email = rig.flow.send(rig.lane);
        assertThat(rig.flow.lanes().state(email)).isEqualTo("queued");
        assertThat(rig.held()).contains("held").contains("Connect the mailbox again.");
        assertThat(ARRIVED).isEmpty();
    }

    /** A server that takes no token of the account says so once more, and the mailbox waits. */
    @ParameterizedTest
    @ValueSource(strings = {"gmail", "microsoft"})
    void aNewTokenThatIsRefusedTooHoldsTheMailbox(String provider) throws Exception {
        open(provider);
        GOOD.clear();
        rig.tokens.renewals.add(rig.tokens.now());
        var email = rig.flow.send(rig.lane);
        assertThat(rig.flow.lanes().state(email)).isEqualTo("queued");
        assertThat(rig.held()).contains("held").contains("535");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gmail", "microsoft"})
    void verifyLogsInAndRenewsWhatHasEnded(String provider) {
        open(provider);
        GOOD.clear();
        assertThat(verify()).isInstanceOf(Verification.Works.class);
        assertThat(rig.tokens.renewed).hasValue(1);
        GOOD.clear();
        rig.tokens.renewals.add(rig.tokens.now());
        assertThat(verify())
                .isInstanceOfSatisfying(
                        Verification.Fails.class,
                        fails -> {
                            assertThat(fails.code()).isEqualTo("login_refused");
                            assertThat(fails.hold()).isPresent();
                        });
    }

    private Verification verify() {
        var mailbox =
                rig.flow
                        .mailboxes()
                        .find(rig.lane.workspaceId(), rig.lane.mailboxId())
                        .orElseThrow();
        return mailbox.transport().verify(mailbox.key(), Optional.empty());
    }

    private static void assertArrived() throws InterruptedException {
        assertThat(ARRIVED.poll(FlowRig.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isNotNull();
        assertThat(ARRIVED).isEmpty();
    }
}
