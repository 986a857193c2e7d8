package dev.postrider.boot;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.boot.Settings.LogFormat;
import dev.postrider.boot.Settings.Secret;
import dev.postrider.credential.provider.Provider;
import dev.postrider.credential.provider.ProviderApps;
import dev.postrider.credential.provider.settings.ParseProviders;
import dev.postrider.email.GiveUpAfter;
import dev.postrider.email.Node;
import dev.postrider.flow.lease.LeaseDuration;
import dev.postrider.flow.settle.RetrySchedule;
import dev.postrider.http.PublicUrl;
import dev.postrider.identity.http.TrustedProxies;
import dev.postrider.identity.issuer.ParseIssuers;
import dev.postrider.mailbox.MailboxQuota;
import dev.postrider.outbound.guard.AllowedBlocks;
import dev.postrider.postgres.connection.DatabaseUrl;
import dev.postrider.postgres.connection.PoolSize;
import dev.postrider.postgres.embedded.ServerChoice;
import dev.postrider.purge.Retention;
import dev.postrider.rig.Loopback;
import dev.postrider.transport.smtp.EhloName;
import dev.postrider.vault.KeysetForm;
import dev.postrider.vault.KmsKey;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The names and defaults that docs/settings.md promises. */
final class SettingsTest {
    private static final String KMS = "hcvault://vault.example.com:8200/transit/keys/postrider";

    private static final Map<String, String> ALL =
            Map.ofEntries(
                    entry("POSTRIDER_HTTP_PORT", "8081"),
                    entry("POSTRIDER_MANAGEMENT_PORT", "9001"),
                    entry("POSTRIDER_HTTP_HOST", "10.0.0.7"),
                    entry("POSTRIDER_MANAGEMENT_HOST", "10.0.0.8"),
                    // files that are there
                    entry("POSTRIDER_TLS_CERT", "pom.xml"),
                    entry("POSTRIDER_TLS_KEY", "pom.xml"),
                    entry("POSTRIDER_HSTS", "365d"),
                    entry("POSTRIDER_DATA_DIR", "/var/lib/postrider"),
                    entry(
                            "POSTRIDER_DATABASE_URL",
                            "postgresql://rider:se%40cret@db.example.com:5433/post"),
                    entry("POSTRIDER_DATABASE_POOL", "24"),
                    entry("POSTRIDER_POSTGRES", "installed"),
                    entry("POSTRIDER_MASTER_KEY_FILE", "/etc/postrider/key.json"),
                    entry("POSTRIDER_MASTER_KEY_KMS", KMS),
                    entry("POSTRIDER_ADMIN_EMAIL", "ada@example.com"),
                    entry("POSTRIDER_ADMIN_PASSWORD", "analytical engine"),
                    entry("POSTRIDER_OUTBOUND_ALLOW", "10.1.0.0/16,127.0.0.1/32"),
                    entry("POSTRIDER_OIDC_ISSUER", "https://login.example.com"),
                    entry("POSTRIDER_OIDC_AUDIENCE", "postrider"),
                    entry("POSTRIDER_OIDC_CREATE_USERS", "true"),
                    entry("POSTRIDER_OIDC_CLIENT_ID", "postrider-console"),
                    entry("POSTRIDER_OIDC_CLIENT_SECRET", "difference engine"),
                    entry("POSTRIDER_OIDC_LABEL", "Acme"),
                    entry("POSTRIDER_GOOGLE_CLIENT_ID", "postrider.apps.googleusercontent.com"),
                    entry("POSTRIDER_GOOGLE_CLIENT_SECRET", "difference engine"),
                    entry("POSTRIDER_GOOGLE_SECRET_EXPIRES", "2027-01-31"),
                    entry("POSTRIDER_MICROSOFT_CLIENT_ID", "6731de76-14a6-49ae-97bc-6eba6914391e"),
                    entry("POSTRIDER_MICROSOFT_CLIENT_SECRET", "difference engine"),
                    entry("POSTRIDER_MICROSOFT_SECRET_EXPIRES", "2027-02-28"),
                    entry("POSTRIDER_MICROSOFT_TENANT", "example.com"),
                    entry("POSTRIDER_PUBLIC_URL", "https://mail.example.com"),
                    entry("POSTRIDER_TRUSTED_PROXIES", "10.0.0.1, 10.0.0.2"),
                    entry("POSTRIDER_NODE", "node-7"),
                    entry("POSTRIDER_LOG_FORMAT", "json"),
                    entry("POSTRIDER_RETRY_FIRST", "30s"),
                    entry("POSTRIDER_RETRY_LONGEST", "2h"),
                    entry("POSTRIDER_RETRY_FOR", "5d"),
                    entry("POSTRIDER_LEASE", "45s"),
                    entry("POSTRIDER_KEEP_CONTENT", "2d"),
                    entry("POSTRIDER_KEEP_HISTORY", "90d"),
                    entry("POSTRIDER_KEEP_AUDIT", "400d"),
                    entry("POSTRIDER_MAX_MAILBOXES", "50"),
                    entry("POSTRIDER_EHLO_NAME", "mail.example.com"),
                    entry("POSTRIDER_OTLP_ENDPOINT", "http://127.0.0.1:4318"),
                    entry("POSTRIDER_TRACE_SHARE", "0.05"));

