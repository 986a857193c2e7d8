package dev.postrider.mailbox.http;

import static dev.postrider.http.Api.assertProblem;
import static dev.postrider.mailbox.http.MailboxApi.sandbox;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.mailbox.Mailboxes;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Key checks and command lines of other services ask for domains. */
@QuarkusTest
@TestInstance(Lifecycle.PER_CLASS) // one login is enough
final class DomainsEndpointTest {
    private final MailboxApi api;

    @Inject
    DomainsEndpointTest(Mailboxes mailboxes) {
        this.api = new MailboxApi(mailboxes);
    }

    @BeforeEach
    void removeAll() {
        api.removeAll();
    }

    @Test
    void whoHasNoMailboxHasNoDomain() {
        assertThat(api.get("/domains").json().path("data")).isEmpty();
        assertProblem(api.get("/domains/" + UUID.randomUUID()), 404, "not_found");
        assertProblem(api.get("/domains/example.org"), 404, "not_found");
        assertProblem(api.anyone().get("/domains"), 401, "missing_token");
    }

    /** What the strictest SDK insists on, Rust's: each key, and values that it knows. */
    @Test
    void aDomainHasWhatSdksInsistOn() {
        api.connect(sandbox("a@one.example"));
        api.connect(sandbox("b@ONE.example"));

        var listed = api.get("/domains").json();

        assertThat(listed.path("object").asText()).isEqualTo("list");
        assertThat(listed.path("has_more").asBoolean()).isFalse();
        assertThat(listed.path("data"))
                .singleElement()
                .satisfies(domain -> {
                    assertThat(domain.path("name").asText()).isEqualTo("one.example");
                    assertThat(domain.path("status").asText()).isEqualTo("verified");
                    assertThat(domain.path("region").asText()).isEqualTo("us-east-1");
                    assertThat(domain.path("created_at").asText()).endsWith("Z");
                    assertThat(domain.path("capabilities").path("sending").asText())
                            .isEqualTo("enabled");
                    assertThat(domain.path("records").isArray()).isTrue();
                    var id = domain.path("id").asText();
                    assertThat(api.get("/domains/" + id).json()).isEqualTo(domain);
                });
    }

    @Test
    void aDomainWithoutAMailboxThatSendsIsPending() {
        var mailbox = api.connect(sandbox("a@one.example")).json();
        api.patch(mailbox, "{\"state\": \"paused\"}");

        assertThat(api.get("/domains").json().path("data").get(0).path("status").asText())
                .isEqualTo("pending");
    }

    @Test
    void domainsComeInPagesNewestFirst() {
        for (var domain : new String[] {"one", "two", "three"}) {
            api.connect(sandbox("a@" + domain + ".example"));
        }
        var first = api.get("/domains?limit=2").json();
        assertThat(first.path("has_more").asBoolean()).isTrue();
        assertThat(first.path("data"))
                .extracting(DomainsEndpointTest::name)
                .containsExactly("three.example", "two.example");
        var last = first.path("data").get(1).path("id").asText();
        var second = api.get("/domains?after=" + last).json();
        assertThat(second.path("has_more").asBoolean()).isFalse();
        assertThat(second.path("data"))
                .extracting(DomainsEndpointTest::name)
                .containsExactly("one.example");
        assertProblem(api.get("/domains?limit=0"), 422, "invalid_input");
    }

    /** A key for one mailbox sees no more than that. */
    @Test
    void aKeyForAMailboxSeesItsDomain() {
        api.connect(sandbox("a@one.example"));
        var mailbox = api.connect(sandbox("a@two.example")).json().path("id").asText();
        var key =
                api.send(
                                api.request("/api-keys")
                                        .header("Content-Type", "application/json")
                                        .POST(
                                                java.net.http.HttpRequest.BodyPublishers.ofString(
                                                        "{\"name\":\"k\",\"mailbox_id\":\""
                                                                + mailbox
                                                                + "\"}")))
                        .json()
                        .path("token")
                        .asText();

        assertThat(api.anyone().with(key).get("/domains").json().path("data"))
                .extracting(DomainsEndpointTest::name)
                .containsExactly("two.example");
    }

    private static String name(JsonNode domain) {
        return domain.path("name").asText();
    }
}
