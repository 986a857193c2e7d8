package dev.postrider.boot;

import dev.postrider.credential.provider.ProviderApps;
import dev.postrider.email.GiveUpAfter;
import dev.postrider.email.Node;
import dev.postrider.flow.lease.LeaseDuration;
import dev.postrider.flow.settle.RetrySchedule;
import dev.postrider.http.PublicUrl;
import dev.postrider.identity.http.TrustedProxies;
import dev.postrider.identity.issuer.BadIssuers;
import dev.postrider.identity.issuer.Issuer;
import dev.postrider.identity.issuer.ParseIssuers;
import dev.postrider.mailbox.MailboxQuota;
import dev.postrider.outbound.guard.AllowedBlocks;
import dev.postrider.postgres.connection.DatabaseUrl;
import dev.postrider.postgres.connection.PoolSize;
import dev.postrider.postgres.embedded.ServerChoice;
import dev.postrider.purge.Retention;
import dev.postrider.trace.TelemetrySettings;
import dev.postrider.transport.smtp.EhloName;
import dev.postrider.vault.KmsKey;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What the environment asks for, checked once at start. The names and defaults are a fixed
 * interface: {@link Variable} declares them.
 *
 * @param databaseUrl the operator's own PostgreSQL; empty starts the embedded one
 * @param pool how many connections a node has to the operator's own PostgreSQL
 * @param postgres which server the embedded database is
 * @param masterKey the keyset that seals credentials
 * @param issuers OpenID providers whose tokens are accepted beside our own
 * @param trustedProxies addresses of proxies that may say where a request comes from
 * @param outboundAllow what may be reached beside public addresses
 * @param providers the operator's apps at Google and Microsoft
 */