    /** Instead of the issuer, of the master key's file, of the client secret; and more apps. */
    private static final List<String> OTHERS =
            List.of(
                    "POSTRIDER_OIDC_FILE",
                    "POSTRIDER_MASTER_KEY",
                    "POSTRIDER_DATABASE_URL_FILE",
                    "POSTRIDER_ADMIN_PASSWORD_FILE",
                    "POSTRIDER_MICROSOFT_CERTIFICATE",
                    "POSTRIDER_PROVIDERS_FILE");

    /** Read when a command needs it, and by nobody else. */
    private static final List<String> OF_COMMANDS = List.of("POSTRIDER_BACKUP_PASSPHRASE");

    @Test
    void withoutAnyVariableTheDefaultsHold() {
        var settings = read(Map.of());

        assertThat(settings.listening().port()).isEqualTo(8080);
        assertThat(settings.listening().managementPort()).isEqualTo(9000);
        assertThat(settings.dataDir()).isEqualTo(Path.of("postrider-data").toAbsolutePath());
        assertThat(settings.databaseUrl()).isEmpty();
        assertThat(settings.pool()).isEqualTo(PoolSize.USUAL);
        assertThat(settings.postgres()).isEqualTo(ServerChoice.AUTO);
        assertThat(settings.masterKey().areGiven()).isFalse();
        assertThat(settings.masterKey().form()).isEqualTo(KeysetForm.CLEAR);
        assertThat(settings.adminEmail()).isEmpty();
        assertThat(settings.adminPassword()).isEmpty();
        assertThat(settings.outboundAllow()).isEqualTo(AllowedBlocks.NONE);
        assertThat(settings.node().name()).endsWith("-" + ProcessHandle.current().pid());
        assertThat(settings.logFormat()).isEqualTo(LogFormat.TEXT);
        assertThat(settings.ehloName()).isEqualTo(EhloName.LITERAL);
    }

