package dev.postrider.transport.sandbox.http;

import static dev.postrider.http.Api.assertProblem;
import static dev.postrider.mailbox.http.MailboxApi.json;
import static dev.postrider.mailbox.http.MailboxApi.sandbox;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.mailbox.Mailboxes;
import dev.postrider.mailbox.http.MailboxApi;
import dev.postrider.transport.sandbox.SandboxMessages;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@QuarkusTest
@TestInstance(Lifecycle.PER_CLASS) // one login is enough
final class SandboxEndpointTest {
    private final MailboxApi api;

    private final SandboxMessages messages;

    @Inject
    SandboxEndpointTest(Mailboxes mailboxes, SandboxMessages messages) {
        this.messages = messages;
        this.api = new MailboxApi(mailboxes);
    }

    @BeforeEach
    void removeAll() {
        api.removeAll();
    }

    @Test
    void aSandboxShowsItsMessages() {
        var mailbox = api.connect(sandbox("a@example.org")).json();
        var path = "/mailboxes/" + mailbox.path("id").asText() + "/sandbox";
        assertThat(api.get(path).json())
                .isEqualTo(json("{'object':'list','has_more':false,'data':[]}"));
        var content = "Subject: =?UTF-8?B?SGVsbMO2?=\r\n\r\n\0\1\2 raw".getBytes(UTF_8);
        var box = api.find(mailbox);
        var to = List.of("b@example.org");
        messages.keep(box.key(), "a@example.org", to, content);
        var item = api.get(path).json().path("data").get(0);
        assertThat(item.path("from").asText()).isEqualTo("a@example.org");
        assertThat(item.path("to")).isEqualTo(json("['b@example.org']"));
        assertThat(item.path("size").asInt()).isEqualTo(content.length);
        assertThat(item.path("received_at").asText()).endsWith("Z");
        var raw =
                api.send(
                        api.request(path + "/" + item.path("id").asText())
                                .header("Accept", "application/json")
                                .GET());
        assertThat(raw.response().body()).isEqualTo(content);
        assertThat(raw.header("Content-Type")).startsWith("message/rfc822");
        assertThat(raw.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertProblem(api.get(path + "/" + box.id()), 404, "not_found");
    }
}
