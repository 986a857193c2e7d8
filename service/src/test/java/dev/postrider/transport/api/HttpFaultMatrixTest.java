package dev.postrider.transport.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.outbound.OutboundClient;
import dev.postrider.outbound.guard.OutboundGuard;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.rig.Loopback;
import dev.postrider.testkit.authority.PrivateAuthority;
import dev.postrider.testkit.provider.Accepted;
import dev.postrider.testkit.provider.SettableClock;
import dev.postrider.testkit.provider.google.FakeGoogle;
import dev.postrider.testkit.provider.google.state.GoogleEndpoint;
import dev.postrider.testkit.provider.google.state.GoogleGrants;
import dev.postrider.testkit.provider.google.state.GoogleLimit;
import dev.postrider.testkit.provider.google.state.GoogleScope;
import dev.postrider.testkit.provider.http.Endpoint;
import dev.postrider.testkit.provider.http.Fault;
import dev.postrider.testkit.provider.http.FaultScript;
import dev.postrider.testkit.provider.microsoft.FakeMicrosoft;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftEndpoint;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftLimit;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftScope;
import dev.postrider.transport.gmail.GmailKind;
import dev.postrider.transport.graph.GraphKind;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whatever breaks at whatever stage of a call, at both providers: what is said of the email is
 * true, and what may have been taken is not sent again without saying so.
 */
@ExtendWith(TestDatabase.class)
@Timeout(300)
final class HttpFaultMatrixTest {
    private static final PrivateAuthority AUTHORITY = PrivateAuthority.create();
    private static final PrivateAuthority OTHER = PrivateAuthority.create();

    private static FakeGoogle google;
    private static FakeMicrosoft microsoft;

    private final Database database;

    HttpFaultMatrixTest(Database database) {
        this.database = database;
    }

    @BeforeAll
    static void start() throws Exception {
        var tls = AUTHORITY.serverContext("localhost", "127.0.0.1");
        google = FakeGoogle.start(new SettableClock(), 0, tls);
        microsoft = FakeMicrosoft.start(new SettableClock(), 0, tls);
        google.account(ApiRig.ANN);
        microsoft.account(ApiRig.ANN);
        google.limits().unlimited(GoogleLimit.UNITS_A_MINUTE);
        microsoft.limits().unlimited(MicrosoftLimit.MESSAGES_A_MINUTE);
    }

    @AfterAll
    static void stop() {
        google.close();
        microsoft.close();
    }

    enum Provider {
        GMAIL {
            @Override
            ApiRig rig(Database database, OutboundClient client) {
                return new ApiRig(
                        database,
                        "gmail",
                        google.base(),
                        new TestTokens(
                                scopes ->
                                        google.grants()
                                                .issueAccessToken(
                                                        new GoogleGrants.Grant(
                                                                google.account(ApiRig.ANN),
                                                                google.app(),
                                                                GoogleScope.canonical(
                                                                        List.copyOf(scopes))))
                                                .value(),
                                Set.of("gmail.send")),
                        client,
                        GmailKind::new);
            }

            @Override
            FaultScript faults() {
                return google.faults();
            }

            @Override
            Accepted accepted() {
                return google.accepted();
            }

            @Override
            Endpoint send() {
                return GoogleEndpoint.SEND;
            }
        },
        MICROSOFT {
            @Override
            ApiRig rig(Database database, OutboundClient client) {
                var ann = microsoft.account(ApiRig.ANN);
                return new ApiRig(
                        database,
                        "microsoft",
                        microsoft.base(),
                        new TestTokens(
                                _ ->
                                        microsoft
                                                .grants()
                                                .issueAccessToken(
                                                        Optional.of(ann),
                                                        microsoft.app(),
                                                        ann.tenant(),
                                                        MicrosoftScope.GRAPH,
                                                        Set.of("Mail.Send")),
                                Set.of("mail.send")),
                        client,
                        GraphKind::new);
            }

            @Override
            FaultScript faults() {
                return microsoft.faults();
            }

            @Override
            Accepted accepted() {
                return microsoft.accepted();
            }

            @Override
            Endpoint send() {
                return MicrosoftEndpoint.SEND_MAIL;
            }
        };

        abstract ApiRig rig(Database database, OutboundClient client);

        abstract FaultScript faults();

        abstract Accepted accepted();

        abstract Endpoint send();
    }

