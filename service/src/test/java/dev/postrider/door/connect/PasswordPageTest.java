package dev.postrider.door.connect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.http.Api;
import dev.postrider.identity.user.Users;
import dev.postrider.postgres.Database;
import dev.postrider.testkit.sink.Sink;
import dev.postrider.testkit.sink.SinkOptions;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** Another mailbox, by its address and password. */
@QuarkusTest
final class PasswordPageTest extends ConnectScene {
    @Inject
    PasswordPageTest(Users users, Database database) {
        super(users, database);
    }

    @Test
    void aMailboxOfAnyServerIsTestedWhileItsUserWaits() {
        try (var server = Sink.start(SinkOptions.standard().withUser(address, "richtig"))) {
            var link = acme.link("{'providers': ['smtp'], 'state': 's'" + RETURN + "}");
            assertThat(browser.open(link).text()).contains("<details class=\"other\" open>");
            var missing = browser.submit(link, "password", "address", "nobody");
            assertThat(missing.status()).isEqualTo(422);
            assertThat(missing.text())
                    .contains("Enter your whole email address", "Enter the password");
            var unknown =
                    browser.submit(
                            link, "password", "address", "a@no.invalid", "password", "richtig");
            assertThat(unknown.status()).isEqualTo(422);
            assertThat(unknown.text())
                    .contains("We need your mail server", "<details class=\"server\" open>")
                    .doesNotContain("richtig");
            var wrong = password(link, server, "falsch");
            assertThat(wrong.status()).isEqualTo(422);
            assertThat(wrong.text())
                    .contains("refused the login", "535", address)
                    .doesNotContain("falsch");
            assertThat(acme.link(link).path("error").asText()).isEqualTo("login_refused");
            assertThat(acme.mailboxes()).isEmpty();
            var right = password(link, server, "richtig");
            assertThat(right.status()).as(right.text()).isEqualTo(303);
            assertThat(right.header("Location")).contains("status=connected", "state=s");
            assertThat(acme.mailboxes()).hasSize(1);
        }
    }

    private Api.Answer password(JsonNode link, Sink server, String password) {
        return browser.submit(
                link,
                "password",
                "address",
                address,
                "password",
                password,
                "host",
                "127.0.0.1",
                "port",
                String.valueOf(server.port()),
                "tls",
                "none");
    }

    @Test
    void guessesHaveToWaitLongerAndLonger() {
        try (var server = Sink.start(SinkOptions.standard().withUser(address, "richtig"))) {
            var link = acme.link("{'providers': ['smtp']}");
            browser.open(link);
            for (var i = 0; i < 6; i++) {
                assertThat(password(link, server, "falsch").status()).isEqualTo(422);
            }
            var looked = server.connections();
            var paused = password(link, server, "richtig");
            assertThat(paused.status()).isEqualTo(429);
            assertThat(paused.header("Retry-After")).isNotEmpty();
            assertThat(server.connections()).isEqualTo(looked);
            assertThat(acme.mailboxes()).isEmpty();
        }
    }

    @Test
    void theLinksAddressIsTheOnlyOneAndItsServerIsNotAsked() {
        try (var server = Sink.start(SinkOptions.standard().withUser("eve@example.com", "x"))) {
            var link = acme.link("{'providers': ['smtp'], 'address': '" + address + "'}");
            browser.open(link);
            var answer =
                    browser.submit(
                            link,
                            "password",
                            "address",
                            "eve@example.com",
                            "password",
                            "x",
                            "host",
                            "127.0.0.1",
                            "port",
                            String.valueOf(server.port()),
                            "tls",
                            "none");
            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.text()).contains("This link is for " + address + " only");
            assertThat(server.connections()).isZero();
            assertThat(acme.mailboxes()).isEmpty();
        }
    }
}
