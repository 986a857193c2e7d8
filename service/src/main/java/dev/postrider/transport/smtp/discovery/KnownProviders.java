package dev.postrider.transport.smtp.discovery;

import dev.postrider.transport.SendingLimits;
import dev.postrider.transport.smtp.SmtpServer;
import dev.postrider.transport.smtp.TlsMode;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * The submission servers of providers that many people use, from the files under {@code
 * /providers}: one for each provider, named in {@code index}. A line {@code host.DOMAIN = HOST}
 * says which server sends for which domain; {@code host.*.DOMAIN} is for the domains below one. A
 * line {@code mx.DOMAIN = HOST} says which one sends for the domains whose mail is taken in by an
 * exchange of that domain. OwnLimits are {@code messages_per_minute}, {@code messages_per_day},
 * {@code recipients_per_day} and {@code connections}, each with {@code .DOMAIN} for the addresses
 * of one domain alone.
 */
@Singleton
public final class KnownProviders {
    private static final String FOLDER = "/providers/";

    private final Map<String, KnownServer> byDomain = new HashMap<>();
    private final Map<String, KnownServer> byHost = new HashMap<>();
    private final Map<String, Properties> files = new HashMap<>();
    private final Map<String, KnownServer> byExchange = new HashMap<>();

    public KnownProviders() {
        try (var index = open("index")) {
            index.readAllAsString().lines().forEach(this::read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The server that sends for a domain in A-labels. */
    public Optional<KnownServer> forDomain(String domain) {
        var name = domain.toLowerCase(Locale.ROOT);
        var below = "*" + name.substring(Math.max(0, name.indexOf('.')));
        return Optional.ofNullable(byDomain.get(name))
                .or(() -> Optional.ofNullable(byDomain.get(below)));
    }

    /** What is known of a server. */
    public Optional<KnownServer> forHost(String host) {
        return Optional.ofNullable(byHost.get(host.toLowerCase(Locale.ROOT)));
    }

    /**
     * What a server lets a mailbox send.
     *
     * @param domain of the mailbox's address
     */
    public SendingLimits limits(String host, String domain) {
        var file = files.getOrDefault(host.toLowerCase(Locale.ROOT), new Properties());
        return new SendingLimits(
                limit(file, "messages_per_minute", domain),
                limit(file, "messages_per_day", domain),
                limit(file, "recipients_per_day", domain),
                limit(file, "connections", domain).orElse(SendingLimits.CONNECTIONS));
    }

    private static Optional<Integer> limit(Properties file, String name, String domain) {
        var own = file.getProperty(name + "." + domain.toLowerCase(Locale.ROOT));
        return Optional.ofNullable(own == null ? file.getProperty(name) : own)
                .map(Integer::valueOf);
    }

    /**
     * The server that sends for a domain whose mail goes to an exchange.
     *
     * @param exchange its name, of an MX record
     */
    Optional<KnownServer> forExchange(String exchange) {
        for (var name = exchange;
                name.contains(".");
                name = name.substring(name.indexOf('.') + 1)) {
            var known = byExchange.get(name);
            if (known != null) {
                return Optional.of(known);
            }
        }
        return Optional.empty();
    }

    private void read(String name) {
        var file = new Properties();
        try (var reader = open(name + ".properties")) {
            file.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (var key : file.stringPropertyNames()) {
            if (key.startsWith("host.")) {
                var known = known(file, file.getProperty(key));
                byDomain.put(key.substring("host.".length()), known);
                byHost.put(known.server().host(), known);
                files.put(known.server().host(), file);
            } else if (key.startsWith("mx.")) {
                var known = known(file, file.getProperty(key));
                byExchange.put(key.substring("mx.".length()), known);
                byHost.putIfAbsent(known.server().host(), known);
                files.put(known.server().host(), file);
            }
        }
    }

    private static KnownServer known(Properties file, String host) {
        var server =
                new SmtpServer(
                        host,
                        Integer.parseInt(file.getProperty("port")),
                        TlsMode.parse(file.getProperty("tls")).orElseThrow(),
                        Optional.empty());
        return new KnownServer(file.getProperty("name"), server, file.getProperty("note"));
    }

    private static Reader open(String name) {
        var file = KnownProviders.class.getResourceAsStream(FOLDER + name);
        if (file == null) {
            throw new IllegalStateException(FOLDER + name + " is missing");
        }
        return new InputStreamReader(file, StandardCharsets.UTF_8);
    }
}
