package dev.postrider.testkit.recorder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.testkit.provider.google.FakeGoogle;
import dev.postrider.testkit.provider.google.state.GoogleGrants;
import dev.postrider.testkit.provider.google.state.GoogleLimit;
import dev.postrider.testkit.provider.google.state.GoogleScope;
import dev.postrider.testkit.provider.google.state.GoogleSwitch;
import dev.postrider.testkit.provider.http.Json;
import dev.postrider.testkit.provider.mail.StoredMessage;
import dev.postrider.testkit.provider.microsoft.FakeMicrosoft;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftApp;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftLimit;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftScope;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftSwitch;
import dev.postrider.testkit.recorder.Finding.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The recorder against the fakes, where it knows what it has to find. */
@Timeout(120)
final class RecordProvidersTest {
    private static final String ANN = "ann.recorder@example.org";

    @TempDir private Path folder;
    private FakeGoogle google;
    private FakeMicrosoft microsoft;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private RecordProviders recorder;

    @BeforeEach
    void start() throws Exception {
        google = FakeGoogle.start();
        google.limits().unlimited(GoogleLimit.UNITS_A_MINUTE);
        microsoft = FakeMicrosoft.start();
        microsoft.limits().unlimited(MicrosoftLimit.MESSAGES_A_MINUTE);
        microsoft.limits().set(MicrosoftLimit.SENT_AFTER_SECONDS, 0);
        recorder = recorder(Map.of());
    }

    @AfterEach
    void stop() {
        google.close();
        microsoft.close();
    }

    private RecordProviders recorder(Map<String, String> environment) {
        return new RecordProviders(
                name -> environment.getOrDefault(name, ""), new PrintStream(printed, true, UTF_8));
    }

    private String printed() {
        return printed.toString(UTF_8);
    }

    /** Google's part of the file of accounts. */
    private ObjectNode google(String... scopes) {
        var token =
                google.grants()
                        .issueRefreshToken(
                                new GoogleGrants.Grant(
                                        google.account(ANN),
                                        google.app(),
                                        GoogleScope.canonical(List.of(scopes))),
                                Optional.empty());
        var account =
                Json.object()
                        .put("client_id", google.app().clientId())
                        .put("client_secret", google.app().clientSecret())
                        .put("refresh_token", token);
        account.putObject("endpoints")
                .put("token", google.base() + "/token")
                .put("api", google.base());
        return account;
    }

    /** Microsoft's. */
    private ObjectNode microsoft(String... scopes) {
        var scope = String.join(" ", scopes);
        var grants = microsoft.grants();
        var token =
                grants.issueRefreshToken(
                        grants.signIn(
                                microsoft.account(ANN),
                                microsoft.app(),
                                MicrosoftApp.Platform.WEB,
                                MicrosoftScope.parseAll(scope).orElseThrow()));
        var account =
                Json.object()
                        .put("client_id", microsoft.app().clientId())
                        .put("client_secret", microsoft.app().clientSecret())
                        .put("refresh_token", token)
                        .put("scope", scope);
        account.putObject("endpoints")
                .put("token", microsoft.base() + "/{tenant}/oauth2/v2.0/token")
                .put("api", microsoft.base());
        return account;
    }

    private int run(String provider, ObjectNode account, String... more) throws Exception {
        var file = folder.resolve("accounts.json");
        var all = Json.object();
        all.set(provider, account);
        Files.writeString(file, all.toString());
        var arguments = new ArrayList<>(List.of("--accounts", file.toString()));
        arguments.addAll(List.of(more));
        return recorder.run(arguments);
    }