    @Test
    void eachVariableSetsItsOwn() {
        assertThat(read(ALL))
                .isEqualTo(
                        new Settings(
                                new ListenAddresses(
                                        Optional.of("10.0.0.7"),
                                        8081,
                                        "10.0.0.8",
                                        9001,
                                        Optional.of(
                                                new TlsFiles(
                                                        Path.of("pom.xml").toAbsolutePath(),
                                                        Path.of("pom.xml").toAbsolutePath())),
                                        Optional.of(Duration.ofDays(365))),
                                Path.of("/var/lib/postrider"),
                                Optional.of(
                                        new DatabaseUrl(
                                                "db.example.com",
                                                5433,
                                                "post",
                                                "rider",
                                                "se@cret",
                                                "")),
                                new PoolSize(24),
                                ServerChoice.INSTALLED,
                                new MasterKeySettings(
                                        Optional.of(Path.of("/etc/postrider/key.json")),
                                        Optional.empty(),
                                        Optional.of(new KmsKey(KMS))),
                                Optional.of("ada@example.com"),
                                Optional.of(new Secret("analytical engine")),
                                Loopback.blocks("10.1.0.0/16,127.0.0.1/32"),
                                List.of(
                                        ParseIssuers.usual(
                                                        "https://login.example.com",
                                                        "postrider",
                                                        true)
                                                .with(
                                                        ParseIssuers.usualSignIn(
                                                                "https://login.example.com",
                                                                "postrider-console",
                                                                Optional.of("difference engine"),
                                                                Optional.of("Acme")))),
                                new PublicUrl(Optional.of(URI.create("https://mail.example.com"))),
                                new TrustedProxies(Loopback.blocks("10.0.0.1,10.0.0.2")),
                                new Node("node-7"),
                                LogFormat.JSON,
                                new RetrySchedule(Duration.ofSeconds(30), Duration.ofHours(2)),
                                new GiveUpAfter(Duration.ofDays(5)),
                                new LeaseDuration(Duration.ofSeconds(45)),
                                new Retention(
                                        Duration.ofDays(2),
                                        Duration.ofDays(90),
                                        Duration.ofDays(400)),
                                new MailboxQuota(50),
                                new EhloName("mail.example.com"),
                                apps(),
                                new ReadTelemetry(
                                                new Variables(
                                                        name -> Optional.ofNullable(ALL.get(name))))
                                        .read("node-7")));
    }

    private static ProviderApps apps() {
        return ParseProviders.from(
                Map.of(
                        Provider.GOOGLE,
                        Map.of(
                                "client_id",
                                "postrider.apps.googleusercontent.com",
                                "client_secret",
                                "difference engine",
                                "secret_expires",
                                "2027-01-31"),
                        Provider.MICROSOFT,
                        Map.of(
                                "client_id",
                                "6731de76-14a6-49ae-97bc-6eba6914391e",
                                "client_secret",
                                "difference engine",
                                "secret_expires",
                                "2027-02-28",
                                "tenant",
                                "example.com")),
                Optional.empty());
    }

    @Test
    void eachDeclaredVariableIsRead() {
        var asked = new HashSet<String>();
        Settings.read(name -> {
            asked.add(name);
            return Optional.ofNullable(ALL.get(name));
        });

        var known = new HashSet<>(ALL.keySet());
        known.addAll(OTHERS);
        asked.removeIf(name -> name.startsWith("OTEL_"));
        assertThat(asked).isEqualTo(known);
        asked.addAll(OF_COMMANDS);
        assertThat(Variable.values())
                .extracting(Variable::variable)
                .containsExactlyInAnyOrderElementsOf(asked);
    }

    @Test
    void anEmptyVariableIsAsGoodAsNone() {
        var blank = new HashMap<String, String>();
        ALL.keySet().forEach(name -> blank.put(name, "  "));
        assertThat(read(blank)).isEqualTo(read(Map.of()));
    }

    @Test
    void nothingIsReachedFromElsewhereUnlessItIsAskedForOrSpeaksTls() {
        var bare = read(Map.of()).listening();
        assertThat(bare.address()).isEqualTo("127.0.0.1");
        assertThat(bare.managementHost()).isEqualTo("127.0.0.1");
        assertThat(bare.isInTheClear()).isFalse();

        var open = read(Map.of("POSTRIDER_HTTP_HOST", "0.0.0.0")).listening();
        assertThat(open.address()).isEqualTo("0.0.0.0");
        assertThat(open.isInTheClear()).isTrue();

        var tls =
                read(Map.of("POSTRIDER_TLS_CERT", "pom.xml", "POSTRIDER_TLS_KEY", "pom.xml"))
                        .listening();
        assertThat(tls.address()).isEqualTo("0.0.0.0");
        assertThat(tls.isInTheClear()).isFalse();
        assertThat(tls.properties())
                .containsEntry("quarkus.http.insecure-requests", "disabled")
                .containsEntry("quarkus.tls.postrider.protocols", "TLSv1.3,TLSv1.2")
                .containsEntry("quarkus.http.ssl-port", "8080");
    }