    /**
     * {@code taken} is how often the provider has accepted it by then, {@code outcome} what the
     * attempt is said to have come to.
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            useHeadersInDisplayName = true,
            textBlock =
                    """
                    PROVIDER  | STAGE                       | OUTCOME     | TAKEN
                    GMAIL     | dns                         | unreachable | 0
                    GMAIL     | address refused             | unreachable | 0
                    GMAIL     | connect                     | unreachable | 0
                    GMAIL     | tls                         | broken      | 0
                    GMAIL     | reset before the body       | unknown     | 0
                    GMAIL     | reset after the body        | unknown     | 0
                    GMAIL     | accepted, then reset        | unknown     | 1
                    GMAIL     | half an answer              | accepted    | 1
                    GMAIL     | a page, 200                 | unknown     | 0
                    GMAIL     | a page, 302                 | deferred    | 0
                    GMAIL     | a page, 403                 | deferred    | 0
                    GMAIL     | a page, 502                 | unknown     | 0
                    GMAIL     | wrong type                  | accepted    | 1
                    GMAIL     | a megabyte                  | unknown     | 0
                    MICROSOFT | dns                         | unreachable | 0
                    MICROSOFT | address refused             | unreachable | 0
                    MICROSOFT | connect                     | unreachable | 0
                    MICROSOFT | tls                         | broken      | 0
                    MICROSOFT | reset before the body       | unknown     | 0
                    MICROSOFT | reset after the body        | unknown     | 0
                    MICROSOFT | accepted, then reset        | unknown     | 1
                    MICROSOFT | half an answer              | accepted    | 1
                    MICROSOFT | a page, 200                 | unknown     | 0
                    MICROSOFT | a page, 302                 | deferred    | 0
                    MICROSOFT | a page, 403                 | deferred    | 0
                    MICROSOFT | a page, 502                 | unknown     | 0
                    MICROSOFT | wrong type                  | accepted    | 1
                    MICROSOFT | a megabyte                  | unknown     | 0
                    """)
    void whatIsSaidOfAnEmailIsTrue(Provider provider, String stage, String outcome, int taken)
            throws Exception {
        provider.faults().clear();
        var client =
                new OutboundClient(
                        new OutboundGuard(
                                Loopback.blocks(),
                                (_, host) ->
                                        switch (host) {
                                            case "nowhere.example" ->
                                                    throw new UnknownHostException(host);
                                            case "inside.example" ->
                                                    List.of(InetAddress.ofLiteral("10.0.0.1"));
                                            case String _ ->
                                                    List.of(InetAddress.getLoopbackAddress());
                                        }),
                        (stage.equals("tls") ? OTHER : AUTHORITY).trusting().getSocketFactory());
        try (var rig = provider.rig(database, client)) {
            fault(provider, stage, rig);
            var email = rig.flow.send(rig.lane);
            assertThat(rig.flow.lanes().attempts(email)).containsExactly("1 " + outcome);
            assertThat(rig.flow.mailbox(rig.lane)).containsEntry("state", "active");
            assertThat(provider.accepted().with("X-Postrider-Id", email.id().toString()))
                    .isEqualTo(taken);
            assertThat(rig.flow.lanes().state(email))
                    .isEqualTo(outcome.equals("accepted") ? "sent" : "queued");
        }
    }

    private static void fault(Provider provider, String stage, ApiRig rig) {
        switch (stage) {
            case "dns" -> rig.base.set(URI.create("https://nowhere.example"));
            case "address refused" -> rig.base.set(URI.create("https://inside.example"));
            case "connect" -> rig.base.set(URI.create("https://127.0.0.1:1"));
            case "tls" -> {}
            default -> provider.faults().next(provider.send(), fault(stage));
        }
    }

    private static Fault fault(String stage) {
        return switch (stage) {
            case "reset before the body" -> Fault.resetBeforeBody();
            case "reset after the body" -> Fault.resetAfterBody();
            case "accepted, then reset" -> Fault.acceptThenReset();
            case "half an answer" -> Fault.halfAnswer();
            case "a page, 200" -> Fault.html(200);
            case "a page, 302" -> Fault.html(302);
            case "a page, 403" -> Fault.html(403);
            case "a page, 502" -> Fault.html(502);
            case "wrong type" -> Fault.wrongType("text/plain");
            case "a megabyte" -> Fault.megabyte(200);
            case String other -> throw new IllegalArgumentException(other);
        };
    }
}
