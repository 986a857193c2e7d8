package dev.postrider.identity.issuer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.audit.AuditLog;
import dev.postrider.identity.login.CheapPasswords;
import dev.postrider.identity.user.FirstUser;
import dev.postrider.postgres.Database;
import dev.postrider.vault.TestVault;
import dev.postrider.vault.Vault;
import java.net.URI;
import java.net.URLDecoder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** A program with the provider Acme and another one, and browsers that go there and come back. */
final class SignInVisits implements AutoCloseable {
    static final URI REDIRECT = URI.create("https://mail.example.com/console/sign-in/openid/acme");

    final ScriptedProvider provider = new ScriptedProvider();
    final AtomicReference<Duration> later = new AtomicReference<>(Duration.ZERO);
    final InstantSource clock = () -> Instant.now().plus(later.get());
    private final Database database;
    final Vault vault;
    String settings = "\"create_users\": true";
    String signIn = "\"client_secret\": \"s e/cret\"";
    Issuers issuers = new Issuers(List.of(), clock);

    SignInVisits(Database database) {
        this.database = database;
        this.vault = TestVault.of(database);
    }

    /** Nobody but the owner ann@example.org is there. */
    void oneOwner() {
        database.read(handle -> handle.execute("truncate workspace cascade"));
        new FirstUser(database, CheapPasswords.shared())
                .create(Optional.of("ann@example.org"), Optional.of("correct horse"));
    }

    @Override
    public void close() {
        provider.close();
    }

    /** A browser that is at the provider. */
    record Visit(String ticket, Map<String, String> asked) {
        String state() {
            return Objects.requireNonNull(asked.get("state"));
        }
    }

    void configure() {
        issuers =
                new Issuers(
                        ParseIssuers.parse(
                                """
                                [{"issuer": "%1$s", "audience": "postrider", %2$s,
                                  "sign_in": {"id": "acme", "label": "Acme", "client_id": "postrider-console", %3$s}},
                                 {"issuer": "https://other.example", "audience": "postrider",
                                  "jwks_uri": "https://other.example/keys",
                                  "sign_in": {"id": "other", "client_id": "x"}}]
                                """
                                        .formatted(provider.url(), settings, signIn)),
                        clock);
    }

    Visit begin() {
        configure();
        return visit();
    }

    Visit visit() {
        var begun =
                new BeginSignIn(issuers, vault, clock)
                        .begin("acme", REDIRECT, "/console/emails?a=b");
        assertThat(begun).isInstanceOf(BeginSignIn.Begun.Elsewhere.class);
        var elsewhere = (BeginSignIn.Begun.Elsewhere) begun;
        var asked = query(elsewhere.page());
        provider.nonce = Objects.requireNonNull(asked.get("nonce"));
        return new Visit(elsewhere.ticket(), asked);
    }

    static Map<String, String> query(URI page) {
        var query = new HashMap<String, String>();
        for (var field : page.getRawQuery().split("&", -1)) {
            var parts = field.split("=", 2);
            query.put(parts[0], URLDecoder.decode(parts[1], UTF_8));
        }
        return query;
    }

    SignInResult finish(Visit visit) {
        return finish("acme", visit.ticket(), answer(visit.state(), "the code"));
    }

    SignInResult finish(String id, String ticket, SignInAnswer answer) {
        return new FinishSignIn(
                        issuers,
                        new ExternalUsers(issuers, database),
                        database,
                        new AuditLog(database),
                        vault,
                        clock)
                .finish(id, ticket, answer, "198.51.100.7");
    }

    static SignInAnswer answer(String state, String code) {
        return new SignInAnswer(
                Optional.of(state),
                Optional.of(code),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    static SignInAnswer answerOf(String state, String iss) {
        return new SignInAnswer(
                Optional.of(state),
                Optional.of("the code"),
                Optional.of(iss),
                Optional.empty(),
                Optional.empty());
    }

    static String refused(SignInResult result) {
        assertThat(result).isInstanceOf(SignInResult.Refused.class);
        return ((SignInResult.Refused) result).sentence();
    }

    static String notNow(SignInResult result) {
        assertThat(result).isInstanceOf(SignInResult.NotNow.class);
        return ((SignInResult.NotNow) result).sentence();
    }

    static SignInResult.Done done(SignInResult result) {
        assertThat(result).isInstanceOf(SignInResult.Done.class);
        return (SignInResult.Done) result;
    }
}
