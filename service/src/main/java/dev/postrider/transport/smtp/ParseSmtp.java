package dev.postrider.transport.smtp;

import dev.postrider.http.Fields;
import dev.postrider.http.PlainText;
import dev.postrider.outbound.lookup.HostName;
import dev.postrider.smtp.server.Trust;
import dev.postrider.transport.smtp.discovery.FoundServer;
import dev.postrider.transport.smtp.discovery.KnownProviders;
import dev.postrider.transport.smtp.discovery.KnownServer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Reads the {@code smtp} part of a request. What is left out comes from the mailbox as it was, from
 * what is known of its provider, or from habit; what is wrong becomes an error of its field.
 */
final class ParseSmtp {
    private static final int MAX_HOST = 300;
    private static final int MAX_USERNAME = 320;
    private static final int MAX_PASSWORD = 1_024;
    private static final int MAX_CA = 65_536;
    private static final int MAX_PORT = 65_535;
    private static final String NO_PEM =
            "must be certificates as PEM (-----BEGIN CERTIFICATE-----)";

    private static final int MAX_DISREGARDED = 10;
    private static final int MAX_KEYWORD = 40;

    /** RFC 5321 4.1.1.1, and RFC 4422 3.1 for mechanisms. */
    private static final Pattern KEYWORD =
            Pattern.compile("[A-Z0-9][A-Z0-9-]*|AUTH [A-Z0-9_-]{1,20}");

    /**
     * What a request says.
     *
     * @param password a new one; empty when there is no login, or the old one stays
     */
    record Read(SmtpSettings settings, Optional<String> password) {
        @Override
        public String toString() {
            return "Read[" + settings + "]";
        }
    }

    private final Fields smtp;
    private final String address;
    private final KnownProviders providers;

    /**
     * @param address the mailbox's
     */
    ParseSmtp(Fields smtp, String address, KnownProviders providers) {
        this.smtp = smtp;
        this.address = address;
        this.providers = providers;
    }

    /**
     * Settings of a mailbox that is connected now.
     *
     * @param found what the domain of its address says of its server
     */
    Read anew(FoundServer found) {
        var host = host();
        var usual =
                host.map(name -> providers.forHost(name).map(KnownServer::server))
                        .orElseGet(() -> certain(found));
        if (usual.isEmpty() && !smtp.has("host") && !address.isEmpty()) {
            smtp.error("host", whyNoHost(found));
        }
        var server = server(host, usual, ca());
        var password = loginPart("password", MAX_PASSWORD);
        var username = loginPart("username", MAX_USERNAME).or(() -> password.map(_ -> address));
        if (username.isPresent() && password.isEmpty()) {
            smtp.error("password", "is missing: a username needs one");
        }
        return new Read(
                new SmtpSettings(server, username, disregard().orElse(List.of())), password);
    }

    /** Settings of a mailbox that has some: what is left out stays. */
    Read changing(SmtpSettings before) {
        var old = before.server();
        var server = server(host(), Optional.of(old), smtp.has("ca") ? ca() : old.ca());
        var password = loginPart("password", MAX_PASSWORD);
        var username =
                loginPart("username", MAX_USERNAME)
                        .or(before::username)
                        .or(() -> password.map(_ -> address));
        var after = new SmtpSettings(server, username, disregard().orElse(before.disregard()));
        // A stored password goes only to the server, and in the name, that it was given for:
        // whoever may change a mailbox could have its password sent to themselves otherwise.
        if (username.isPresent() && password.isEmpty() && !after.reaches(before)) {
            smtp.error("password", "must be given again when anything of the server changes");
        }
        return new Read(after, password);
    }

