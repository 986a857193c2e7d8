package dev.postrider.boot;

import java.util.Arrays;
import java.util.Optional;

/**
 * Each environment variable that is a setting, declared here and nowhere else: what reads settings,
 * {@code ./postrider settings} and {@code docs/settings.md} have it from here.
 */
public enum Variable {
    HTTP_PORT(Group.LISTENING, "the API and the console", "8080", "8443"),
    HTTP_HOST(
            Group.LISTENING,
            "the address that the API listens on ([tls.md](tls.md))",
            Absent.says("`127.0.0.1`; with TLS all"),
            "0.0.0.0"),
    TLS_CERT(
            Group.LISTENING,
            "the certificate, with its chain, as a PEM file that is read again when it changes: the"
                    + " API speaks TLS then",
            Absent.NONE,
            "/etc/postrider/tls.crt"),
    TLS_KEY(Group.LISTENING, "its key, as a PEM file", Absent.NONE, "/etc/postrider/tls.key"),
    HSTS(
            Group.LISTENING,
            "for how long browsers shall come by TLS alone (RFC 6797), where the program speaks it"
                    + " itself",
            Absent.NONE,
            "365d"),
    MANAGEMENT_HOST(
            Group.LISTENING,
            "the address of `/metrics` and `/health`, which need no login",
            "127.0.0.1",
            "10.0.0.7"),
    MANAGEMENT_PORT(Group.LISTENING, "`/metrics`, `/health`", "9000", "9001"),
    PUBLIC_URL(
            Group.LISTENING,
            "where clients reach the API, for the URLs in answers; [connect links](connect.md) need"
                    + " it",
            Absent.says("where the request went"),
            "https://mail.example.com"),
    TRUSTED_PROXIES(
            Group.LISTENING,
            "addresses or CIDR blocks of reverse proxies whose `X-Forwarded-For` and"
                    + " `X-Forwarded-Proto` count",
            Absent.NONE,
            "10.0.0.1,10.1.0.0/16"),
    DATA_DIR(
            Group.DATA,
            "the embedded database and generated keys",
            "postrider-data",
            "/var/lib/postrider"),
    POSTGRES(
            Group.DATA,
            "whose server the embedded database is: `installed` (the distribution's, 15 to 18),"
                    + " `bundled` (the one that Postrider brings), `auto`: the installed one if there"
                    + " is one that fits",
            "auto",
            "bundled"),
    DATABASE_URL(
            Group.DATA,
            "your own PostgreSQL 15 or newer; several hosts with commas between, of which the"
                    + " primary is taken ([high-availability.md](high-availability.md))",
            Absent.says("embedded"),
            "postgresql://user:password@host:5432/db",
            true),
    DATABASE_URL_FILE(
            Group.DATA,
            "a file that holds it instead, as secrets are mounted into containers",
            Absent.NONE,
            "/run/secrets/database-url"),
    DATABASE_POOL(Group.DATA, "connections that a node has to it at most, 4 to 500", "16", "32"),
    MASTER_KEY_FILE(
            Group.DATA,
            "the keyset that seals credentials; needed with your own database (`./postrider keys"
                    + " create FILE`)",
            Absent.says("generated in the data folder"),
            "/etc/postrider/master-key.json"),
    MASTER_KEY(
            Group.DATA,
            "the keyset itself, or its base64, instead of its file",
            Absent.NONE,
            "eyJwcmltYXJ5...",
            true),
    MASTER_KEY_KMS(
            Group.DATA,
            "the key of Vault's transit engine that encrypts the keyset"
                    + " ([security.md](security.md#the-master-key))",
            Absent.NONE,
            "hcvault://vault.example.com/transit/keys/postrider"),
    BACKUP_PASSPHRASE(
            Group.DATA,
            "what `./postrider backup --encrypt`, `backup --verify` and `restore` take instead of"
                    + " asking ([backup.md](backup.md))",
            Absent.says("asked for"),
            "correct horse battery staple",
            true),
    ADMIN_EMAIL(
            Group.PEOPLE,
            "the first user, created when there is none",
            Absent.says("generated, printed once"),
            "ada@example.com"),
    ADMIN_PASSWORD(
            Group.PEOPLE,
            "the first user's password",
            Absent.says("generated, printed once"),
            "analytical engine",
            true),
    ADMIN_PASSWORD_FILE(
            Group.PEOPLE,
            "a file that holds it instead",
            Absent.NONE,
            "/run/secrets/admin-password"),
    OIDC_ISSUER(
            Group.PEOPLE,
            "your own sign-in: an OpenID provider whose tokens are accepted too"
                    + " ([identity.md](identity.md))",
            Absent.NONE,
            "https://login.example.com"),
    OIDC_AUDIENCE(
            Group.PEOPLE,
            "the `aud` claim of its tokens for this server",
            Absent.NONE,
            "postrider"),
    OIDC_CREATE_USERS(
            Group.PEOPLE,
            "whether people whom it vouches for become users at their first request",
            "false",
            "true"),
    OIDC_CLIENT_ID(
            Group.PEOPLE, "people sign in to the console there", Absent.NONE, "postrider-console"),
    OIDC_CLIENT_SECRET(
            Group.PEOPLE, "the console's secret there", Absent.NONE, "difference engine", true),
    OIDC_LABEL(Group.PEOPLE, "what the console's button calls it", Absent.says("its host"), "Acme"),
    OIDC_FILE(
            Group.PEOPLE,
            "several providers, or all their settings, as JSON",
            Absent.NONE,
            "/etc/postrider/issuers.json"),
    GOOGLE_CLIENT_ID(
            Group.MAILBOXES,
            "your app at Google, by whose name users connect Gmail mailboxes"
                    + " ([providers.md](providers.md))",
            Absent.NONE,
            "1234.apps.googleusercontent.com"),
    GOOGLE_CLIENT_SECRET(Group.MAILBOXES, "its secret", Absent.NONE, "GOCSPX-...", true),
    GOOGLE_SECRET_EXPIRES(
            Group.MAILBOXES, "when that ends, to be warned before", Absent.NONE, "2027-01-31"),
    MICROSOFT_CLIENT_ID(
            Group.MAILBOXES,
            "your app at Microsoft, the same for Microsoft 365",
            Absent.NONE,
            "6731de76-14a6-49ae-97bc-6eba6914391e"),
    MICROSOFT_CLIENT_SECRET(Group.MAILBOXES, "its secret", Absent.NONE, "abc8Q~...", true),
    MICROSOFT_SECRET_EXPIRES(
            Group.MAILBOXES, "when that ends, to be warned before", Absent.NONE, "2027-01-31"),
    MICROSOFT_TENANT(
            Group.MAILBOXES, "whose accounts may consent", Absent.says("`common`"), "example.com"),
    MICROSOFT_CERTIFICATE(
            Group.MAILBOXES,
            "a PEM file with private key and certificate, instead of the client secret",
            Absent.NONE,
            "/etc/postrider/microsoft.pem"),
    PROVIDERS_FILE(
            Group.MAILBOXES,
            "more apps, service accounts, other endpoints and scopes, as JSON",
            Absent.NONE,
            "/etc/postrider/providers.json"),
    MAX_MAILBOXES(Group.MAILBOXES, "how many mailboxes a workspace may connect", "10000", "500"),
    OUTBOUND_ALLOW(
            Group.SENDING,
            "CIDR blocks that mailboxes may reach beside public addresses",
            Absent.NONE,
            "10.1.0.0/16,127.0.0.1/32"),
    EHLO_NAME(
            Group.SENDING,
            "what this program calls itself to mail servers: its host name, or an address in"
                    + " brackets",
            Absent.says("the address that a connection comes from"),
            "mail.example.com"),
    RETRY_FIRST(
            Group.SENDING,
            "the waits between attempts double from this one on, each drawn by chance",
            "1m",
            "30s"),
    RETRY_LONGEST(Group.SENDING, "the longest of these waits", "4h", "1h"),
    RETRY_FOR(Group.SENDING, "how long an email that can't be sent is tried", "3d", "1d"),
    NODE(Group.RUNNING, "this node's name", Absent.says("host and process"), "node-1"),
    LEASE(
            Group.RUNNING,
            "how long the mailboxes of a node that died wait for another",
            "30s",
            "1m"),
    KEEP_CONTENT(Group.RUNNING, "how long the message of a finished email is kept", "7d", "1d"),
    KEEP_HISTORY(
            Group.RUNNING,
            "how long what became of an email is kept, and events for webhooks (a week at least)",
            "30d",
            "90d"),
    KEEP_AUDIT(
            Group.RUNNING,
            "how long entries of the audit log are kept, `90d` at least",
            "730d",
            "365d"),
    LOG_FORMAT(Group.RUNNING, "`text` or `json`", "text", "json"),
    OTLP_ENDPOINT(
            Group.RUNNING,
            "where an OpenTelemetry collector takes traces and logs, by OTLP over HTTP"
                    + " ([tracing.md](tracing.md)); `OTEL_EXPORTER_OTLP_ENDPOINT` counts too",
            Absent.says("nothing is exported"),
            "http://127.0.0.1:4318"),
    TRACE_SHARE(
            Group.RUNNING,
            "which share of emails is traced, from 0 to 1; `OTEL_TRACES_SAMPLER` counts too",
            Absent.says("all"),
            "0.05");