    private Finding finding(String key) {
        return recorder.findings().stream()
                .filter(each -> each.key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void everyProbeFindsTheFakeGoogleAsItIs() throws Exception {
        assertThat(run("google", google("openid", "email", "gmail.send", "gmail.readonly")))
                .isZero();
        assertThat(
                        run(
                                "google",
                                google("openid", "email", "gmail.send"),
                                "--only",
                                "json-too-large"))
                .isZero();
        assertThat(recorder.findings())
                .hasSizeGreaterThan(20)
                .allMatch(each -> each.verdict() == Verdict.SAME, "is as the fake");
    }

    @Test
    void everyProbeFindsTheFakeMicrosoftAsItIs() throws Exception {
        assertThat(
                        run(
                                "microsoft",
                                microsoft("User.Read", "Mail.Send", "Mail.ReadWrite"),
                                "--large"))
                .isZero();
        assertThat(recorder.findings())
                .hasSizeGreaterThan(25)
                .allMatch(each -> each.verdict() == Verdict.SAME, "is as the fake");
    }

    @Test
    void whatGoogleDoesOtherwiseStandsOut() throws Exception {
        google.switches().turn(GoogleSwitch.FOREIGN_THREAD_IS_404, false);
        google.switches().turn(GoogleSwitch.FINISHED_UPLOAD_ANSWERS_AGAIN, false);
        var account = google("openid", "email", "gmail.send", "gmail.metadata");
        assertThat(run("google", account)).isZero();
        assertThat(recorder.findings())
                .filteredOn(each -> each.verdict() != Verdict.SAME)
                .extracting(Finding::key, Finding::verdict)
                .containsExactly(
                        tuple("foreign-thread", Verdict.DIFFERS),
                        tuple("upload-asked-after-its-end", Verdict.DIFFERS));
        assertThat(printed()).contains("DIFFERS  google foreign-thread", "fake: 404 notFound");
    }

    @Test
    void whatMicrosoftDoesOtherwiseStandsOut() throws Exception {
        microsoft.switches().turn(MicrosoftSwitch.KEEPS_MESSAGE_ID, false);
        microsoft.switches().turn(MicrosoftSwitch.SCOPES_HAVE_PREFIX, false);
        microsoft.limits().set(MicrosoftLimit.SENT_AFTER_SECONDS, 3_600);
        var account = microsoft("User.Read", "Mail.Send", "Mail.Read");
        run("microsoft", account, "--only", "scopes-form");
        assertThat(finding("scopes-form").verdict()).isEqualTo(Verdict.DIFFERS);
        microsoft.limits().set(MicrosoftLimit.SENT_AFTER_SECONDS, 0);
        run("microsoft", account, "--only", "message-id");
        assertThat(finding("message-id").seen()).isEqualTo("replaced");
    }

    @Test
    void nobodyButTheAccountIsWrittenTo() throws Exception {
        run("google", google("openid", "email", "gmail.send", "gmail.readonly"));
        run("microsoft", microsoft("User.Read", "Mail.Send", "Mail.ReadWrite"));
        assertThat(google.accepted().of(ANN)).isGreaterThan(10);
        assertThat(google.sent(ANN))
                .allSatisfy(message -> assertThat(message.recipients()).containsOnly(ANN));
        assertThat(microsoft.sent(ANN))
                .hasSizeGreaterThan(10)
                .extracting(StoredMessage::recipients)
                .allSatisfy(to -> assertThat(to).containsOnly(ANN));
    }

    @Test
    void neitherSecretsNorAddressesArePrinted() throws Exception {
        var account = google("openid", "email", "gmail.send", "gmail.readonly");
        var file = folder.resolve("findings.json");
        run("google", account, "--json", file.toString());
        assertThat(printed() + Files.readString(file))
                .doesNotContain(
                        ANN,
                        "ann.recorder",
                        account.path("client_id").asText(),
                        account.path("client_secret").asText(),
                        account.path("refresh_token").asText(),
                        "ya29.")
                .contains("‹address›");
        assertThat(Json.parse(Files.readAllBytes(file)).orElseThrow().path("findings"))
                .hasSameSizeAs(recorder.findings());
    }

    @Test
    void whatItMayNotLookAtIsNotAsked() throws Exception {
        assertThat(run("google", google("openid", "email", "gmail.send"))).isZero();
        assertThat(finding("message-id").verdict()).isEqualTo(Verdict.NOT_ASKED);
        assertThat(printed()).contains("gmail.metadata");
        assertThat(finding("foreign-thread").verdict()).isEqualTo(Verdict.SAME);
    }

    @Test
    void anAccountThatCannotBeUsedIsSaidAndEndsWith1() throws Exception {
        var account = google("openid", "email", "gmail.send");
        google.removeAccess(ANN);
        assertThat(run("google", account)).isOne();
        assertThat(printed()).contains("can't be used", "invalid_grant");
    }

    @Test
    void withoutAnAccountItSaysWhatIsNeededAndEndsWith2() throws Exception {
        assertThat(recorder.run(List.of())).isEqualTo(2);
        assertThat(printed()).contains("POSTRIDER_RECORD_GOOGLE_REFRESH_TOKEN", "docs/recorder.md");
        assertThat(google.calls().last()).isEmpty();
    }

    @Test
    void whatIsMissingOfAnAccountIsNamed() throws Exception {
        recorder = recorder(Map.of("POSTRIDER_RECORD_MICROSOFT_CLIENT_ID", "one"));
        assertThat(recorder.run(List.of())).isEqualTo(2);
        assertThat(printed())
                .contains(
                        "POSTRIDER_RECORD_MICROSOFT_CLIENT_SECRET",
                        "POSTRIDER_RECORD_MICROSOFT_REFRESH_TOKEN")
                .doesNotContain("GOOGLE");
    }
}
