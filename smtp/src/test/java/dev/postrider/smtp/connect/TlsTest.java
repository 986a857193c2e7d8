package dev.postrider.smtp.connect;

import static dev.postrider.smtp.Fixtures.AUTHORITY;
import static dev.postrider.smtp.Fixtures.connect;
import static dev.postrider.smtp.Fixtures.failure;
import static dev.postrider.smtp.Fixtures.message;
import static dev.postrider.smtp.Fixtures.secured;
import static dev.postrider.smtp.Fixtures.settled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.postrider.smtp.Fixtures;
import dev.postrider.smtp.login.Credentials;
import dev.postrider.smtp.message.Content;
import dev.postrider.smtp.message.Envelope;
import dev.postrider.smtp.message.Message;
import dev.postrider.smtp.message.Recipient;
import dev.postrider.smtp.send.Cause;
import dev.postrider.smtp.send.Result;
import dev.postrider.smtp.server.Security;
import dev.postrider.smtp.server.Server;
import dev.postrider.smtp.server.TlsDetails;
import dev.postrider.smtp.server.TlsLease;
import dev.postrider.smtp.server.Trust;
import dev.postrider.testkit.authority.PrivateAuthority;
import dev.postrider.testkit.script.ScriptedServer;
import dev.postrider.testkit.sink.Sink;
import dev.postrider.testkit.sink.SinkOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** STARTTLS (RFC 3207), implicit TLS (RFC 8314), and whose certificates are believed. */
class TlsTest {

    private static final Credentials USER = new Credentials.Password("user", "secret");

    private static Sink sink(Security security, SSLContext context) {
        SinkOptions options = SinkOptions.standard().withUser("user", "secret");
        return Sink.start(
                security == Security.STARTTLS
                        ? options.withStartTls(context)
                        : options.withImplicitTls(context));
    }

    private static void assertTlsFails(Server server, TlsTrouble trouble, String detail) {
        assertThat(failure(server, USER))
                .isInstanceOfSatisfying(
                        Opening.TlsFailed.class,
                        failed -> {
                            assertThat(failed.trouble()).isEqualTo(trouble);
                            assertThat(failed.detail()).contains(detail);
                        });
    }

    @ParameterizedTest
    @EnumSource(names = {"STARTTLS", "IMPLICIT_TLS"})
    void aMessageGoesOverTlsAndTheSessionTellsWhich(Security security) {
        try (var sink =
                        sink(
                                security,
                                AUTHORITY.serverContext("localhost", "mail.test", "127.0.0.1"));
                var connection = connect(secured(sink.port(), security), USER, null)) {
            assertThat(settled(connection.send(message("to@b.test"))).accepted()).isTrue();
            TlsDetails tls = Objects.requireNonNull(connection.session().tls());
            assertThat(tls.version()).isEqualTo("TLSv1.3");
            assertThat(tls.cipher()).startsWith("TLS_");
            assertThat(tls.subject()).isEqualTo("CN=localhost");
            assertThat(tls.issuer()).isEqualTo("CN=Postrider test authority");
            assertThat(tls.notAfter()).isAfter(Instant.now());
            assertThat(tls.names()).containsExactly("localhost", "mail.test", "127.0.0.1");
            assertThat(connection.session().mechanism()).isEqualTo("PLAIN");
        }
    }

    @Test
    void aLaterConnectionResumesTheSession() {
        Trust trust = Trust.authority(AUTHORITY.pem());
        try (var sink = sink(Security.STARTTLS, AUTHORITY.serverContext("localhost"))) {
            Server server = secured(sink.port(), Security.STARTTLS).withTrust(trust);
            try (var first = connect(server, USER, null);
                    var second = connect(server, USER, null)) {
                assertThat(Objects.requireNonNull(first.session().tls()).resumed()).isFalse();
                assertThat(Objects.requireNonNull(second.session().tls()).resumed()).isTrue();
                assertThat(settled(second.send(message("to@b.test"))).accepted()).isTrue();
            }
        }
    }

    /** Each of these goes all the way through while the others haven't got their tickets yet. */
    @Test
    void ofSeveralAtOnceNoneThrowsAwayTheSessionsOfOthers() {
        Trust trust = Trust.authority(AUTHORITY.pem());
        try (var sink = sink(Security.STARTTLS, AUTHORITY.serverContext("localhost"))) {
            Server server = secured(sink.port(), Security.STARTTLS).withTrust(trust);
            assertThat(resumedBySeveralAtOnce(server)).containsOnly(false);
            assertThat(resumedBySeveralAtOnce(server)).containsOnly(true);
        }
    }

    private static List<Boolean> resumedBySeveralAtOnce(Server server) {
        var resumed = new ArrayList<Boolean>();
        var opening = new ArrayList<TlsLease>();
        for (int i = 0; i < 5; i++) {
            try (var connection = connect(server, USER, null)) {
                resumed.add(Objects.requireNonNull(connection.session().tls()).resumed());
            }
            opening.add(server.trust().lease(server.host(), server.port()));
        }
        opening.forEach(TlsLease::close);
        return resumed;
    }

    @Test
    void tls12IsEnough() {
        SSLContext context = AUTHORITY.serverContext("localhost");
        var script =
                "-- tls 1.2\nS: 220 mx.test\nC: EHLO client.test\nS: 250 mx.test\nC: QUIT\nS: 221 bye\n";
        try (var server = ScriptedServer.play(context, script)) {
            try (var connection =
                    connect(
                            secured(server.port(), Security.IMPLICIT_TLS),
                            new Credentials.None(),
                            null)) {
                assertThat(Objects.requireNonNull(connection.session().tls()).version())
                        .isEqualTo("TLSv1.2");
            }
            server.awaitEnd();
        }
    }

