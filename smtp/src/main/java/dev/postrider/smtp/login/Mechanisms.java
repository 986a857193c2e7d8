package dev.postrider.smtp.login;

import dev.postrider.smtp.server.Server;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/** The mechanisms that both sides know, the strongest first. */
public final class Mechanisms {
    private static final SecureRandom RANDOM = new SecureRandom();

    private Mechanisms() {}

    public static List<Mechanism> common(
            Credentials credentials, Server server, Set<String> announced) {
        var common = new ArrayList<>(known(credentials, server));
        common.removeIf(mechanism -> !announced.contains(mechanism.name()));
        return common;
    }

    private static List<Mechanism> known(Credentials credentials, Server server) {
        return switch (credentials) {
            case Credentials.None _ -> List.of();
            case Credentials.Password password ->
                    List.of(
                            new ScramSha256(password, nonce()),
                            FixedAnswers.plain(password),
                            FixedAnswers.login(password));
            case Credentials.Token token -> {
                String secret = token.token().get();
                yield List.of(
                        FixedAnswers.oauthBearer(token.user(), secret, server),
                        FixedAnswers.xoauth2(token.user(), secret));
            }
        };
    }

    private static String nonce() {
        byte[] random = new byte[18];
        RANDOM.nextBytes(random);
        return Base64.getEncoder().encodeToString(random);
    }
}
