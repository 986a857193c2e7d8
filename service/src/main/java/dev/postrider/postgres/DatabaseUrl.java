package dev.postrider.postgres;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a PostgreSQL is and how to log in, from {@code postgresql://user:password@host:port/db}
 * (libpq's connection URI, PostgreSQL manual 34.1.1.2). Never prints its password.
 *
 * @param query the part after {@code ?}, handed to the driver as it is ({@code sslmode=require})
 */
public record DatabaseUrl(
        String host, int port, String database, String user, String password, String query) {
    private static final Pattern AUTHORITY =
            Pattern.compile(
                    "((?<user>[^:@]*)(:(?<password>[^@]*))?@)?"
                            + "(?<host>[^:@\\[\\]]+|\\[[0-9A-Fa-f:.]+])(:(?<port>[0-9]{1,5}))?");

    private static final Parsed NO_URL =
            new Parsed.Invalid("is not a URL (percent-encode special characters in the password)");

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
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            return NO_URL;
        }
        if (!"postgresql".equals(uri.getScheme()) && !"postgres".equals(uri.getScheme())) {
            return new Parsed.Invalid("does not start with postgresql://");
        }
        if (uri.getRawFragment() != null) {
            return NO_URL;
        }
        // not URI's own host, which knows no underscore
        var authority = AUTHORITY.matcher(orEmpty(uri.getRawAuthority()));
        if (!authority.matches()) {
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
                        authority.group("host"),
                        Integer.parseInt(
                                Objects.requireNonNullElse(authority.group("port"), "5432")),
                        decode(database),
                        decode(user),
                        decode(orEmpty(authority.group("password"))),
                        orEmpty(uri.getRawQuery())));
    }

    /** For the driver, without how to log in. */
    public String jdbcUrl() {
        var base = "jdbc:postgresql://" + host + ":" + port + "/" + encode(database);
        return query.isEmpty() ? base : base + "?" + query;
    }

    /** Where it is, without how to log in: for messages. */
    public String place() {
        return host + ":" + port + "/" + database;
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
