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
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;

/**
 * Says what a refused login means in words that its owner can act on: what the provider wants of
 * its users, or else what the reply's code means, and then the server's own words.
 */
public final class ExplainLogin {
    private static final String CODES = "/replies/logins.properties";

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
        return Optional.ofNullable(reply.enhanced())
                .map(code -> byCode.getProperty(code.toString()));
    }
}
