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
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@QuarkusTest
@TestInstance(Lifecycle.PER_CLASS) // one login is enough
final class SandboxEndpointTest {
    private static final UUID EMAIL = UUID.fromString("00000000-0000-7000-8000-000000000001");

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
        messages.keep(box.key(), Optional.of(EMAIL), "a@example.org", to, content);
        var item = api.get(path).json().path("data").get(0);
        assertThat(item.path("from").asText()).isEqualTo("a@example.org");
        assertThat(item.path("to")).isEqualTo(json("['b@example.org']"));
        assertThat(item.path("size").asInt()).isEqualTo(content.length);
        assertThat(item.path("email_id").asText()).isEqualTo(EMAIL.toString());
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
        assertProblem(api.get(path + "/" + box.id() + "/content"), 404, "not_found");
    }

    @Test
    void aMessageIsReadAsItSaysItself() {
        var mailbox = api.connect(sandbox("a@example.org")).json();
        var message =
                """
                From: Ann <a@example.org>
                Subject: =?UTF-8?B?SGVsbMO2?=
                Content-Type: multipart/mixed; boundary=b

                --b
                Content-Type: multipart/alternative; boundary=c

                --c
                Content-Type: text/plain; charset=utf-8

                Grüße
                --c
                Content-Type: text/html; charset=utf-8

                <p>Grüße<script>alert(1)</script></p>
                --c--
                --b
                Content-Type: application/pdf; name=invoice.pdf
                Content-Disposition: attachment; filename=invoice.pdf

                %PDF
                --b--
                """
                        .replace("\n", "\r\n")
                        .getBytes(UTF_8);
        var box = api.find(mailbox);
        var id =
                messages.keep(
                                box.key(),
                                Optional.empty(),
                                "a@example.org",
                                List.of("b@example.org"),
                                message)
                        .orElseThrow();
        var read = api.get("/mailboxes/" + box.id() + "/sandbox/" + id + "/content").json();
        assertThat(read.path("subject").asText()).isEqualTo("Hellö");
        assertThat(read.path("headers").get(1))
                .isEqualTo(json("{'name':'Subject','value':'Hellö'}"));
        assertThat(read.path("text").asText()).isEqualTo("Grüße");
        assertThat(read.path("html").asText()).isEqualTo("<p>Grüße<script>alert(1)</script></p>");
        assertThat(read.path("files"))
                .isEqualTo(
                        json(
                                "[{'filename':'invoice.pdf','content_type':'application/pdf','size':4}]"));
        assertThat(read.path("email_id").isNull()).isTrue();
    }
}
