package dev.postrider.mailbox.http;

import static dev.postrider.http.Api.assertProblem;
import static dev.postrider.mailbox.http.MailboxApi.PASSWORD;
import static dev.postrider.mailbox.http.MailboxApi.json;
import static dev.postrider.mailbox.http.MailboxApi.request;
import static dev.postrider.mailbox.http.MailboxApi.sandbox;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.postrider.mailbox.Mailboxes;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@TestInstance(Lifecycle.PER_CLASS) // one login is enough
final class ConnectMailboxTest {
    private final MailboxApi api;

    @Inject
    ConnectMailboxTest(Mailboxes mailboxes) {
        this.api = new MailboxApi(mailboxes);
    }

    @BeforeEach
    void removeAll() {
        api.removeAll();
    }

    @Test
    void aMailboxIsConnectedAndShownWithoutItsPassword() {
        var answer =
                api.connect(
                        """
                        {"address": "Ann@Example.org", "display_name": "Ann Example",
                         "provider": "smtp", "ignored": 1,
                         "smtp": {"host": "127.0.0.1", "port": 2525, "tls": "starttls",
                                  "username": "ann", "password": "%s"}}
                        """
                                .formatted(PASSWORD));
        assertThat(answer.status()).isEqualTo(201);
        var mailbox = answer.json();
        var id = mailbox.path("id").asText();
        assertThat(answer.header("Location")).endsWith("/mailboxes/" + id);
        assertThat(mailbox.path("object").asText()).isEqualTo("mailbox");
        assertThat(mailbox.path("address").asText()).isEqualTo("Ann@example.org");
        assertThat(mailbox.path("display_name").asText()).isEqualTo("Ann Example");
        assertThat(mailbox.path("provider").asText()).isEqualTo("smtp");
        assertThat(mailbox.path("state").asText()).isEqualTo("active");
        assertThat(mailbox.has("reason")).isFalse();
        assertThat(mailbox.has("statusCode")).isFalse();
        assertThat(mailbox.path("created_at").asText()).endsWith("Z");
        assertThat(mailbox.path("smtp"))
                .isEqualTo(
                        json(
                                """
                                {"host": "127.0.0.1", "port": 2525, "tls": "starttls",
                                 "username": "ann"}
                                """));
        assertThat(api.get("/mailboxes/" + id).json()).isEqualTo(mailbox);
        var list = api.get("/mailboxes");
        assertThat(list.json().path("data").get(0)).isEqualTo(mailbox);
        assertThat(answer.text() + list.text()).doesNotContain(PASSWORD);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a@gmail.com   | {'password': 'p'}                     | smtp.gmail.com 587 starttls a@gmail.com",
                "a@gmail.com   | {'port': 465, 'password': 'p'}        | smtp.gmail.com 465 implicit a@gmail.com",
                "a@gmail.com   | {'tls': 'implicit', 'password': 'p'}  | smtp.gmail.com 465 implicit a@gmail.com",
                "a@gmail.com   | {'username': 'u', 'password': 'p'}    | smtp.gmail.com 587 starttls u",
                "a@example.org | {'host': 'smtp.mail.yahoo.com', 'password': 'p'}"
                        + " | smtp.mail.yahoo.com 465 implicit a@example.org",
                "a@gmail.com   | {'host': 'localhost'}                 | localhost 587 starttls -",
                "a@example.org | {'host': 'LOCALHOST', 'port': 465}    | localhost 465 implicit -",
                "a@example.org | {'host': 'localhost', 'tls': 'implicit'} | localhost 465 implicit -",
                "a@example.org | {'host': 'localhost', 'tls': 'none'}  | localhost 25 none -",
                "a@example.org | {'host': '[::1]', 'port': 1}          | ::1 1 starttls -",
                "a@example.org | {'host': '127.0.0.1', 'port': 65535}  | 127.0.0.1 65535 starttls -",
            })
    void whatIsLeftOutIsFilledIn(String address, String smtp, String expected) {
        var answer = api.connect(request(address, smtp));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        var server = answer.json().path("smtp");
        assertThat(
                        String.join(
                                " ",
                                server.path("host").asText(),
                                server.path("port").asText(),
                                server.path("tls").asText(),
                                server.path("username").asText("-")))
                .isEqualTo(expected);
    }

    @Test
    void aKnownProviderSaysWhatItWants() {
        var answer = api.connect(request("a@gmail.com", "{'password': 'p'}"));
        assertThat(answer.json().path("note").asText()).contains("app password");
    }

    @Test
    void aPrivateAuthorityIsKept() throws IOException {
        var pem = authority();
        var body =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("address", "a@example.org")
                        .put("provider", "smtp");
        body.putObject("smtp").put("host", "localhost").put("ca", pem);
        var mailbox = api.connect(body.toString()).json();
        assertThat(mailbox.path("smtp").path("ca").asText()).isEqualTo(pem);
        var changed = api.patch(mailbox, "{\"smtp\": {\"ca\": \"\"}}").json();
        assertThat(changed.path("smtp").has("ca")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"'boss@b.example, é', 422", "boss@b.example, 422", "Ann@Example.org, 201"})
    void aNameIsNoOtherAddress(String name, int status) {
        var answer =
                api.connect(
                        """
                        {"address": "ann@example.org", "display_name": "%s", "provider": "sandbox"}
                        """
                                .formatted(name));
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    }

    @Test
    void anAddressIsConnectedOnce() {
        api.connect(sandbox("a@example.org"));
        var again = api.connect(sandbox("A@EXAMPLE.org"));
        assertProblem(again, 409, "mailbox_exists");
        assertThat(again.json().path("detail").asText()).contains("PATCH");
    }

    @Test
    void aRefusedServerSaysWhyAndWhatToSet() {
        var answer = api.connect(request("a@example.org", "{'host': '10.1.2.3'}"));
        assertThat(answer.json().path("detail").asText())
                .contains("a private address", "POSTRIDER_OUTBOUND_ALLOW");
        answer = api.connect(request("a@example.org", "{'host': '192.0.1.1', 'tls': 'none'}"));
        assertThat(answer.json().path("detail").asText())
                .contains("POSTRIDER_OUTBOUND_ALLOW", "starttls");
    }

    private static String authority() throws IOException {
        try (var pem = ConnectMailboxTest.class.getResourceAsStream("authority.pem")) {
            return new String(Objects.requireNonNull(pem).readAllBytes(), UTF_8);
        }
    }
}
