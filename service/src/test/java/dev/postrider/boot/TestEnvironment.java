package dev.postrider.boot;

import dev.postrider.postgres.FreshDatabase;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.rig.TlsFront;
import dev.postrider.vault.MasterKeyFile;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.OAuth2Config;

/**
 * The environment that the program under every {@code @QuarkusTest} starts in: a data folder that
 * is fresh each run, a first user whom the tests know, ports that are free. With {@code
 * POSTRIDER_TEST_DATABASE_URL} set it runs on a fresh database of that server instead of the
 * embedded one.
 */
@QuarkusTestResource(TestEnvironment.class)
public final class TestEnvironment implements QuarkusTestResourceLifecycleManager {
    public static final String ADMIN_EMAIL = "Admin@Example.com";
    public static final String ADMIN_PASSWORD = "correct horse battery staple";

    /** An argument: the environment doesn't say where clients reach the program. */
    public static final String WITHOUT_PUBLIC_URL = "without-public-url";

    private boolean hasPublicUrl = true;

    /** A company's own sign-in, beside ours. */
    private final MockOAuth2Server provider =
            new MockOAuth2Server(OAuth2Config.Companion.fromJson("{\"interactiveLogin\": true}"));

    /** What browsers see of the program. */
    private final TlsFront front = new TlsFront();

    private Optional<FreshDatabase> external = Optional.empty();

    @Override
    public void init(Map<String, String> arguments) {
        hasPublicUrl = !arguments.containsKey(WITHOUT_PUBLIC_URL);
    }

    @Override
    public Map<String, String> start() {
        external = TestDatabase.external().map(FreshDatabase::on);
        var folder = fresh(Path.of("target", folderName()).toAbsolutePath());
        var environment = new HashMap<String, String>();
        environment.put("POSTRIDER_DATA_DIR", folder.toString());
        environment.put("POSTRIDER_POSTGRES", "bundled");
        environment.put("POSTRIDER_ADMIN_EMAIL", ADMIN_EMAIL);
        environment.put("POSTRIDER_ADMIN_PASSWORD", ADMIN_PASSWORD);
        environment.put("POSTRIDER_OUTBOUND_ALLOW", "127.0.0.0/8,::1");
        // so the tests stand where a proxy would
        environment.put("POSTRIDER_TRUSTED_PROXIES", "127.0.0.1,::1");
        if (hasPublicUrl) {
            environment.put("POSTRIDER_PUBLIC_URL", front.url());
        }
        provider.start();
        environment.put("POSTRIDER_OIDC_ISSUER", provider.issuerUrl("acme").toString());
        environment.put("POSTRIDER_OIDC_AUDIENCE", "postrider");
        environment.put("POSTRIDER_OIDC_CREATE_USERS", "true");
        environment.put("POSTRIDER_OIDC_CLIENT_ID", "postrider-console");
        environment.put("POSTRIDER_OIDC_CLIENT_SECRET", "a secret of the console's");
        environment.put("POSTRIDER_OIDC_LABEL", "Acme's own sign-in");
        external.ifPresent(database -> {
            var key = new MasterKeyFile(folder.resolve("master-key.json"));
            key.create();
            environment.put("POSTRIDER_MASTER_KEY_FILE", key.path().toString());
            environment.put("POSTRIDER_DATABASE_URL", database.text());
        });
        return environment;
    }

    @Override
    public void stop() {
        external.ifPresent(FreshDatabase::close);
        provider.shutdown();
        front.close();
    }

    /**
     * Several test runs may be under way: one on each kind of database, and each lane of a check.
     */
    private String folderName() {
        var name = external.isPresent() ? "test-data-own" : "test-data";
        return Optional.ofNullable(System.getProperty("postrider.test.lane"))
                .map(lane -> name + "-" + lane)
                .orElse(name);
    }

    private static Path fresh(Path folder) {
        try {
            if (Files.exists(folder)) {
                try (var files = Files.walk(folder)) {
                    for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(file);
                    }
                }
            }
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
