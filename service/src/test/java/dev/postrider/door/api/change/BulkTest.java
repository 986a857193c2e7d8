package dev.postrider.door.api.change;

import static dev.postrider.door.api.send.EmailApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.door.api.send.EmailApi;
import dev.postrider.http.Api;
import dev.postrider.http.Api.Answer;
import dev.postrider.postgres.Database;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Many emails are retried, canceled and moved at once, each by the rules for one. */
@QuarkusTest
class BulkTest {
    private static final String NOBODYS = "00000000-0000-7000-8000-000000000000";

    @Inject Database database;

    private final String mark = "b" + UUID.randomUUID().toString().substring(0, 8);
    private EmailApi emails;

    @BeforeEach
    void connect() {
        emails = new EmailApi(mark + "@example.org");
    }

    @AfterEach
    void disconnect() {
        emails.close();
    }

    @Test
    void eachOfSomeSaysWhatBecameOfIt() {
        var waits = scheduled();
        var isSent = emails.kept(emails.email());
        emails.sent(isSent);

        var answer = change("cancel", "{'ids':['%s','%s','%s']}".formatted(waits, isSent, NOBODYS));

        assertThat(answer.path("done").asInt()).isEqualTo(1);
        assertThat(answer.path("has_more").asBoolean()).isFalse();
        assertThat(answer.path("not_done"))
                .extracting(each -> each.path("id").asText() + " " + each.path("code").asText())
                .containsExactly(isSent + " too_late", NOBODYS + " not_found");
        assertThat(emails.get(waits).path("state").asText()).isEqualTo("canceled");
    }

    @Test
    void aFilterIsWorkedThroughSliceBySlice() {
        var ids = IntStream.range(0, 5).mapToObj(_ -> scheduled()).toList();
        var other = emails.kept(emails.email());
        emails.sent(other);

        var done = 0;
        var slices = 0;
        var after = "";
        JsonNode answer;
        do {
            answer =
                    change(
                            "cancel",
                            "{'filter':{'mailbox_id':'%s'},'limit':2%s}"
                                    .formatted(emails.mailbox(), after));
            assertThat(answer.path("not_done")).isEmpty();
            done += answer.path("done").asInt();
            slices++;
            after = ",'after':'" + answer.path("after").asText() + "'";
        } while (answer.path("has_more").asBoolean());

        assertThat(done).isEqualTo(5);
        assertThat(slices).isEqualTo(3);
        assertThat(ids)
                .allSatisfy(id ->
                        assertThat(emails.get(id).path("state").asText()).isEqualTo("canceled"));
        assertThat(emails.get(other).path("state").asText()).isEqualTo("sent");
    }

    @Test
    void whatFailedIsRetriedByWordsOfItsSubject() {
        var ids = new ArrayList<String>();
        for (var i = 0; i < 3; i++) {
            var id =
                    emails.kept(
                            json(
                                    "{'from':'%s@example.org','to':'g@example.org','text':'t','subject':'Invoice %s'}"
                                            .formatted(mark, mark)));
            emails.sent(id);
            ids.add(id);
        }
        endBadly(ids.subList(0, 2));

        var answer = change("retry", "{'filter':{'subject':'%s invoice'}}".formatted(mark));

        assertThat(answer.path("done").asInt()).isEqualTo(2);
        ids.forEach(emails::sent);
        assertThat(emails.get(ids.get(0)).path("attempts")).hasSize(2);
        assertThat(emails.get(ids.get(2)).path("attempts")).hasSize(1);
    }

    @Test
    void eachChangeHasAnAuditEntryOfItsOwn() {
        var waits = scheduled();

        change("cancel", "{'ids':['%s','%s']}".formatted(waits, NOBODYS));

        var log = emails.api().get("/audit-log?limit=20").json().path("data");
        assertThat(
                        log.valueStream()
                                .filter(each ->
                                        each.path("action").asText().equals("email.canceled"))
                                .filter(each -> each.toString().contains(waits))
                                .map(each -> each.path("outcome").asText()))
                .as(log.toString())
                .containsExactly("done");
        assertThat(
                        log.valueStream()
                                .filter(each -> each.toString().contains(NOBODYS))
                                .map(each -> each.path("outcome").asText()))
                .first()
                .isEqualTo("refused");
    }

    @Test
    void whatWaitsMovesToAnotherMailboxOfItsSender() {
        var id = scheduled();
        var now =
                emails.kept(
                        emails.email("'to':'g@example.org','text':'t','scheduled_at':'in 1 day',"));
        try (var other = new EmailApi(emails.api(), mark + ".other@example.org")) {
            alias(other.mailbox(), mark + "@example.org");

            var answer =
                    change(
                            "move",
                            "{'ids':['%s'],'mailbox_id':'%s'}".formatted(id, other.mailbox()));
            var one =
                    emails.patch(
                            "/emails/" + now,
                            json("{'mailbox_id':'%s'}".formatted(other.mailbox())));

            assertThat(answer.path("done").asInt()).as(answer.toString()).isEqualTo(1);
            assertThat(one.status()).as(one.text()).isEqualTo(200);
            assertThat(emails.get(id).path("mailbox_id").asText()).isEqualTo(other.mailbox());
            emails.patch("/emails/" + id, json("{'scheduled_at':'2001-02-03T04:05:06Z'}"));
            emails.sent(id);
            var kept = emails.api().get("/mailboxes/" + other.mailbox() + "/sandbox").json();
            assertThat(kept.path("data")).as("sent by the other").hasSize(1);
        }
        assertThat(emails.get(now).path("state").asText())
                .as("it went with its new mailbox")
                .isEqualTo("canceled");
    }