    /** Keywords that the server announces and gets wrong; empty when nothing is said of them. */
    private Optional<List<String>> disregard() {
        if (!smtp.has("disregard")) {
            return Optional.empty();
        }
        var keywords =
                smtp.texts("disregard", MAX_DISREGARDED, MAX_KEYWORD).stream()
                        .map(text -> text.strip().toUpperCase(Locale.ROOT))
                        .distinct()
                        .toList();
        if (!keywords.stream().allMatch(KEYWORD.asMatchPredicate())) {
            smtp.error(
                    "disregard",
                    "must be EHLO keywords, like \"CHUNKING\", or \"AUTH\" with a mechanism, like"
                            + " \"AUTH SCRAM-SHA-256\"");
            return Optional.empty();
        }
        return Optional.of(keywords);
    }

    private static Optional<SmtpServer> certain(FoundServer found) {
        return switch (found) {
            case FoundServer.Certain(var server, _) -> Optional.of(server);
            case FoundServer.Likely _, FoundServer.Nothing _ -> Optional.empty();
        };
    }

    private static String whyNoHost(FoundServer found) {
        return switch (found) {
            case FoundServer.Likely(var server, _) ->
                    "is missing. The DNS of this address's domain names %s, port %d, tls %s, which is"
                                    .formatted(server.host(), server.port(), server.tls().text())
                            + " another domain's: give it here if that is right";
            case FoundServer.Certain _, FoundServer.Nothing _ ->
                    "is missing, and this address's domain doesn't say which server sends for it";
        };
    }

    private SmtpServer server(
            Optional<String> host, Optional<SmtpServer> usual, Optional<String> ca) {
        var givenPort = smtp.optionalInt("port", 1, MAX_PORT);
        var tls = tls().orElseGet(() -> usualTls(givenPort, usual));
        var port = givenPort.orElseGet(() -> usualPort(tls, usual));
        return new SmtpServer(host.or(() -> usual.map(SmtpServer::host)).orElse(""), port, tls, ca);
    }

    private static TlsMode usualTls(OptionalInt port, Optional<SmtpServer> usual) {
        return usual.filter(server -> port.orElse(server.port()) == server.port())
                .map(SmtpServer::tls)
                .orElseGet(() -> TlsMode.usualAt(port.orElse(TlsMode.STARTTLS.usualPort())));
    }

    private static int usualPort(TlsMode tls, Optional<SmtpServer> usual) {
        return usual.filter(server -> server.tls() == tls)
                .map(SmtpServer::port)
                .orElseGet(tls::usualPort);
    }

    private Optional<String> host() {
        var text = smtp.optionalText("host", MAX_HOST);
        var host = text.flatMap(HostName::parse);
        if (text.isPresent() && host.isEmpty()) {
            smtp.error("host", "must be the name of a server, in ASCII, or its IP address");
        }
        return host;
    }

    private Optional<TlsMode> tls() {
        var text = smtp.optionalText("tls", 16);
        var tls = text.flatMap(TlsMode::parse);
        if (text.isPresent() && tls.isEmpty()) {
            smtp.error("tls", "must be \"starttls\", \"implicit\" or \"none\"");
        }
        return tls;
    }

    /** A part of the login. */
    private Optional<String> loginPart(String name, int maxLength) {
        var text = smtp.optionalText(name, maxLength);
        var flaw =
                text.flatMap(given ->
                        given.isEmpty()
                                ? Optional.of("is empty: leave it out for no login")
                                : PlainText.flawIn(given));
        flaw.ifPresent(message -> smtp.error(name, message));
        return text;
    }

    /** The empty text is for none. */
    private Optional<String> ca() {
        var pem = smtp.optionalText("ca", MAX_CA).filter(text -> !text.isBlank());
        pem.flatMap(ParseSmtp::flawInCa).ifPresent(message -> smtp.error("ca", message));
        return pem;
    }

    private static Optional<String> flawInCa(String pem) {
        if (pem.contains("PRIVATE KEY")) {
            return Optional.of("holds a private key: send the certificate alone");
        }
        if (pem.codePoints().anyMatch(c -> c > '~' || (c < ' ' && "\t\r\n".indexOf(c) < 0))) {
            return Optional.of(NO_PEM);
        }
        try {
            Trust.authority(pem);
            return Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.of(NO_PEM);
        }
    }
}
