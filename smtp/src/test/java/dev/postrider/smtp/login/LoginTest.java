package dev.postrider.smtp.login;

import static dev.postrider.smtp.Fixtures.connect;
import static dev.postrider.smtp.Fixtures.failure;
import static dev.postrider.smtp.Fixtures.greeting;
import static dev.postrider.smtp.Fixtures.plain;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.smtp.Fixtures;
import dev.postrider.smtp.connect.Opening;
import dev.postrider.smtp.reply.Stage;
import dev.postrider.smtp.wire.Transcript;
import dev.postrider.testkit.script.ScriptedServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** AUTH (RFC 4954) and the dialogue of each mechanism. */
class LoginTest {

    private static final Credentials PASSWORD = new Credentials.Password("tim", "tanstaaftanstaaf");

    private static String opening(String mechanisms) {
        return greeting("AUTH " + mechanisms);
    }

    /** How the password was taken. */
    private static @Nullable String mechanism(String script) {
        try (var server = ScriptedServer.play(script)) {
            var connection = connect(plain(server.port()), PASSWORD, null);
            connection.cut();
            server.awaitEnd();
            return connection.session().mechanism();
        }
    }

    private static Opening.Failed refused(String script) {
        try (var server = ScriptedServer.play(script)) {
            var failed = failure(plain(server.port()), PASSWORD);
            server.awaitEnd();
            return failed;
        }
    }

    @Test
    void plainLeavesInOneLine() {
        var script =
                opening("LOGIN PLAIN")
                        + """
                        C: AUTH PLAIN AHRpbQB0YW5zdGFhZnRhbnN0YWFm
                        S: 235 2.7.0 welcome
                        """;
        assertThat(mechanism(script)).isEqualTo("PLAIN");
    }

    @Test
    void loginAnswersUserThenPasswordWhateverTheServerCallsThem() {
        var script =
                opening("LOGIN")
                        + """
                        C: AUTH LOGIN
                        S: 334 VXNlciBOYW1lAA==
                        C: dGlt
                        S: 334 UGFzc3dvcmQA
                        C: dGFuc3RhYWZ0YW5zdGFhZg==
                        S: 235 ok
                        """;
        assertThat(mechanism(script)).isEqualTo("LOGIN");
    }

    @Test
    void promptsInPlainWordsAreAnswered() {
        var script =
                opening("LOGIN")
                        + """
                        C: AUTH LOGIN
                        S: 334 Username:
                        C: dGlt
                        S: 334 Password:
                        C: dGFuc3RhYWZ0YW5zdGFhZg==
                        S: 235 ok
                        """;
        assertThat(mechanism(script)).isEqualTo("LOGIN");
    }

    @Test
    void whereScramIsRefusedPlainIsTriedOnceAndFromThenOnFirst() {
        var first =
                opening("SCRAM-SHA-256 PLAIN LOGIN")
                        + """
                        -- any
                        S: 535 5.7.8 no
                        C: AUTH PLAIN AHRpbQB0YW5zdGFhZnRhbnN0YWFm
                        S: 235 ok
                        """;
        var second =
                opening("SCRAM-SHA-256 PLAIN LOGIN")
                        + """
                        C: AUTH PLAIN AHRpbQB0YW5zdGFhZnRhbnN0YWFm
                        S: 235 ok
                        """;
        try (var server = ScriptedServer.play(first, second)) {
            var connector = Fixtures.connector();
            for (int i = 0; i < 2; i++) {
                var opening = connector.open(plain(server.port()), PASSWORD);
                var connection = ((Opening.Open) opening).connection();
                assertThat(connection.session().mechanism()).isEqualTo("PLAIN");
                connection.cut();
            }
            server.awaitEnd();
        }
    }

    @Test
    void aServerThatHangsUpOnScramIsAskedByPlainTheNextTime() {
        var second =
                opening("SCRAM-SHA-256 PLAIN")
                        + """
                        C: AUTH PLAIN AHRpbQB0YW5zdGFhZnRhbnN0YWFm
                        S: 235 ok
                        """;
        try (var server =
                ScriptedServer.play(
                        opening("SCRAM-SHA-256 PLAIN") + "-- any\n-- close\n", second)) {
            var connector = Fixtures.connector();
            assertThat(connector.open(plain(server.port()), PASSWORD))
                    .isInstanceOf(Opening.Unreachable.class);
            var opening = connector.open(plain(server.port()), PASSWORD);
            assertThat(opening).isInstanceOf(Opening.Open.class);
            ((Opening.Open) opening).connection().cut();
            server.awaitEnd();
        }
    }

    @Test
    void aServerThatHangsUpAfterARefusedLoginHasRefusedIt() {
        var script =
                opening("SCRAM-SHA-256 PLAIN")
                        + """
                        -- any
                        S: 535 5.7.8 no
                        -- close
                        """;
        assertThat(refused(script).toString()).startsWith("LoginRefused[mechanism=SCRAM-SHA-256");
    }

