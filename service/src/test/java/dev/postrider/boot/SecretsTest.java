package dev.postrider.boot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.postrider.http.Api;
import dev.postrider.http.Api.Answer;
import dev.postrider.testkit.sink.Sink;
import dev.postrider.testkit.sink.SinkOptions;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Passwords, tokens and bodies go through the program and are seen nowhere: not in its log at the
 * most verbose level, not in its answers, not in its tables.
 */
@QuarkusTest
class SecretsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SENDER = "secrets@example.test";
    private static final String PASSWORD = "Zimtschnecken-um-neun";
    private static final String WRONG_PASSWORD = "Marmorkuchen-um-zehn";
    private static final String CHOSEN_PASSWORD = "Apfelstrudel-um-elf";
    private static final String CHANGED_PASSWORD = "Kaiserschmarrn-um-zwoelf";
    private static final String BODY = "Nobody but Grace reads this.";

    private final List<String> answers = new ArrayList<>();
    private final List<String> tokens = new ArrayList<>();
    private CapturedLog log;
    private Sink server;

    @BeforeEach
    void start() {
        log = CapturedLog.start();
        server = Sink.start(SinkOptions.standard().withUser(SENDER, PASSWORD));
    }

    @AfterEach
    void stop() {
        server.close();
        log.close();
    }

    @Test
    void nothingShowsThem() throws Exception {
        var api = Api.underTest().with(logIn());
        disconnect(api, sendThrough(api, PASSWORD, 200));
        var refused = sendThrough(api, WRONG_PASSWORD, 409);
        var rows = new ArrayList<>(RunningDatabase.rows());
        disconnect(api, refused);
        badRequests(api);
        passwordsOfOthers(Api.underTest().with(logIn()));
        rows.addAll(RunningDatabase.rows());
        keep(api.get("/openapi.json"));
        keep(api.get("/openapi"));

        assertThat(log.lines()).anyMatch(line -> line.startsWith("flow "));
        assertThat(log.lines()).anyMatch(line -> line.startsWith("http "));
        assertThat(log.lines()).anyMatch(line -> line.startsWith("smtp "));
        assertThat(rows).anyMatch(row -> row.startsWith("mailbox ") && row.contains(SENDER));
        assertThat(rows).anyMatch(row -> row.startsWith("user_account "));
        for (var secret : secrets()) {
            assertThat(found(secret, log.lines())).as("in the log").isEmpty();
            assertThat(found(secret, answers)).as("in an answer").isEmpty();
            assertThat(found(secret, rows)).as("in a table").isEmpty();
        }
        assertThat(found(BODY, log.lines())).as("a body in the log").isEmpty();
        assertThat(found(BODY, answers)).as("a body in an answer").isEmpty();
    }

    /** The answers with tokens are the only ones that may hold them. */
    private String logIn() {
        var api = Api.underTest();
        keep(api.logIn(TestEnvironment.ADMIN_EMAIL, WRONG_PASSWORD));
        var first = api.logIn(TestEnvironment.ADMIN_EMAIL, TestEnvironment.ADMIN_PASSWORD).json();
        var refreshToken = first.path("refresh_token").asText();
        var second =
                api.form("/token", "grant_type", "refresh_token", "refresh_token", refreshToken)
                        .json();
        tokens.add(first.path("access_token").asText());
        tokens.add(refreshToken);
        tokens.add(second.path("access_token").asText());
        tokens.add(second.path("refresh_token").asText());
        assertThat(tokens).noneMatch(String::isEmpty);
        return second.path("access_token").asText();
    }

    /** Returns the mailbox's path. */
    private String sendThrough(Api api, String password, int expected) throws Exception {
        var connected = keep(api.post("/mailboxes", mailbox(password)));
        assertThat(connected.status()).as(connected.text()).isEqualTo(201);
        var path = "/mailboxes/" + connected.json().path("id").asText();
        var sent = keep(api.post("/smtp/send-email", email()));
        assertThat(sent.status()).as(sent.text()).isEqualTo(expected);
        keep(api.post(path + "/verify", ""));
        keep(api.get(path));
        return path;
    }

    private void disconnect(Api api, String mailbox) {
        assertThat(keep(api.delete(mailbox + "?force=true")).status()).isEqualTo(200);
    }

    private void badRequests(Api api) throws Exception {
        var cut = mailbox(PASSWORD);
        keep(api.post("/mailboxes", cut.substring(0, cut.length() - 2)));
        keep(api.post("/mailboxes", "{\"smtp\":{\"password\":[\"" + PASSWORD + "\"]}}"));
        keep(
                api.post(
                        "/mailboxes",
                        "{\"" + PASSWORD.length() + "\":1,\"password\":\"" + PASSWORD + "\"}"));
        keep(api.post("/smtp/send-email", email().replace("}", ",")));
        keep(api.post("/smtp/send-email", "{\"to\":\"x\",\"message\":\"" + BODY + "\"}"));
        keep(Api.underTest().with(tokens.getFirst() + "x").get("/mailboxes"));
        // a refresh token that has been used ends its session
        keep(
                Api.underTest()
                        .form(
                                "/token",
                                "grant_type",
                                "refresh_token",
                                "refresh_token",
                                tokens.get(1)));
        keep(api.get("/mailboxes"));
    }

    /** The answer with a ticket is the only one that may hold it. */
    private void passwordsOfOthers(Api owner) throws Exception {
        var email = UUID.randomUUID() + "@example.test";
        var invited = owner.post("/users", JSON.writeValueAsString(Map.of("email", email)));
        var ticket = invited.json().path("ticket").path("ticket").asText();
        tokens.add(ticket);
        keep(owner.get("/users/" + invited.json().path("id").asText()));
        keep(owner.get("/users"));
        var cut = "{\"ticket\":\"" + ticket + "\",\"password\":\"" + CHOSEN_PASSWORD + "\"";
        keep(Api.underTest().post("/password", cut));
        keep(Api.underTest().post("/password", cut.replace(CHOSEN_PASSWORD, "x") + "}"));
        keep(Api.underTest().post("/password", cut + "}"));
        keep(Api.underTest().post("/password", cut + "}"));
        var user = Api.underTest().loggedIn(email, CHOSEN_PASSWORD);
        var change = Map.of("current_password", PASSWORD, "new_password", CHANGED_PASSWORD);
        keep(user.post("/me/password", JSON.writeValueAsString(change)));
        var right = Map.of("current_password", CHOSEN_PASSWORD, "new_password", CHANGED_PASSWORD);
        var changed = keep(user.post("/me/password", JSON.writeValueAsString(right)));
        assertThat(changed.status()).isEqualTo(204);
        keep(owner.get("/audit-log"));
    }

    private String mailbox(String password) throws Exception {
        return JSON.writeValueAsString(
                Map.of(
                        "address",
                        SENDER,
                        "provider",
                        "smtp",
                        "smtp",
                        Map.of(
                                "host",
                                "localhost",
                                "port",
                                server.port(),
                                "tls",
                                "none",
                                "username",
                                SENDER,
                                "password",
                                password)));
    }

    private static String email() throws Exception {
        return JSON.writeValueAsString(
                Map.of("to", "grace@example.test", "subject", "For Grace", "message", BODY));
    }

    private Answer keep(Answer answer) {
        answers.add(answer.status() + " " + answer.response().headers().map() + answer.text());
        return answer;
    }

    private List<String> secrets() {
        return Stream.concat(
                        Stream.of(
                                TestEnvironment.ADMIN_PASSWORD,
                                PASSWORD,
                                WRONG_PASSWORD,
                                CHOSEN_PASSWORD,
                                CHANGED_PASSWORD),
                        tokens.stream())
                .toList();
    }

    /** Where a secret stands, as it is or in one of the forms that it is sent or stored in. */
    private static List<String> found(String secret, List<String> texts) {
        var octets = secret.getBytes(UTF_8);
        var login = ("\0" + SENDER + "\0" + secret).getBytes(UTF_8);
        var forms =
                List.of(
                        secret,
                        URLEncoder.encode(secret, UTF_8),
                        HexFormat.of().formatHex(octets),
                        Base64.getEncoder().encodeToString(octets),
                        Base64.getEncoder().encodeToString(login));
        return texts.stream().filter(text -> forms.stream().anyMatch(text::contains)).toList();
    }
}
