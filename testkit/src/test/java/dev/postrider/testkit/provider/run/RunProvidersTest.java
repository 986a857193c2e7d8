package dev.postrider.testkit.provider.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.testkit.provider.Client;
import dev.postrider.testkit.provider.Client.Answer;
import dev.postrider.testkit.provider.google.state.GoogleEndpoint;
import dev.postrider.testkit.provider.google.state.GoogleLimit;
import dev.postrider.testkit.provider.google.state.GoogleSwitch;
import dev.postrider.testkit.provider.http.Json;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftEndpoint;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RunProvidersTest {
    private FakeProviders fakes;
    private ControlServer control;
    private Client page;

    @BeforeAll
    void start() throws IOException {
        fakes = FakeProviders.start();
        control = new ControlServer(0, fakes);
        page = new Client(control.base());
    }

    @AfterAll
    void stop() {
        control.close();
        fakes.close();
    }

    private void post(String path, Map<String, String> fields)
            throws IOException, InterruptedException {
        assertThat(page.form(path, fields).status()).isEqualTo(303);
    }

    private String get(String path) throws IOException, InterruptedException {
        Answer answer = page.send(page.request(path));
        assertThat(answer.status()).isEqualTo(200);
        return new String(answer.response().body(), StandardCharsets.UTF_8);
    }

    @Test
    void aPersonPlaysWithForms() throws Exception {
        post("/google/accounts", Map.of("address", "ada@example.com"));
        post("/microsoft/accounts", Map.of("address", "bob@example.com"));
        assertThat(get("/")).contains("ada@example.com", "bob@example.com", fakes.google().base());
        assertThat(get("/google/mail?address=ada%40example.com")).contains("Sent");
        assertThat(page.send(page.request("/google/mail?address=eve%40x.test")).status())
                .isEqualTo(404);

        post("/google/redirect-uris", Map.of("uri", "http://127.0.0.1:1/back"));
        assertThat(fakes.google().app().mayRedirectTo("http://127.0.0.1:1/back")).isTrue();
        post("/google/switches", Map.of("name", "SENDS_ISS", "on", "false"));
        assertThat(fakes.google().switches().on(GoogleSwitch.SENDS_ISS)).isFalse();
        post("/google/limits", Map.of("name", "RECIPIENTS", "value", "7"));
        assertThat(fakes.google().limits().get(GoogleLimit.RECIPIENTS)).isEqualTo(7);
        post("/clock", Map.of("days", "7", "seconds", "5"));
        assertThat(fakes.clock().ahead()).isGreaterThan(Duration.ofDays(7));
        post("/google/limits", Map.of("name", "RECIPIENTS", "value", "<b>"));
        assertThat(page.form("/nobody/accounts", Map.of("address", "a@b.test")).status())
                .isEqualTo(404);
    }

    @Test
    void whatIsShownIsEscaped() throws Exception {
        post("/google/accounts", Map.of("address", "<b>@example.com"));
        assertThat(get("/")).contains("&lt;b&gt;@example.com").doesNotContain("<b>");
    }

    @Test
    void faultsOfTheMenuAreArmedAndMet() throws Exception {
        post("/microsoft/faults", Map.of("endpoint", "ME", "fault", "AADSTS90033", "times", "2"));
        post("/microsoft/faults", Map.of("endpoint", "ME", "fault", "HTML 502", "times", "0"));
        assertThat(fakes.microsoft().faults().armed()).hasSize(3);
        var microsoft = new Client(fakes.microsoft().base());
        assertThat(microsoft.get("/v1.0/me", "any").status()).isEqualTo(503);
        assertThat(microsoft.get("/v1.0/me", "any").status()).isEqualTo(503);
        assertThat(microsoft.get("/v1.0/me", "any").status()).isEqualTo(502);
        post("/microsoft/clear-faults", Map.of());
        assertThat(microsoft.get("/v1.0/me", "any").status()).isEqualTo(401);
        assertThat(fakes.microsoft().calls().count(MicrosoftEndpoint.ME)).isEqualTo(4);
        assertThat(get("/")).contains("ME 502 /v1.0/me");
        for (Playable provider :
                List.of(new PlayGoogle(fakes.google()), new PlayMicrosoft(fakes.microsoft()))) {
            assertThat(FaultMenu.of(provider)).hasSizeGreaterThan(40);
        }
    }

    @Test
    void theFileOfProvidersHasBothApps() {
        var file = Json.parse(fakes.providersFile().getBytes(StandardCharsets.UTF_8)).orElseThrow();
        assertThat(file.path("google").path(0).path("client_id").asText())
                .isEqualTo(fakes.google().app().clientId());
        assertThat(file.path("microsoft").path(0).path("endpoints").path("token").asText())
                .isEqualTo(fakes.microsoft().base() + "/{tenant}/oauth2/v2.0/token");
    }

    @Test
    void aProviderThatIsDownComesBackOnItsPort() throws Exception {
        var google = new Client(fakes.google().base());
        fakes.google().goDown();
        assertThatThrownBy(() -> google.get("/oauth2/v3/certs", "any"))
                .isInstanceOf(IOException.class);
        fakes.google().comeBack();
        assertThat(google.get("/oauth2/v3/certs", "any").status()).isEqualTo(200);
        assertThat(fakes.google().calls().count(GoogleEndpoint.CERTS)).isEqualTo(1);
    }

    @Test
    void theProgramSaysWhereItIsAndEndsWithItsInput() throws Exception {
        Process program =
                new ProcessBuilder(
                                ProcessHandle.current().info().command().orElseThrow(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                RunProviders.class.getName(),
                                "--product",
                                "http://127.0.0.1:8080/",
                                "ada@example.com")
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (var out =
                new BufferedReader(
                        new InputStreamReader(program.getInputStream(), StandardCharsets.UTF_8))) {
            var line = Json.parse(out.readLine().getBytes(StandardCharsets.UTF_8)).orElseThrow();
            Path file = Path.of(line.path("providers_file").asText());
            assertThat(Files.readString(file)).contains(line.path("google").asText());
            var shown = new Client(line.path("page").asText());
            Answer answer = shown.send(shown.request("/"));
            assertThat(new String(answer.response().body(), StandardCharsets.UTF_8))
                    .contains(
                            "ada@example.com",
                            "http://127.0.0.1:8080/connect/callback/google/default");
            program.getOutputStream().close();
            assertThat(program.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(program.exitValue()).isZero();
            assertThat(file).doesNotExist();
        } finally {
            program.destroyForcibly();
        }
    }

    @Test
    void argumentsThatMeanNothingAreRefused() {
        assertThatThrownBy(() -> RunArguments.parse(List.of("--what")))
                .hasMessage("\"--what\" is neither an option nor an address");
        assertThatThrownBy(() -> RunArguments.parse(List.of("--page-port")))
                .hasMessage("--page-port needs a value");
    }
}