    @Test
    void aPausedMailboxsMailGoesOnInAnother() {
        database.read(handle ->
                handle.execute(
                        "update mailbox set state = 'paused', reason = 'on holiday', updated_at = now() where id = ?",
                        UUID.fromString(emails.mailbox())));
        var id = emails.kept(emails.email());
        try (var other = new EmailApi(emails.api(), mark + ".other@example.org")) {
            alias(other.mailbox(), mark + "@example.org");

            change(
                    "move",
                    "{'filter':{'mailbox_id':'%s'},'mailbox_id':'%s'}"
                            .formatted(emails.mailbox(), other.mailbox()));

            assertThat(emails.sent(id).path("mailbox_id").asText()).isEqualTo(other.mailbox());
        }
    }

    @Test
    void noMailboxIsMadeToSendAsSomebodyElse() {
        var id = scheduled();
        try (var other = new EmailApi(emails.api(), mark + ".other@example.org")) {
            var answer =
                    change(
                            "move",
                            "{'ids':['%s'],'mailbox_id':'%s'}".formatted(id, other.mailbox()));

            assertThat(answer.path("not_done").get(0).path("code").asText())
                    .isEqualTo("invalid_from_address");
            assertThat(emails.get(id).path("mailbox_id").asText()).isEqualTo(emails.mailbox());
        }
        var nobodys =
                emails.api()
                        .post(
                                "/emails/move",
                                json("{'ids':['%s'],'mailbox_id':'%s'}".formatted(id, NOBODYS)));
        assertThat(nobodys.status()).isEqualTo(422);
    }

    @Test
    void whatMayHaveGotThroughIsNotMoved() {
        var id = scheduled();
        database.read(handle ->
                handle.execute(
                        "update email set unknown_since = now() where id = ?",
                        UUID.fromString(id)));
        try (var other = new EmailApi(emails.api(), mark + ".other@example.org")) {
            alias(other.mailbox(), mark + "@example.org");

            var answer =
                    change(
                            "move",
                            "{'ids':['%s'],'mailbox_id':'%s'}".formatted(id, other.mailbox()));

            assertThat(answer.path("not_done").get(0).path("code").asText()).isEqualTo("too_late");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}",
                "{'ids':[],'filter':{}}",
                "{'filter':{}}",
                "{'filter':{'mailbox':'x'}}",
                "{'filter':{'state':'gone'}}",
                "{'filter':{'state':'failed'},'limit':0}",
                "{'filter':{'state':'failed'},'limit':1001}",
                "{'filter':{'state':'failed'},'after':'x'}",
                "{'filter':'all'}",
                "{'ids':['x']}",
                "{'ids':{}}"
            })
    void whatIsNotClearIsRefused(String body) {
        for (var act : List.of("retry", "cancel", "move")) {
            assertThat(emails.api().post("/emails/" + act, json(body)).status())
                    .as(act + " " + body)
                    .isEqualTo(422);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"retry", "cancel", "move"})
    void nobodyElseChangesThem(String act) {
        var id = scheduled();
        var before = emails.get(id);
        var key =
                emails.api()
                        .post("/api-keys", json("{'name':'k','permission':'sending_access'}"))
                        .json()
                        .path("token")
                        .asText();

        var answer =
                Api.underTest()
                        .with(key)
                        .post(
                                "/emails/" + act,
                                json(
                                        "{'ids':['%s'],'mailbox_id':'%s'}"
                                                .formatted(id, emails.mailbox())));

        assertThat(answer.status()).as(answer.text()).isIn(401, 403);
        assertThat(emails.get(id)).isEqualTo(before);
    }

    private String scheduled() {
        return emails.kept(
                emails.email("'to':'g@example.org','text':'t','scheduled_at':'in 1 day',"));
    }

    private JsonNode change(String act, String body) {
        Answer answer = emails.api().post("/emails/" + act, json(body));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private void alias(String mailbox, String address) {
        database.read(handle ->
                handle.execute(
                        "update mailbox set aliases = array[?] where id = ?",
                        address,
                        UUID.fromString(mailbox)));
    }

    private void endBadly(List<String> ids) {
        for (var id : ids) {
            database.read(handle -> {
                handle.execute(
                        "update email set state = 'failed' where id = ?", UUID.fromString(id));
                return handle.execute(
                        "update recipient set state = 'open' where email_id = ?",
                        UUID.fromString(id));
            });
        }
    }
}
