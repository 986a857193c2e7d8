package dev.postrider.transport.smtp.reply;

import dev.postrider.smtp.connect.Opening;
import dev.postrider.smtp.reply.Reply;
import dev.postrider.transport.smtp.SmtpServer;
import dev.postrider.transport.smtp.discovery.KnownProviders;
import dev.postrider.transport.smtp.discovery.KnownServer;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Says what a refused login means in words that its owner can act on: what the provider wants of
 * its users, or else what the reply's code means, and then the server's own words.
 */
public final class ExplainLogin {
    private static final String CODES = "/replies/logins.properties";

    /** Codes that say no more than that the login is refused; "null" is for none. */
    private static final Set<String> VAGUE = Set.of("5.7.0", "5.7.1", "5.7.8", "null");

    private final KnownProviders providers;
    private final Properties byCode = new Properties();

    public ExplainLogin(KnownProviders providers) {
        this.providers = providers;
        try (var file = Objects.requireNonNull(getClass().getResourceAsStream(CODES), CODES)) {
            byCode.load(new InputStreamReader(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String refused(SmtpServer server, Opening.LoginRefused refused) {
        return providers
                .forHost(server.host())
                .map(KnownServer::note)
                .or(() -> meaning(refused.reply()))
                .map(words -> words + " " + refused.detail())
                .orElseGet(refused::detail);
    }

    private Optional<String> meaning(Reply reply) {
        var enhanced = String.valueOf(reply.enhanced());
        var isDisabled = reply.text().toLowerCase(Locale.ROOT).contains("disabled");
        return Stream.of(
                        isDisabled && VAGUE.contains(enhanced) ? "disabled" : enhanced,
                        String.valueOf(reply.code()))
                .flatMap(key -> Stream.ofNullable(byCode.getProperty(key)))
                .findFirst();
    }
}