    /** What a setting is about, in the order of the table. */
    public enum Group {
        LISTENING("Listening"),
        DATA("Data and keys"),
        PEOPLE("People"),
        MAILBOXES("Mailboxes and providers"),
        SENDING("Sending"),
        RUNNING("Running");

        private final String title;

        Group(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }
    }

    /** What holds for a setting that isn't given and has no value of its own then. */
    private record Absent(String words) {
        static final Absent NONE = new Absent("none");

        static Absent says(String words) {
            return new Absent(words);
        }
    }

    private static final String PREFIX = "POSTRIDER_";

    /** The part of the version that all of them came with. */
    private static final String FIRST_VERSION = "0.1";

    private final Group group;
    private final String meaning;
    private final Optional<String> standard;
    private final String otherwise;
    private final String example;
    private final boolean isSecret;

    Variable(Group group, String meaning, String standard, String example) {
        this(group, meaning, Optional.of(standard), "`" + standard + "`", example, false);
    }

    Variable(Group group, String meaning, Absent absent, String example) {
        this(group, meaning, absent, example, false);
    }

    Variable(Group group, String meaning, Absent absent, String example, boolean isSecret) {
        this(group, meaning, Optional.empty(), absent.words(), example, isSecret);
    }

    Variable(
            Group group,
            String meaning,
            Optional<String> standard,
            String otherwise,
            String example,
            boolean isSecret) {
        this.group = group;
        this.meaning = meaning;
        this.standard = standard;
        this.otherwise = otherwise;
        this.example = example;
        this.isSecret = isSecret;
    }

    /** As it stands in the environment. */
    public String variable() {
        return PREFIX + name();
    }

    public Group group() {
        return group;
    }

    /** In a line of Markdown, with links as seen from {@code docs}. */
    public String meaning() {
        return meaning;
    }

    /** What is read when it isn't given; none where that is no value. */
    public Optional<String> standard() {
        return standard;
    }

    /** The same for a reader, in Markdown. */
    public String otherwise() {
        return otherwise;
    }

    public String example() {
        return example;
    }

    /** Whether its value is to be shown nowhere. */
    public boolean isSecret() {
        return isSecret;
    }

    /** The version that it came with. */
    public String since() {
        return FIRST_VERSION;
    }

    public static Optional<Variable> named(String variable) {
        return Arrays.stream(values()).filter(each -> each.variable().equals(variable)).findAny();
    }
}
