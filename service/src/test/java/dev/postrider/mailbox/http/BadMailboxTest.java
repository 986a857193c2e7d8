package dev.postrider.mailbox.http;

import static dev.postrider.http.Api.assertProblem;
import static dev.postrider.mailbox.http.MailboxApi.assertFields;
import static dev.postrider.mailbox.http.MailboxApi.request;
import static dev.postrider.mailbox.http.MailboxApi.sandbox;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.mailbox.Mailboxes;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestInstance(Lifecycle.PER_CLASS) // one login is enough
final class BadMailboxTest {
    private final MailboxApi api;

    @Inject
    BadMailboxTest(Mailboxes mailboxes) {
        this.api = new MailboxApi(mailboxes);
    }

    @BeforeEach
    void removeAll() {
        api.removeAll();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                                                           | address provider",
                "{'address': null, 'provider': null}                          | address provider",
                "{'address': '', 'provider': 'sandbox'}                       | address",
                "{'address': 7, 'provider': 7}                                | address provider",
                "{'address': 'ann', 'provider': 'sandbox'}                    | address",
                "{'address': 'Ann <a@example.org>', 'provider': 'sandbox'}    | address",
                "{'address': 'a@example.org, b@example.org', 'provider': 'sandbox'} | address",
                "{'address': 'a@example.org\\r\\nRCPT', 'provider': 'sandbox'} | address",
                "{'address': 'a\\ud800@example.org', 'provider': 'sandbox'}   | address",
                "{'address': 'a\\u0000@example.org', 'provider': 'sandbox'}   | address",
                "{'address': 'a@[127.0.0.1]', 'provider': 'sandbox'}          | address",
                "{'address': 'a@example.org', 'provider': ''}                 | provider",
                "{'address': 'a@example.org', 'provider': 'pigeon'}           | provider",
                "{'address': 'a@example.org', 'provider': 'sandbox', 'display_name': 'a\\nb'} | display_name",
                "{'address': 'a@example.org', 'provider': 'sandbox', 'display_name': '\\udc00'} | display_name",
                "{'address': 'a@example.org', 'provider': 'sandbox', 'display_name': []} | display_name",
                "{'address': 'a@example.org', 'provider': 'sandbox', 'smtp': {}} | smtp",
                "{'address': 'a@example.org', 'provider': 'smtp'}             | smtp.host",
                "{'address': 'a@example.org', 'provider': 'smtp', 'smtp': []} | smtp smtp.host",
            })
    void badFieldsAreNamed(String body, String fields) {
        assertFields(api.connect(body.replace('\'', '"')), fields);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'host': ''}                                   | smtp.host",
                "{'host': 5}                                    | smtp.host",
                "{'host': 'a b'}                                | smtp.host",
                "{'host': 'mail.example.org:587'}               | smtp.host",
                "{'host': 'smtp://mail.example.org'}            | smtp.host",
                "{'host': 'bücher.example'}                     | smtp.host",
                "{'host': 'fe80::1%eth0'}                       | smtp.host",
                "{'host': 'localhost\\u0000'}                   | smtp.host",
                "{'host': 'localhost', 'port': 0}               | smtp.port",
                "{'host': 'localhost', 'port': 65536}           | smtp.port",
                "{'host': 'localhost', 'port': 587.5}           | smtp.port",
                "{'host': 'localhost', 'port': '587'}           | smtp.port",
                "{'host': 'localhost', 'port': 99999999999}     | smtp.port",
                "{'host': 'localhost', 'tls': 'ssl'}            | smtp.tls",
                "{'host': 'localhost', 'tls': true}             | smtp.tls",
                "{'host': 'localhost', 'username': 'u'}         | smtp.password",
                "{'host': 'localhost', 'username': ''}          | smtp.username smtp.password",
                "{'host': 'localhost', 'password': ''}          | smtp.password",
                "{'host': 'localhost', 'password': 'a\\u0000b'} | smtp.password",
                "{'host': 'localhost', 'password': '\\ud83d'}   | smtp.password",
                "{'host': 'localhost', 'password': 1}           | smtp.password",
                "{'host': 'localhost', 'username': 'a\\tb', 'password': 'p'} | smtp.username",
                "{'host': 'localhost', 'ca': 'trust me'}        | smtp.ca",
                "{'host': 'localhost', 'ca': '-----BEGIN CERTIFICATE-----\\nAAAA\\n-----END CERTIFICATE-----'}"
                        + " | smtp.ca",
                "{'host': 'localhost', 'ca': '-----BEGIN PRIVATE KEY-----'} | smtp.ca",
                "{'host': 'localhost', 'disregard': 5}           | smtp.disregard",
                "{'host': 'localhost', 'disregard': ['A B']}     | smtp.disregard",
                "{'host': 'localhost', 'disregard': ['']}        | smtp.disregard",
                "{'port': 'x', 'tls': 'y', 'password': 1}       | smtp.host smtp.port smtp.tls smtp.password",
                "{'host': '10.1.2.3'}                           | smtp.host",
                "{'host': '169.254.169.254'}                    | smtp.host",
                "{'host': '::ffff:192.168.0.1'}                 | smtp.host",
                "{'host': 'no-such-server.invalid'}             | smtp.host",
                "{'host': '192.0.1.1', 'tls': 'none'}           | smtp.tls",
                "{'host': '192.0.1.1', 'port': 22}              | smtp.port",
            })
    void badFieldsOfTheServerAreNamed(String smtp, String fields) {
        assertFields(api.connect(request("a@example.org", smtp)), fields);
    }

    @Test
    void limitsHoldAtTheirEdges() {
        var name = "n".repeat(200);
        var local = "l".repeat(64);
        var secret = "ü".repeat(1_024);
        var user = "u".repeat(320);
        var fits =
                """
                {"address": "%s@example.org", "display_name": "%s", "provider": "smtp",
                 "smtp": {"host": "localhost", "username": "%s", "password": "%s"}}
                """;
        assertThat(api.connect(fits.formatted(local, name, user, secret)).status()).isEqualTo(201);
        assertFields(
                api.connect(fits.formatted(local + "l", name + "n", user + "u", secret + "s")),
                "address display_name smtp.password smtp.username");
        assertFields(
                api.connect(request("b@example.org", "{'host': '%s'}".formatted("a".repeat(301)))),
                "smtp.host");
        assertFields(
                api.connect(
                        request(
                                "b@example.org",
                                "{'host': 'localhost', 'ca': '%s'}".formatted("a".repeat(65_537)))),
                "smtp.ca");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "{'a': 1, 'a': 2}", "{} {}"})
    void aBodyThatIsNoObjectIsRefused(String body) {
        var json = body.replace('\'', '"');
        assertProblem(api.connect(json), 422, "malformed_body");
        var mailbox = api.connect(sandbox("a@example.org")).json();
        assertProblem(api.patch(mailbox, json), 422, "malformed_body");
    }

    @Test
    void aBodyThatIsNotUtf8IsRefused() {
        var latin = "{\"address\": \"jürgen@example.org\"}".getBytes(ISO_8859_1);
        var request =
                api.request("/mailboxes")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(latin));
        assertProblem(api.send(request), 422, "malformed_body");
    }

    @Test
    void aHugeBodyIsRefused() {
        var body = "{\"address\": \"%s\"}".formatted("a".repeat(300 * 1_024));
        assertProblem(api.connect(body), 413, "body_too_large");
    }

    @Test
    void anotherMediaTypeIsRefused() {
        var request =
                api.request("/mailboxes")
                        .header("Content-Type", "text/plain")
                        .POST(BodyPublishers.ofString(sandbox("a@example.org")));
        assertProblem(api.send(request), 415, "unsupported_media_type");
    }
}