    @Test
    void aCertificateWithoutItsKeyIsSaid() {
        assertRefused(
                "POSTRIDER_TLS_CERT",
                "pom.xml",
                "POSTRIDER_TLS_CERT and POSTRIDER_TLS_KEY belong together: set both, or none.");
    }

    @Test
    void browsersAreKeptToTlsWhereItIsSpokenHere() {
        assertRefused(
                "POSTRIDER_HSTS",
                "365d",
                "POSTRIDER_HSTS is set, so POSTRIDER_TLS_CERT and POSTRIDER_TLS_KEY are needed too:"
                        + " behind a proxy that speaks TLS, set it there.");
        var asked =
                Map.of(
                        "POSTRIDER_HSTS", "365d",
                        "POSTRIDER_TLS_CERT", "pom.xml",
                        "POSTRIDER_TLS_KEY", "pom.xml");

        assertThat(read(asked).listening().properties())
                .containsEntry(
                        "quarkus.http.header.\"Strict-Transport-Security\".value",
                        "max-age=31536000");
    }

    @Test
    void aMasterKeyIsGivenInOnePlace() {
        var both = new HashMap<>(ALL);
        both.put("POSTRIDER_MASTER_KEY", "{}");
        assertThatThrownBy(() -> read(both))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("are both set");
        assertThat(read(Map.of("POSTRIDER_MASTER_KEY", "{\"key\":1}")).toString())
                .doesNotContain("key\"");
    }

    @Test
    void aSecretMayBeInAFile(@TempDir Path folder) throws Exception {
        var password = Files.writeString(folder.resolve("password"), "analytical engine\n");
        var name = "POSTRIDER_ADMIN_PASSWORD_FILE";

        assertThat(read(Map.of(name, password.toString())).adminPassword())
                .contains(new Secret("analytical engine"));
        assertRefused(
                name,
                folder + "/none",
                name + " is \"" + folder + "/none\", which can't be read as text.");
        Files.writeString(password, "\n");
        assertRefused(
                name, password.toString(), name + " is \"" + password + "\", which is empty.");
        assertThatThrownBy(() ->
                        read(
                                Map.of(
                                        name,
                                        password.toString(),
                                        "POSTRIDER_ADMIN_PASSWORD",
                                        "other")))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("are both set");
    }

