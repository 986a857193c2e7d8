package dev.postrider.mailbox.connect.http;

import static dev.postrider.http.Api.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.identity.user.Users;
import dev.postrider.postgres.Database;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may ask for which link, and what of a request is refused. */
@QuarkusTest
final class RefusedLinksTest extends LinkScene {
    @Inject
    RefusedLinksTest(Users users, Database database) {
        super(users, database);
    }

    @Test
    void membersAskForThemselvesOnly() {
        assertThat(ann.post("/connect-links", "{\"user_id\": \"" + id(ann) + "\"}").status())
                .isEqualTo(201);
        assertField(ann.post("/connect-links", "{\"user_id\": \"" + id(bob) + "\"}"), "user_id");
        assertProblem(ann.post("/connect-links", "{\"external_id\": \"crm-1\"}"), 403, "forbidden");
        assertThat(owner.get("/users?external_id=crm-1").json().path("data")).isEmpty();
        var link = made(owner, "{\"user_id\": \"" + id(ann) + "\"}");
        assertThat(bob.get("/connect-links/" + id(link)).status()).isEqualTo(404);
        assertThat(bob.delete("/connect-links/" + id(link)).status()).isEqualTo(404);
        assertThat(ann.get("/connect-links/" + id(link)).status()).isEqualTo(200);
    }

    @Test
    void aKeyWithFullAccessAsksForAnybodyAndALesserOneForNobody() {
        var full = key("{\"name\": \"full\"}");
        assertThat(made(full, "{\"external_id\": \"crm-1\"}").path("external_id").asText())
                .isEqualTo("crm-1");
        var sends = key("{\"name\": \"s\", \"permission\": \"sending_access\"}");
        assertProblem(sends.post("/connect-links", "{}"), 401, "restricted_api_key");
    }

    @Test
    void aLinkForAMailboxIsForItsUserAndItsAddress() {
        var box = mailbox(ann, "ann@example.org");
        var link = made(owner, "{\"mailbox_id\": \"" + box + "\"}");
        assertThat(link.path("user_id").asText()).isEqualTo(id(ann));
        assertThat(link.path("address").asText()).isEqualTo("ann@example.org");
        assertThat(link.path("mailbox_id").asText()).isEqualTo(box);
        assertField(bob.post("/connect-links", "{\"mailbox_id\": \"" + box + "\"}"), "mailbox_id");
        assertField(owner.post("/connect-links", "{\"mailbox_id\": \"x\"}"), "mailbox_id");
        assertField(
                owner.post(
                        "/connect-links",
                        "{\"mailbox_id\": \"%s\", \"address\": \"b@example.org\"}".formatted(box)),
                "address");
        assertField(
                owner.post(
                        "/connect-links",
                        "{\"mailbox_id\": \"%s\", \"user_id\": \"%s\"}".formatted(box, id(bob))),
                "user_id");
        assertField(
                owner.post(
                        "/connect-links",
                        "{\"mailbox_id\": \"%s\", \"external_id\": \"crm-1\"}".formatted(box)),
                "external_id");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "user_id     | {'user_id': 'x'}",
                "user_id     | {'user_id': 7}",
                "user_id     | {'user_id': 'NOBODY'}",
                "external_id | {'external_id': ''}",
                "external_id | {'external_id': ' '}",
                "external_id | {'external_id': 'a\\nb'}",
                "external_id | {'external_id': 'LONG'}",
                "external_id | {'external_id': []}",
                "external_id | {'external_id': 'a', 'user_id': 'ANN'}",
                "address     | {'address': 'nobody'}",
                "address     | {'address': 'Ann <ann@example.org>'}",
                "address     | {'address': 'a@example.org, b@example.org'}",
                "address     | {'address': 7}",
                "providers   | {'providers': []}",
                "providers   | {'providers': ['yahoo']}",
                "providers   | {'providers': ['google/']}",
                "providers   | {'providers': ['google/../x']}",
                "providers   | {'providers': ['smtp/x']}",
                "providers   | {'providers': {}}",
                "providers   | {'providers': ['GOOGLE']}",
                "tier        | {'tier': 'all'}",
                "tier        | {'tier': 1}",
                "mailbox_id  | {'mailbox_id': 'NOBODY'}",
                "return_url  | {'return_url': 'https://evil.example/'}",
                "return_url  | {'return_url': 'https://crm.example.com.evil.example/'}",
                "return_url  | {'return_url': 'https://crm.example.com@evil.example/'}",
                "return_url  | {'return_url': 'https://crm.example.com/mailer'}",
                "return_url  | {'return_url': 'https://crm.example.com/mail/../x'}",
                "return_url  | {'return_url': 'http://crm.example.com/mail'}",
                "return_url  | {'return_url': '//crm.example.com/mail'}",
                "return_url  | {'return_url': 'javascript:alert(1)'}",
                "state       | {'state': 'a\\rb'}",
                "state       | {'state': 'LONG'}",
                "expires_in  | {'expires_in': 0}",
                "expires_in  | {'expires_in': -1}",
                "expires_in  | {'expires_in': 59}",
                "expires_in  | {'expires_in': 604801}",
                "expires_in  | {'expires_in': 3600.5}",
                "expires_in  | {'expires_in': '3600'}",
                "expires_in  | {'expires_in': 99999999999999999999}",
                "expiresIn   | {'expiresIn': 60}",
                "returnUrl   | {'returnUrl': 'https://crm.example.com/mail'}",
            })
    void eachFieldThatIsWrongIsNamed(String field, String body) {
        allow("https://crm.example.com/mail");
        assertField(
                owner.post(
                        "/connect-links",
                        body.replace('\'', '"')
                                .replace("NOBODY", NOBODY)
                                .replace("ANN", id(ann))
                                .replace("LONG", "x".repeat(600))),
                field);
        assertThat(owner.get("/connect-links").json().path("data")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "null", "{", "\"x\"", "{\"a\": 1, \"a\": 2}"})
    void aBodyThatIsNoObjectIsRefused(String body) {
        assertProblem(ann.post("/connect-links", body), 422, "malformed_body");
    }

    @Test
    void returnUrlsAreTheAdminsToSay() {
        assertProblem(
                ann.patch("/workspace", "{\"return_urls\": [\"https://a.example\"]}"),
                403,
                "forbidden");
        allow("https://crm.example.com/mail", "http://localhost:3000");
        var shown = owner.get("/workspace").json();
        assertThat(shown.path("return_urls").toString())
                .isEqualTo("[\"https://crm.example.com/mail\",\"http://localhost:3000\"]");
        assertThat(shown.path("name").asText()).isEqualTo("Acme");
        assertThat(owner.patch("/workspace", "{\"name\": \"New\"}").json().path("return_urls"))
                .hasSize(2);
        made(owner, "{\"return_url\": \"http://localhost:3000/back\"}");
        for (var bad :
                new String[] {
                    "\"http://crm.example.com\"",
                    "\"https://a.example/?x=1\"",
                    "\"https://a.example/#x\"",
                    "\"https://*.example\"",
                    "\"x\"",
                    "7"
                }) {
            var answer = owner.patch("/workspace", "{\"return_urls\": [" + bad + "]}");
            assertThat(answer.status()).as(bad).isEqualTo(422);
            assertThat(answer.json().path("errors").get(0).path("field").asText())
                    .startsWith("return_urls");
        }
        assertProblem(owner.patch("/workspace", "{}"), 422, "invalid_input");
        assertThat(owner.patch("/workspace", "{\"return_urls\": []}").json().path("return_urls"))
                .isEmpty();
    }
}
