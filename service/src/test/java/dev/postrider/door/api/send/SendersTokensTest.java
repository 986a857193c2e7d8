package dev.postrider.door.api.send;

import static dev.postrider.door.api.send.EmailApi.json;
import static dev.postrider.http.Api.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.boot.TestEnvironment;
import dev.postrider.http.Api;
import dev.postrider.http.Api.Answer;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who sends is known from their last request, and still asked about. */
@QuarkusTest
final class SendersTokensTest {
    private static final String PASSWORD = "eine lange Leiter";
    private static EmailApi emails;

    @BeforeAll
    static void connect() {
        emails = new EmailApi("senders-tokens@example.org");
    }

    @AfterAll
    static void disconnect() {
        emails.close();
    }

    /** A request that sends, of a kind that is good or one that is not. */
    record Sending(String path, String type, String body, int status) {
        Answer by(Api api) {
            return api.send(
                    api.request(path)
                            .header("Content-Type", type)
                            .POST(BodyPublishers.ofString(body)));
        }
    }

    static List<Sending> sendings() {
        var email =
                json(
                        "{'from':'senders-tokens@example.org','to':'grace@example.org','subject':'Hello',"
                                + "'text':'Hi.'}");
        var json = "application/json";
        return List.of(
                new Sending("/emails", json, email, 200),
                new Sending("/emails/batch", json, "[" + email + "," + email + "]", 200),
                new Sending(
                        "/emails/raw",
                        "message/rfc822",
                        "From: senders-tokens@example.org\r\nTo: grace@example.org\r\n\r\nHi.\r\n",
                        200),
                new Sending(
                        "/smtp/send-email",
                        json,
                        json("{'to':'grace@example.org','subject':'Hello','message':'Hi.'}"),
                        200),
                new Sending("/emails", json, "{", 422),
                new Sending("/emails", json, "{}", 422),
                new Sending("/emails/batch", json, "[]", 422),
                new Sending("/emails", json, email.replace("senders-tokens", "nobodys"), 403));
    }

    @ParameterizedTest
    @MethodSource("sendings")
    void aRevokedKeySendsNothingMoreAndIsToldNothingElse(Sending sending) {
        var key = key("'name':'short','mailbox_id':'" + emails.mailbox() + "'");
        assertThat(sending.by(key.api()).status()).isEqualTo(sending.status());
        assertThat(sending.by(key.api()).status()).isEqualTo(sending.status());
        var before = newest();

        emails.api().delete("/api-keys/" + key.id());

        assertProblem(sending.by(key.api()), 403, "invalid_api_key");
        assertThat(newest()).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("sendings")
    void aSessionThatHasEndedSendsNothingMore(Sending sending) {
        var session =
                Api.underTest()
                        .loggedIn(TestEnvironment.ADMIN_EMAIL, TestEnvironment.ADMIN_PASSWORD);
        var isThroughTheDefault = sending.path().startsWith("/smtp");
        var first = sending.by(session).status();
        assertThat(isThroughTheDefault || first == sending.status()).isTrue();
        assertThat(sending.by(session).status()).isEqualTo(first);
        var before = newest();

        var revoked = session.form("/token/revoke", "token", session.token());
        assertThat(revoked.status()).as(revoked.text()).isEqualTo(200);

        assertProblem(sending.by(session), 401, "invalid_token");
        assertThat(newest()).isEqualTo(before);
    }

    @Test
    void aRepeatOfARevokedKeyIsRefusedToo() {
        var key = key("'name':'short'");
        Supplier<Answer> send =
                () ->
                        key.api()
                                .send(
                                        key.api()
                                                .request("/emails")
                                                .header("Content-Type", "application/json")
                                                .header("Idempotency-Key", key.id())
                                                .POST(BodyPublishers.ofString(emails.email())));
        var first = send.get();
        assertThat(first.status()).isEqualTo(200);
        assertThat(send.get().json()).isEqualTo(first.json());

        emails.api().delete("/api-keys/" + key.id());

        assertProblem(send.get(), 403, "invalid_api_key");
    }

    /** The email is kept once, as by one who was never known otherwise. */
    @Test
    void aKeyThatMeansLessByNowSendsAsItMayNow() {
        var key = key("'name':'changed'");
        assertThat(key.api().post("/emails", emails.email()).status()).isEqualTo(200);

        emails.api().patch("/api-keys/" + key.id(), json("{'permission':'sending_access'}"));

        var before = newest();
        var kept = key.api().post("/emails", emails.email());
        assertThat(kept.status()).as(kept.text()).isEqualTo(200);
        var listed = emails.api().get("/emails?limit=2").json().path("data");
        assertThat(listed.get(0).path("id")).isEqualTo(kept.json().path("id"));
        assertThat(listed.get(1).path("id").asText()).isEqualTo(before);
    }

    /** An admin sends as everybody; who was one until now doesn't. */
    @Test
    void whoIsAnAdminNoLongerSendsAsNobodyElseAtOnce() {
        var email = "demoted-" + UUID.randomUUID() + "@example.org";
        var invited = emails.api().post("/users", json("{'email':'" + email + "','role':'admin'}"));
        var user = "/users/" + invited.json().path("id").asText();
        var ticket = invited.json().path("ticket").path("ticket").asText();
        Api.underTest()
                .post(
                        "/password",
                        json("{'ticket':'" + ticket + "','password':'" + PASSWORD + "'}"));
        var admin = Api.underTest().loggedIn(email, PASSWORD);
        assertThat(admin.post("/emails", emails.email()).status()).isEqualTo(200);
        assertThat(admin.post("/emails", emails.email()).status()).isEqualTo(200);

        var demoted = emails.api().patch(user, json("{'role':'member'}"));
        assertThat(demoted.status()).as(demoted.text()).isEqualTo(200);

        assertProblem(admin.post("/emails", emails.email()), 403, "invalid_from_address");
        emails.api().delete(user);
        assertProblem(admin.post("/emails", emails.email()), 401, "invalid_token");
    }

    private record Key(String id, Api api) {}

    private static Key key(String fields) {
        var made = emails.api().post("/api-keys", json("{" + fields + "}")).json();
        return new Key(made.path("id").asText(), Api.underTest().with(made.path("token").asText()));
    }

    private static String newest() {
        return emails.api().get("/emails?limit=1").json().path("data").path(0).path("id").asText();
    }
}