    @Test
    void secretsNeverPrintThemselves() {
        assertThat(read(ALL).toString())
                .doesNotContain("analytical")
                .doesNotContain("difference")
                .doesNotContain("cret@");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POSTRIDER_HTTP_PORT       | http   | POSTRIDER_HTTP_PORT is \"http\": give a port"
                        + " from 0 (any free one) to 65535.",
                "POSTRIDER_HTTP_PORT       | 65536  | POSTRIDER_HTTP_PORT is \"65536\": give a port"
                        + " from 0 (any free one) to 65535.",
                "POSTRIDER_HTTP_PORT       | -1     | POSTRIDER_HTTP_PORT is \"-1\": give a port"
                        + " from 0 (any free one) to 65535.",
                "POSTRIDER_HTTP_PORT       | 8 080  | POSTRIDER_HTTP_PORT is \"8 080\": give a port"
                        + " from 0 (any free one) to 65535.",
                "POSTRIDER_HTTP_PORT       | ٨٠٨٠   | POSTRIDER_HTTP_PORT is \"٨٠٨٠\": give a port"
                        + " from 0 (any free one) to 65535.",
                "POSTRIDER_MANAGEMENT_PORT | 999999 | POSTRIDER_MANAGEMENT_PORT is \"999999\": give"
                        + " a port from 0 (any free one) to 65535.",
                "POSTRIDER_MANAGEMENT_PORT | 8080   | POSTRIDER_HTTP_PORT and"
                        + " POSTRIDER_MANAGEMENT_PORT are both 8080: give them different ports.",
                "POSTRIDER_PUBLIC_URL      | mail.example.com | POSTRIDER_PUBLIC_URL is"
                        + " \"mail.example.com\": give the API's URL as clients see it, such as"
                        + " https://mail.example.com.",
                "POSTRIDER_PUBLIC_URL      | https://m.example/?a | POSTRIDER_PUBLIC_URL is"
                        + " \"https://m.example/?a\": give the API's URL as clients see it, such as"
                        + " https://mail.example.com.",
                "POSTRIDER_GOOGLE_CLIENT_ID | me | The apps at Google and Microsoft can't be used."
                        + " POSTRIDER_GOOGLE_CLIENT_SECRET is missing.",
                "POSTRIDER_MICROSOFT_CLIENT_ID | me | The apps at Google and Microsoft can't be"
                        + " used. POSTRIDER_MICROSOFT_CLIENT_SECRET is missing (or a certificate).",
                "POSTRIDER_MICROSOFT_TENANT | example.com | The apps at Google and Microsoft can't"
                        + " be used. POSTRIDER_MICROSOFT_CLIENT_SECRET is missing (or a certificate).",
                "POSTRIDER_GOOGLE_SECRET_EXPIRES | soon | The apps at Google and Microsoft can't be"
                        + " used. POSTRIDER_GOOGLE_CLIENT_SECRET is missing.",
                "POSTRIDER_PROVIDERS_FILE  | /no/such/file | The apps at Google and Microsoft can't"
                        + " be used. The file \"/no/such/file\" can't be read.",
                "POSTRIDER_POSTGRES        | mine   | POSTRIDER_POSTGRES is \"mine\": give auto,"
                        + " installed or bundled.",
                "POSTRIDER_DATABASE_POOL   | 3      | POSTRIDER_DATABASE_POOL is \"3\": give a"
                        + " number of connections, 4 to 500.",
                "POSTRIDER_DATABASE_POOL   | 9999   | POSTRIDER_DATABASE_POOL is \"9999\": give a"
                        + " number of connections, 4 to 500.",
                "POSTRIDER_LOG_FORMAT      | xml    | POSTRIDER_LOG_FORMAT is \"xml\": give text or"
                        + " json.",
                "POSTRIDER_DATABASE_URL    | mysql://u:p@h/d | POSTRIDER_DATABASE_URL does not"
                        + " start with postgresql://; it looks like"
                        + " postgresql://user:password@host:5432/database.",
                "POSTRIDER_DATABASE_URL    | postgresql://u:p@h/d | POSTRIDER_DATABASE_URL is set,"
                        + " so POSTRIDER_MASTER_KEY_FILE (or POSTRIDER_MASTER_KEY) is needed too: the"
                        + " keyset that seals credentials, the same on every node. Make one with"
                        + " ./postrider keys create FILE."
            })
    void aValueThatCannotBeUsedIsSaid(String name, String value, String message) {
        assertRefused(name, value, message);
    }

    @Test
    void aPathThatIsNoneIsSaid() {
        assertThatThrownBy(() -> read(Map.of("POSTRIDER_DATA_DIR", "a\0b")))
                .isInstanceOf(CannotStart.class)
                .hasMessageStartingWith("POSTRIDER_DATA_DIR is not a path: ");
    }

    @Test
    void aUrlThatCannotBeReadDoesNotShowItsPassword() {
        assertThatThrownBy(() -> read(Map.of("POSTRIDER_DATABASE_URL", "postgresql://u:p%q@h/d")))
                .isInstanceOf(CannotStart.class)
                .hasMessageNotContaining("p%q")
                .hasMessageContaining("percent-encode");
    }

    @Test
    void twoFreePortsAreNotTheSame() {
        var settings = read(Map.of("POSTRIDER_HTTP_PORT", "0", "POSTRIDER_MANAGEMENT_PORT", "0"));
        assertThat(settings.listening().port()).isZero();
    }

    private static void assertRefused(String name, String value, String message) {
        assertThatThrownBy(() -> read(Map.of(name, value)))
                .isInstanceOf(CannotStart.class)
                .hasMessage(message);
    }

    private static Settings read(Map<String, String> environment) {
        return Settings.read(name -> Optional.ofNullable(environment.get(name)));
    }
}