public record Settings(
        ListenAddresses listening,
        Path dataDir,
        Optional<DatabaseUrl> databaseUrl,
        PoolSize pool,
        ServerChoice postgres,
        MasterKeySettings masterKey,
        Optional<String> adminEmail,
        Optional<Secret> adminPassword,
        AllowedBlocks outboundAllow,
        List<Issuer> issuers,
        PublicUrl publicUrl,
        TrustedProxies trustedProxies,
        Node node,
        LogFormat logFormat,
        RetrySchedule retries,
        GiveUpAfter giveUpAfter,
        LeaseDuration leaseTime,
        Retention keep,
        MailboxQuota mailboxes,
        EhloName ehloName,
        ProviderApps providers,
        TelemetrySettings telemetry) {

    /** RFC 5321 section 4.1.2: a domain, or an address literal. */
    private static final Pattern EHLO_NAME =
            Pattern.compile("[A-Za-z0-9.-]{1,255}|\\[[0-9A-Za-z:.]{1,60}]");

    /** How log lines look. */
    public enum LogFormat {
        TEXT,
        JSON
    }

    /** A value that never prints itself. */
    public record Secret(String value) {
        @Override
        public String toString() {
            return "(secret)";
        }
    }

    /**
     * Reads the settings.
     *
     * @param environment looks a variable up by its name
     * @throws CannotStart naming the variable, its value and what is expected
     */
    public static Settings read(Function<String, Optional<String>> environment) {
        var given = new Variables(environment);
        var httpPort = given.port(Variable.HTTP_PORT);
        var managementPort = given.port(Variable.MANAGEMENT_PORT);
        if (httpPort == managementPort && httpPort != 0) {
            throw new CannotStart(
                    "POSTRIDER_HTTP_PORT and POSTRIDER_MANAGEMENT_PORT are both "
                            + httpPort
                            + ": give them different ports.");
        }
        var node = new Node(given.text(Variable.NODE).orElseGet(Settings::hostAndProcess));
        var databaseUrl =
                given.secret(Variable.DATABASE_URL, Variable.DATABASE_URL_FILE)
                        .map(Settings::databaseUrl);
        var masterKey = masterKey(given);
        if (databaseUrl.isPresent() && !masterKey.areGiven()) {
            throw new CannotStart(
                    "POSTRIDER_DATABASE_URL is set, so POSTRIDER_MASTER_KEY_FILE (or"
                            + " POSTRIDER_MASTER_KEY) is needed too: the keyset that seals credentials,"
                            + " the same on every node. Make one with ./postrider keys create FILE.");
        }
        return new Settings(
                new ListenAddresses(
                        given.text(Variable.HTTP_HOST),
                        httpPort,
                        given.text(Variable.MANAGEMENT_HOST).orElseThrow(),
                        managementPort,
                        tls(given),
                        hsts(given)),
                given.path(Variable.DATA_DIR).orElseThrow().toAbsolutePath(),
                databaseUrl,
                poolSize(given),
                given.choice(Variable.POSTGRES, ServerChoice.class, "auto, installed or bundled"),
                masterKey,
                given.text(Variable.ADMIN_EMAIL),
                given.secret(Variable.ADMIN_PASSWORD, Variable.ADMIN_PASSWORD_FILE)
                        .map(Secret::new),
                blocks(given, Variable.OUTBOUND_ALLOW),
                issuers(given),
                new PublicUrl(given.text(Variable.PUBLIC_URL).map(Settings::publicUrl)),
                new TrustedProxies(blocks(given, Variable.TRUSTED_PROXIES)),
                node,
                given.choice(Variable.LOG_FORMAT, LogFormat.class, "text or json"),
                retries(given),
                new GiveUpAfter(given.duration(Variable.RETRY_FOR)),
                new LeaseDuration(given.duration(Variable.LEASE)),
                keep(given),
                new MailboxQuota(given.count(Variable.MAX_MAILBOXES)),
                ehloName(given),
                new ReadProviders(given).read(),
                new ReadTelemetry(given).read(node.name()));
    }

    private static EhloName ehloName(Variables given) {
        var name = given.text(Variable.EHLO_NAME).orElse("");
        if (!name.isEmpty() && !EHLO_NAME.matcher(name).matches()) {
            throw new CannotStart(
                    "POSTRIDER_EHLO_NAME is "
                            + name
                            + ": give this host's name, such as mail.example.com, or an address in"
                            + " brackets, such as [192.0.2.1].");
        }
        return new EhloName(name);
    }

    /** Those of the master key alone, for commands that need no other. */
    public static MasterKeySettings masterKey(Function<String, Optional<String>> environment) {
        return masterKey(new Variables(environment));
    }

    private static MasterKeySettings masterKey(Variables given) {
        var file = given.path(Variable.MASTER_KEY_FILE);
        var text = given.text(Variable.MASTER_KEY).map(Secret::new);
        if (file.isPresent() && text.isPresent()) {
            throw new CannotStart(
                    "POSTRIDER_MASTER_KEY_FILE and POSTRIDER_MASTER_KEY are both set: give the"
                            + " master key in one of them.");
        }
        return new MasterKeySettings(
                file, text, given.text(Variable.MASTER_KEY_KMS).map(KmsKey::new));
    }

    private static AllowedBlocks blocks(Variables given, Variable variable) {
        var blocks = given.text(variable).orElse("");
        return switch (AllowedBlocks.parse(blocks)) {
            case AllowedBlocks.Parsed.Valid(var allowed) -> allowed;
            case AllowedBlocks.Parsed.Invalid(var part) ->
                    throw new CannotStart(
                            variable.variable()
                                    + " holds \""
                                    + part
                                    + "\", which is neither an address nor a CIDR block: it looks"
                                    + " like 10.1.0.0/16,fd00::/8,127.0.0.1/32.");
        };
    }

    private static Optional<TlsFiles> tls(Variables given) {
        var certificate = given.path(Variable.TLS_CERT);
        var key = given.path(Variable.TLS_KEY);
        if (certificate.isPresent() != key.isPresent()) {
            throw new CannotStart(
                    "POSTRIDER_TLS_CERT and POSTRIDER_TLS_KEY belong together: set both, or none.");
        }
        return certificate.map(file ->
                new TlsFiles(
                        readable(Variable.TLS_CERT, file),
                        readable(Variable.TLS_KEY, key.orElseThrow())));
    }

    /** Behind a proxy it is the proxy that speaks TLS, and says for how long it will. */
    private static Optional<Duration> hsts(Variables given) {
        if (given.text(Variable.HSTS).isEmpty()) {
            return Optional.empty();
        }
        if (given.path(Variable.TLS_CERT).isEmpty()) {
            throw new CannotStart(
                    "POSTRIDER_HSTS is set, so POSTRIDER_TLS_CERT and POSTRIDER_TLS_KEY are needed too:"
                            + " behind a proxy that speaks TLS, set it there.");
        }
        return Optional.of(given.duration(Variable.HSTS));
    }

    private static Path readable(Variable variable, Path file) {
        if (!Files.isReadable(file)) {
            throw new CannotStart(
                    variable.variable() + " is \"" + file + "\", which can't be read.");
        }
        return file.toAbsolutePath();
    }

    private static RetrySchedule retries(Variables given) {
        var first = given.duration(Variable.RETRY_FIRST);
        var longest = given.duration(Variable.RETRY_LONGEST);
        if (longest.compareTo(first) < 0) {
            throw new CannotStart(
                    "POSTRIDER_RETRY_LONGEST is shorter than POSTRIDER_RETRY_FIRST: the waits"
                            + " between attempts grow from the first to the longest.");
        }
        return new RetrySchedule(first, longest);
    }

    private static Retention keep(Variables given) {
        var contents = given.duration(Variable.KEEP_CONTENT);
        var history = given.duration(Variable.KEEP_HISTORY);
        if (history.compareTo(contents) < 0) {
            throw new CannotStart(
                    "POSTRIDER_KEEP_HISTORY is shorter than POSTRIDER_KEEP_CONTENT: a message"
                            + " can't be kept longer than its history.");
        }
        var audit = given.duration(Variable.KEEP_AUDIT);
        if (audit.compareTo(Retention.LEAST_AUDIT) < 0) {
            throw new CannotStart(
                    "POSTRIDER_KEEP_AUDIT is shorter than 90d: the audit log is kept for at"
                            + " least 90 days.");
        }
        return new Retention(contents, history, audit);
    }

    private static List<Issuer> issuers(Variables given) {
        var file = given.path(Variable.OIDC_FILE);
        var issuer = given.text(Variable.OIDC_ISSUER);
        var audience = given.text(Variable.OIDC_AUDIENCE);
        var createUsers = given.flag(Variable.OIDC_CREATE_USERS);
        if (file.isPresent() && issuer.isPresent()) {
            throw new CannotStart(
                    "POSTRIDER_OIDC_FILE and POSTRIDER_OIDC_ISSUER are both set: put that issuer"
                            + " into the file.");
        }
        try {
            if (issuer.isEmpty()) {
                return file.map(ParseIssuers::from).orElse(List.of());
            }
            if (audience.isEmpty()) {
                throw new CannotStart(
                        "POSTRIDER_OIDC_ISSUER is set, so POSTRIDER_OIDC_AUDIENCE is needed too:"
                                + " the aud claim of its tokens for this server.");
            }
            var usual = ParseIssuers.usual(issuer.get(), audience.get(), createUsers);
            return List.of(
                    given.text(Variable.OIDC_CLIENT_ID)
                            .map(client ->
                                    usual.with(
                                            ParseIssuers.usualSignIn(
                                                    issuer.get(),
                                                    client,
                                                    given.text(Variable.OIDC_CLIENT_SECRET),
                                                    given.text(Variable.OIDC_LABEL))))
                            .orElse(usual));
        } catch (BadIssuers e) {
            throw new CannotStart("The OpenID settings can't be used. " + e.getMessage());
        }
    }

    private static PoolSize poolSize(Variables given) {
        var text = given.text(Variable.DATABASE_POOL).orElse("");
        return PoolSize.parse(text)
                .orElseThrow(() ->
                        new CannotStart(
                                Variable.DATABASE_POOL.variable()
                                        + " is \""
                                        + text
                                        + "\": give a number of connections, 4 to 500."));
    }

    private static DatabaseUrl databaseUrl(String url) {
        return switch (DatabaseUrl.parse(url)) {
            case DatabaseUrl.Parsed.Valid(var valid) -> valid;
            case DatabaseUrl.Parsed.Invalid(var reason) ->
                    throw new CannotStart(
                            "POSTRIDER_DATABASE_URL "
                                    + reason
                                    + "; it looks like"
                                    + " postgresql://user:password@host:5432/database.");
        };
    }

    private static URI publicUrl(String text) {
        return PublicUrl.parse(text)
                .orElseThrow(() ->
                        new CannotStart(
                                "POSTRIDER_PUBLIC_URL is \""
                                        + text
                                        + "\": give the API's URL as clients see it, such as"
                                        + " https://mail.example.com."));
    }

    private static String hostAndProcess() {
        String host;
        try {
            host = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException _) {
            host = "localhost";
        }
        return host + "-" + ProcessHandle.current().pid();
    }
}
