package dev.postrider.postgres.connection;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a PostgreSQL is and how to log in, from {@code postgresql://user:password@host:port/db}
 * (libpq's connection URI, PostgreSQL manual 34.1.1.2). Several hosts, {@code host:port,host:port},
 * are those of which one is the primary: the driver finds it. Never prints its password.
 *
 * @param query the part after {@code ?}, handed to the driver as it is ({@code sslmode=require})
 * @param more the hosts after the first
 */
public record DatabaseUrl(
        String host,
        int port,
        String database,
        String user,
        String password,
        String query,
        List<Host> more) {
    /** Several hosts are no URI's, nor is one with an underscore: another stands for them. */
    private static final Pattern PARTS =
            Pattern.compile("(?<before>[a-z]+://([^/@]*@)?)(?<hosts>[^/?#@]+)(?<after>.*)");

    private static final String HOSTS = "hosts";

    private static final Pattern LOGIN =
            Pattern.compile("((?<user>[^:@]*)(:(?<password>[^@]*))?@)?" + HOSTS);

    private static final Pattern HOST =
            Pattern.compile("(?<host>[^\\s%:@,\\[\\]]+|\\[[0-9A-Fa-f:.]+])(:(?<port>[0-9]{1,5}))?");

    private static final String TARGET = "targetServerType";

    /** libpq's word for it, which the driver doesn't know. */
    private static final Pattern LIBPQ_TARGET =
            Pattern.compile("target_session_attrs=(read-write|primary)");

    private static final Parsed NO_URL =
            new Parsed.Invalid("is not a URL (percent-encode special characters in the password)");

    public DatabaseUrl {
        more = List.copyOf(more);
    }

    /** With one host. */
    public DatabaseUrl(
            String host, int port, String database, String user, String password, String query) {
        this(host, port, database, user, password, query, List.of());
    }

    /** One of several hosts. */
    public record Host(String name, int port) {
        @Override
        public String toString() {
            return name + ":" + port;
        }
    }

    /** What became of a text that should be a URL. */
    public sealed interface Parsed {
        record Valid(DatabaseUrl url) implements Parsed {}

        /**
         * Not a URL that can be used.
         *
         * @param reason continues a sentence that begins with the variable's name
         */
        record Invalid(String reason) implements Parsed {}
    }

    public static Parsed parse(String text) {
        var parts = PARTS.matcher(text);
        URI uri;
        try {
            uri =
                    new URI(
                            parts.matches()
                                    ? parts.group("before") + HOSTS + parts.group("after")
                                    : text);
        } catch (URISyntaxException e) {
            return NO_URL;
        }
        if (!"postgresql".equals(uri.getScheme()) && !"postgres".equals(uri.getScheme())) {
            return new Parsed.Invalid("does not start with postgresql://");
        }
        if (uri.getRawFragment() != null) {
            return NO_URL;
        }
        var authority = LOGIN.matcher(orEmpty(uri.getRawAuthority()));
        var hosts = parts.matches() ? hosts(parts.group("hosts")) : List.<Host>of();
        if (hosts.isEmpty() || !authority.matches()) {
            return new Parsed.Invalid("names no host");
        }
        var database = orEmpty(uri.getRawPath()).replaceFirst("^/", "");
        if (database.isEmpty() || database.contains("/")) {
            return new Parsed.Invalid("names no database");
        }
        var user = orEmpty(authority.group("user"));
        if (user.isEmpty()) {
            return new Parsed.Invalid("names no user");
        }
        return new Parsed.Valid(
                new DatabaseUrl(
                        hosts.getFirst().name(),
                        hosts.getFirst().port(),
                        decode(database),
                        decode(user),
                        decode(orEmpty(authority.group("password"))),
                        orEmpty(uri.getRawQuery()),
                        hosts.subList(1, hosts.size())));
    }

    /** Empty when one of them is none. */
    private static List<Host> hosts(String text) {
        var hosts = new ArrayList<Host>();
        for (var one : text.split(",", -1)) {
            var host = HOST.matcher(one);
            if (!host.matches()) {
                return List.of();
            }
            var port = Objects.requireNonNullElse(host.group("port"), "5432");
            hosts.add(new Host(host.group("host"), Integer.parseInt(port)));
        }
        return hosts;
    }

    /**
     * For the driver, without how to log in; to the primary, unless the URL asks for another: a
     * standby can't be written to.
     */
    public String jdbcUrl() {
        var given =
                Arrays.stream(query.split("&"))
                        .filter(each -> !each.isEmpty() && !LIBPQ_TARGET.matcher(each).matches());
        var primary = query.contains(TARGET) ? Stream.<String>of() : Stream.of(TARGET + "=primary");
        return "jdbc:postgresql://"
                + servers()
                + "/"
                + encode(database)
                + Stream.concat(given, primary).collect(Collectors.joining("&", "?", ""));
    }

    /** The same, to a standby too where there is no primary: to look at it. */
    public DatabaseUrl orStandby() {
        if (query.contains(TARGET)) {
            return this;
        }
        var any = TARGET + "=preferPrimary";
        return new DatabaseUrl(
                host,
                port,
                database,
                user,
                password,
                query.isEmpty() ? any : query + "&" + any,
                more);
    }

    private String servers() {
        return Stream.concat(Stream.of(new Host(host, port)), more.stream())
                .map(Host::toString)
                .collect(Collectors.joining(","));
    }

    /** Where it is, without how to log in: for messages. */
    public String place() {
        return servers() + "/" + database;
    }

    @Override
    public String toString() {
        return "postgresql://" + user + "@" + place();
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static String encode(String text) {
        return java.net.URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
