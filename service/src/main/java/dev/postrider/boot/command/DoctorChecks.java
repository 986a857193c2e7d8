package dev.postrider.boot.command;

import dev.postrider.boot.Settings;
import dev.postrider.boot.Variable;
import dev.postrider.doctor.Check;
import dev.postrider.doctor.CheckClock;
import dev.postrider.doctor.CheckDataFolder;
import dev.postrider.doctor.CheckDatabase;
import dev.postrider.doctor.CheckIssuers;
import dev.postrider.doctor.CheckMachine;
import dev.postrider.doctor.CheckMasterKey;
import dev.postrider.doctor.CheckNames;
import dev.postrider.doctor.CheckPorts;
import dev.postrider.doctor.CheckProviderApps;
import dev.postrider.doctor.CheckPublicUrl;
import dev.postrider.doctor.CheckRoot;
import dev.postrider.doctor.CheckSettings;
import dev.postrider.doctor.CheckSmtpPorts;
import dev.postrider.doctor.CheckTls;
import dev.postrider.http.PublicUrl;
import dev.postrider.outbound.guard.OutboundGuard;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.DatabaseUnusable;
import dev.postrider.postgres.ExamineServer;
import dev.postrider.postgres.ExamineServer.Examined;
import dev.postrider.postgres.ExamineServer.Schema;
import dev.postrider.postgres.connection.DatabaseUrl;
import dev.postrider.postgres.embedded.RunningServer;
import dev.postrider.vault.MasterKeySource;
import dev.postrider.vault.Vault;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What there is to look at in an installation, by its settings.
 *
 * @param unknown names in the environment that look like settings and are none
 */
record DoctorChecks(
        Function<String, Optional<String>> environment, List<CheckSettings.Unknown> unknown) {
    private static final InetSocketAddress TIME_SERVER =
            InetSocketAddress.createUnresolved("time.cloudflare.com", 123);

    private static final URI WEB_SERVER = URI.create("https://oauth2.googleapis.com/");

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Beside a node's pool: one looks who answers while calls wait for the database. */
    private static final int LOOKING = 1;

    List<Check> all() {
        var read = UsableSettings.read(environment);
        var settings = read.settings();
        var isEmbedded = settings.databaseUrl().isEmpty();
        var database = isEmbedded ? running(settings.dataDir()) : settings.databaseUrl();
        var publicUrl = settings.publicUrl().url();
        var checks = new ArrayList<Check>();
        checks.add(new CheckSettings(read.refusals(), unknown));
        checks.add(new CheckMachine(Path.of(System.getProperty("java.io.tmpdir"))));
        if (isEmbedded) {
            checks.add(new CheckRoot(System.getProperty("user.name")));
            checks.add(new CheckDataFolder(settings.dataDir(), true));
        }
        checks.add(ports(settings));
        checks.add(
                new CheckDatabase(database, isEmbedded, settings.pool().connections() + LOOKING));
        checks.add(masterKey(settings, database));
        tls(publicUrl).ifPresent(checks::add);
        checks.add(new CheckPublicUrl(publicUrl, publicUrl.map(PublicUrl::isSafe).orElse(true)));
        checks.add(new CheckClock(TIME_SERVER, WEB_SERVER, InstantSource.system()));
        checks.add(new CheckNames("smtp.gmail.com", "gmail.com"));
        checks.add(
                new CheckSmtpPorts(
                        new OutboundGuard(settings.outboundAllow()), CheckSmtpPorts.USUAL));
        checks.add(
                new CheckProviderApps(
                        settings.providers(), publicUrl, LocalDate.now(ZoneOffset.UTC)));
        checks.add(new CheckIssuers(settings.issuers()));
        return checks;
    }

    private CheckPorts ports(Settings settings) {
        var listening = settings.listening();
        return new CheckPorts(
                List.of(
                        new CheckPorts.Port(
                                Variable.HTTP_PORT.variable(),
                                listening.address(),
                                listening.port(),
                                "/openapi",
                                List.of("title: Postrider"),
                                given(Variable.TLS_CERT).isPresent()),
                        new CheckPorts.Port(
                                Variable.MANAGEMENT_PORT.variable(),
                                listening.managementHost(),
                                listening.managementPort(),
                                "/health",
                                List.of("\"loops\"", "\"version\""),
                                false)));
    }

    /** By the variables themselves: settings that can't be read have none of it. */
    private Optional<Check> tls(Optional<URI> publicUrl) {
        return given(Variable.TLS_CERT)
                .flatMap(certificate ->
                        given(Variable.TLS_KEY)
                                .map(key ->
                                        new CheckTls(
                                                Path.of(certificate),
                                                Path.of(key),
                                                publicUrl,
                                                InstantSource.system())));
    }

    private Optional<String> given(Variable variable) {
        return environment
                .apply(variable.variable())
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }

    private static CheckMasterKey masterKey(Settings settings, Optional<DatabaseUrl> database) {
        var folder = settings.dataDir();
        return new CheckMasterKey(
                settings.masterKey().source(folder),
                settings.databaseUrl().isEmpty() && Files.notExists(folder.resolve("postgres")),
                database.map(url -> key -> opens(url, key)));
    }

    /** A schema that isn't this program's is left as it is. */
    private static boolean opens(DatabaseUrl url, MasterKeySource key) {
        if (!(new ExamineServer(url, PATIENCE).examine() instanceof Examined.Reached(var facts))
                || facts.schema() != Schema.SAME) {
            return false;
        }
        try (var database = Database.at(url)) {
            Vault.requireOneThatOpens(database, key);
            return true;
        } catch (DatabaseUnusable _) {
            return false;
        }
    }

    /** The embedded server of a program that runs; what one that was killed left is none. */
    private static Optional<DatabaseUrl> running(Path folder) {
        try {
            return Optional.of(RunningServer.of(folder)).filter(DoctorChecks::isListening);
        } catch (DatabaseUnusable _) {
            return Optional.empty();
        }
    }

    private static boolean isListening(DatabaseUrl url) {
        try (var socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(url.host(), url.port()), (int) PATIENCE.toMillis());
            return true;
        } catch (IOException _) {
            return false;
        }
    }
}