    @Test
    void aServerThatOffersCramMd5AloneIsToldApart() {
        assertThat(refused(opening("CRAM-MD5")).detail())
                .contains("only CRAM-MD5")
                .contains("Ask its operator to allow PLAIN over TLS");
    }

    @Test
    void theOldFormOfAnnouncingIsUnderstood() {
        var script =
                """
                S: 220 mx.test ESMTP
                C: EHLO client.test
                S: 250-mx.test
                S: 250 AUTH=LOGIN PLAIN
                C: AUTH PLAIN AHRpbQB0YW5zdGFhZnRhbnN0YWFm
                S: 235 ok
                """;
        assertThat(mechanism(script)).isEqualTo("PLAIN");
    }

    @Test
    void aPassingTroubleIsNotARefusal() {
        var script =
                opening("PLAIN")
                        + "C: AUTH PLAIN AHRpbQB0YW5zdGFhZnRhbnN0YWFm\nS: 454 4.7.0 slower\n";
        assertThat(refused(script))
                .isInstanceOfSatisfying(
                        Opening.Deferred.class,
                        deferred -> assertThat(deferred.stage()).isEqualTo(Stage.LOGIN));
    }

    @Test
    void anAnnouncedMechanismThatTheServerDoesNotKnowIsFollowedByTheNext() {
        var script =
                opening("PLAIN LOGIN")
                        + """
                        C: AUTH PLAIN AHRpbQB0YW5zdGFhZnRhbnN0YWFm
                        S: 504 5.5.4 unknown
                        C: AUTH LOGIN
                        S: 334 VXNlcm5hbWU6
                        C: dGlt
                        S: 334 UGFzc3dvcmQ6
                        C: dGFuc3RhYWZ0YW5zdGFhZg==
                        S: 235 ok
                        """;
        assertThat(mechanism(script)).isEqualTo("LOGIN");
    }

    @Test
    void aRefusedPasswordIsNotTriedASecondWay() {
        var script =
                opening("PLAIN LOGIN")
                        + "C: AUTH PLAIN AHRpbQB0YW5zdGFhZnRhbnN0YWFm\nS: 535 5.7.8 wrong\n";
        assertThat(refused(script)).isInstanceOf(Opening.LoginRefused.class);
    }

    @Test
    void aDisregardedMechanismIsLeftOut() {
        var script =
                opening("PLAIN LOGIN")
                        + "C: AUTH LOGIN\nS: 334 VXNlcm5hbWU6\nC: dGlt\nS: 535 5.7.8 no such user\n";
        try (var server = ScriptedServer.play(script)) {
            assertThat(failure(plain(server.port()).disregarding("AUTH PLAIN"), PASSWORD))
                    .isInstanceOf(Opening.LoginRefused.class);
            server.awaitEnd();
        }
    }

    @Test
    void withoutACommonMechanismTheOwnerLearnsWhatIsOffered() {
        assertThat(refused(opening("GSSAPI XOAUTH2")))
                .isInstanceOfSatisfying(
                        Opening.NoMechanism.class,
                        failed -> {
                            assertThat(failed.offered()).containsExactly("GSSAPI", "XOAUTH2");
                            assertThat(failed.detail()).contains("GSSAPI, XOAUTH2");
                        });
    }

    @Test
    void credentialsStayWithoutTlsUnlessAllowed() {
        try (var server = ScriptedServer.play(opening("PLAIN"))) {
            assertThat(failure(plain(server.port()).withLoginWithoutTls(false), PASSWORD))
                    .isInstanceOf(Opening.NoMechanism.class);
            server.awaitEnd();
        }
    }

    @Test
    void aServerThatRepeatsThePasswordIsBlanked() {
        var script =
                opening("PLAIN")
                        + "C: AUTH PLAIN AHRpbQB0YW5zdGFhZnRhbnN0YWFm\n"
                        + "S: 535 tanstaaftanstaaf (AHRpbQB0YW5zdGFhZnRhbnN0YWFm) is wrong\n";
        try (var server = ScriptedServer.play(script)) {
            var transcript = new Transcript(10_000);
            Opening opening =
                    Fixtures.connector().open(plain(server.port()), PASSWORD, null, transcript);
            assertThat(opening.toString())
                    .contains("*** (***) is wrong")
                    .doesNotContain("tanstaaf");
            assertThat(transcript.text())
                    .contains("C: AUTH PLAIN ***\n", "S: 535 *** (***) is wrong\n")
                    .doesNotContain("tanstaaf");
        }
    }

    @Test
    void noTextOfCredentialsShowsThem() {
        assertThat(PASSWORD.toString()).isEqualTo("Password[user=tim, password=***]");
        assertThat(new Credentials.Token("tim", () -> "secret").toString())
                .doesNotContain("secret");
    }
}
