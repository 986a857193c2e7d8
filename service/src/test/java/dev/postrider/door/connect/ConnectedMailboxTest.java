package dev.postrider.door.connect;

import static dev.postrider.http.Api.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.identity.user.Users;
import dev.postrider.postgres.Database;
import dev.postrider.testkit.provider.google.state.GoogleEndpoint;
import dev.postrider.testkit.provider.http.Fault;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftTenant;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a mailbox that was connected tells of its grant, and what its provider wouldn't take. */
@QuarkusTest
final class ConnectedMailboxTest extends ConnectScene {
    /** Of an organisation that lets its users consent to whatever they like. */
    private final String domain =
            "free-" + UUID.randomUUID().toString().substring(0, 8) + ".example";

    private final String user = "ann@" + domain;

    @Inject
    ConnectedMailboxTest(Users users, Database database) {
        super(users, database);
    }

    @BeforeEach
    void anOrganisation() {
        google.account(user);
        microsoft.account(user);
        microsoft.tenant(domain).usersMayConsentTo(MicrosoftTenant.Consent.EVERYTHING);
    }

    @ParameterizedTest
    @CsvSource({
        "google,    send,   gmail.send,     Gmail",
        "google,    settle, gmail.metadata, Gmail",
        "microsoft, send,   mail.send,      Microsoft",
        "microsoft, settle, mail.readbasic, Microsoft",
    })
    void itsTrialTellsWhatWasGranted(String provider, String tier, String scope, String title) {
        var id = connected(provider, tier);

        var told = verified(id);

        assertThat(told.path("ok").asBoolean()).as(told.toString()).isTrue();
        assertThat(told.path("api").path("provider").asText()).contains(title);
        assertThat(told.path("api").path("address").asText()).isEqualTo(user);
        assertThat(told.path("api").path("tier").asText()).isEqualTo(tier);
        assertThat(told.path("api").path("scopes").toString()).contains("\"" + scope + "\"");
        var grant = told.path("grant");
        assertThat(grant.path("scopes").toString()).contains("\"" + scope + "\"");
        assertThat(grant.path("tier").asText()).isEqualTo(tier);
        assertThat(grant.path("account").asText()).isEqualTo(user);
        assertThat(grant.path("ended").asBoolean(true)).isFalse();
        assertThat(grant.has("ends_at")).as("it was granted for no time").isFalse();
        assertThat(grant.has("problem")).isFalse();
        assertThat(acme.mailbox(id).path("grant")).isEqualTo(grant);
    }

    @Test
    void whatWasGrantedForATimeSaysWhenItEnds() {
        google.faults()
                .next(
                        GoogleEndpoint.TOKEN,
                        Fault.edit(body -> body.put("refresh_token_expires_in", 86_400)));
        var id = connected("google", "send");

        var ends = Instant.parse(verified(id).path("grant").path("ends_at").asText());

        assertThat(Duration.between(Instant.now(), ends))
                .isBetween(Duration.ofHours(23), Duration.ofHours(25));
        assertThat(acme.mailbox(id).path("grant").path("ends_at").asText())
                .isEqualTo(ends.toString());
    }

    /**
     * With leave to send alone nothing of the API can be asked, and the token is good for an hour.
     */
    @ParameterizedTest
    @ValueSource(strings = {"send", "settle"})
    void whatIsWrongIsSaidInWords(String tier) {
        var id = connected("google", tier);
        google.removeAccess(user);

        var told = verified(id);

        assertThat(told.path("ok").asBoolean(true)).isFalse();
        assertThat(told.path("code").asText()).isEqualTo("grant_revoked");
        assertThat(told.path("problem").asText()).contains("onnect the mailbox again");
        assertThat(told.path("grant").path("ended").asBoolean()).isTrue();
        var mailbox = acme.mailbox(id);
        assertThat(mailbox.path("state").asText()).isEqualTo("held");
        assertThat(mailbox.path("reason_code").asText()).isEqualTo("grant_revoked");
        assertThat(mailbox.path("grant").path("problem").asText())
                .isEqualTo(told.path("problem").asText());
    }

    /** Sending was taken out of a grant that goes on: found when its token is renewed. */
    @Test
    void whatWasTakenBackAloneIsSaidToo() {
        var id = connected("google", "settle");
        google.grants().expireAccessTokens(google.account(user));
        google.faults()
                .next(
                        GoogleEndpoint.TOKEN,
                        Fault.edit(body ->
                                body.put(
                                        "scope",
                                        "openid https://www.googleapis.com/auth/gmail.metadata")));

        var told = verified(id);

        assertThat(told.path("ok").asBoolean(true)).isFalse();
        assertThat(told.path("code").asText()).isEqualTo("scope_missing");
        assertThat(told.path("problem").asText()).contains("gmail.send is missing");
        assertThat(told.path("grant").path("scopes").toString())
                .contains("gmail.metadata")
                .doesNotContain("gmail.send");
        assertThat(acme.mailbox(id).path("reason_code").asText()).isEqualTo("scope_missing");
    }

    /** It would be refused later on, when nobody waits for an answer. */
    @Test
    void whatIsTooLargeForMicrosoftIsRefusedWithTheLimit() {
        connected("microsoft", "send");
        var answer = acme.owner.post("/emails", large());
        assertProblem(answer, 422, "invalid_attachment");
        assertThat(answer.json().path("detail").asText())
                .contains("attachments", "3000000", "Mail.ReadWrite", "by SMTP");
        assertThat(microsoft.sent(user)).isEmpty();
        assertThat(acme.owner.get("/emails").json().path("data")).isEmpty();
    }

    @Test
    void itIsTakenWhereTheGrantAllowsDrafts() {
        connected("microsoft", "read");
        var answer = acme.owner.post("/emails", large());
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        Awaitility.await().untilAsserted(() -> assertThat(microsoft.sent(user)).hasSize(1));
    }

    private String large() {
        return """
        {"from": "%s", "to": "grace@example.org", "subject": "Large", "text": "Hello",
         "attachments": [{"filename": "a.bin", "content": "%s"}]}
        """
                .formatted(user, Base64.getEncoder().encodeToString(new byte[3_000_000]));
    }

    private String connected(String provider, String tier) {
        var link = acme.link("{'tier': '" + tier + "', 'providers': ['" + provider + "']}");
        browser.open(link);
        var page = browser.start(link, provider + "/default");
        var back =
                provider.equals("google")
                        ? google.consent(page, user)
                        : microsoft.consent(page, user);
        browser.get(back.toString());
        var after = acme.link(link);
        assertThat(after.path("status").asText()).as(after.toString()).isEqualTo("connected");
        return after.path("mailbox_id").asText();
    }

    private JsonNode verified(String id) {
        var answer = acme.owner.post("/mailboxes/" + id + "/verify", "");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }
}