    @Test
    void aCertificateOfAnUnknownAuthorityIsNotBelieved() {
        try (var sink =
                sink(Security.STARTTLS, PrivateAuthority.create().serverContext("localhost"))) {
            Server server = secured(sink.port(), Security.STARTTLS);
            assertTlsFails(server, TlsTrouble.UNTRUSTED, "isn't signed by a trusted authority");
            assertTlsFails(server.withTrust(Trust.system()), TlsTrouble.UNTRUSTED, "localhost");
        }
    }

    @Test
    void aCertificateForAnotherHostIsNotBelieved() {
        try (var sink = sink(Security.STARTTLS, AUTHORITY.serverContext("mail.test"))) {
            assertTlsFails(
                    secured(sink.port(), Security.STARTTLS),
                    TlsTrouble.WRONG_HOST,
                    "isn't for localhost");
        }
    }

    @Test
    void aCertificateOutOfDateIsNotBelieved() {
        Instant now = Instant.now();
        SSLContext expired =
                AUTHORITY.serverContext(
                        now.minus(Duration.ofDays(9)), now.minus(Duration.ofDays(2)), "localhost");
        try (var sink = sink(Security.IMPLICIT_TLS, expired)) {
            assertTlsFails(
                    secured(sink.port(), Security.IMPLICIT_TLS), TlsTrouble.EXPIRED, "out of date");
        }
        SSLContext early =
                AUTHORITY.serverContext(
                        now.plus(Duration.ofDays(2)), now.plus(Duration.ofDays(9)), "localhost");
        try (var sink = sink(Security.IMPLICIT_TLS, early)) {
            assertTlsFails(
                    secured(sink.port(), Security.IMPLICIT_TLS), TlsTrouble.EXPIRED, "out of date");
        }
    }

    @Test
    void anIpAddressIsComparedWithTheCertificateToo() {
        try (var sink =
                sink(Security.STARTTLS, AUTHORITY.serverContext("mail.test", "127.0.0.1"))) {
            Server server =
                    Server.of("127.0.0.1", sink.port(), Security.STARTTLS)
                            .withTrust(Fixtures.TRUST);
            connect(server, USER, null).close();
        }
        try (var sink =
                sink(Security.STARTTLS, AUTHORITY.serverContext("mail.test", "127.0.0.2"))) {
            assertTlsFails(
                    Server.of("127.0.0.1", sink.port(), Security.STARTTLS)
                            .withTrust(Fixtures.TRUST),
                    TlsTrouble.WRONG_HOST,
                    "127.0.0.1");
        }
    }

    @Test
    void aServerWithoutStarttlsGetsNoCredentialsAndNoMail() {
        var script =
                """
                S: 220 mx.test
                C: EHLO client.test
                S: 250-mx.test
                S: 250 AUTH PLAIN
                """;
        try (var server = ScriptedServer.play(script)) {
            assertTlsFails(
                    secured(server.port(), Security.STARTTLS), TlsTrouble.NOT_OFFERED, "STARTTLS");
            server.awaitEnd();
        }
    }

    @Test
    void plaintextOnThePortOfImplicitTlsIsExplained() {
        try (var sink = Sink.start(SinkOptions.standard())) {
            assertTlsFails(
                    secured(sink.port(), Security.IMPLICIT_TLS),
                    TlsTrouble.NOT_TLS,
                    "465, STARTTLS on 587");
        }
    }

    @Test
    void whatWasInjectedBeforeTheHandshakeIsDroppedAndForgotten() {
        // CVE-2011-0411 the other way round: an attacker appends replies to the 220 of STARTTLS.
        var script =
                """
                S: 220 mx.test
                C: EHLO client.test
                S: 250-mx.test
                S: 250-AUTH PLAIN
                S: 250-CHUNKING
                S: 250-PIPELINING
                S: 250 STARTTLS
                C: STARTTLS
                S: 220 go ahead
                S: 250-forged.test
                S: 250 AUTH PLAIN
                -- tls
                C: EHLO client.test
                S: 250 mx.test
                """;
        try (var server = ScriptedServer.play(AUTHORITY.serverContext("localhost"), script)) {
            var connection =
                    connect(
                            secured(server.port(), Security.STARTTLS),
                            new Credentials.None(),
                            null);
            assertThat(connection.session().capabilities().extensions()).isEmpty();
            connection.cut();
            server.awaitEnd();
        }
    }

    @Test
    void aMessageThatRequiresTlsIsKeptBackWhereTheServerDoesNotPromiseIt() {
        Message message =
                new Message(
                        new Envelope(
                                "a@b.test",
                                List.of(Recipient.of("c@d.test")),
                                false,
                                true,
                                null,
                                null),
                        Content.of(Fixtures.ascii("hi\r\n")));
        SSLContext context = AUTHORITY.serverContext("localhost");
        try (var sink = Sink.start(SinkOptions.standard().with("REQUIRETLS"));
                var connection = connect(sink.port())) {
            assertThat(connection.send(message))
                    .isEqualTo(new Result.NotBegun(new Cause.Unsupported("REQUIRETLS")));
        }
        try (var sink =
                        Sink.start(
                                SinkOptions.standard().with("REQUIRETLS").withStartTls(context));
                var connection =
                        connect(
                                secured(sink.port(), Security.STARTTLS),
                                new Credentials.None(),
                                null)) {
            assertThat(settled(connection.send(message)).accepted()).isTrue();
        }
    }

    @Test
    void textWithoutACertificateIsNoAuthority() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Trust.authority(""))
                .withMessageContaining("PEM");
        assertThatIllegalArgumentException().isThrownBy(() -> Trust.authority("hello"));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Trust.authority(
                                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"));
    }
}
