package dev.postrider.smtp.login;

import dev.postrider.smtp.server.Server;
import java.nio.charset.StandardCharsets;

/** OAUTHBEARER (RFC 7628). */
final class OauthBearer implements Mechanism {
    private final String user;
    private final String token;
    private final Server server;
    private boolean answered;

    OauthBearer(String user, String token, Server server) {
        this.user = user;
        this.token = token;
        this.server = server;
    }

    @Override
    public String name() {
        return "OAUTHBEARER";
    }

    @Override
    public String secret() {
        return token;
    }

    @Override
    public boolean clientFirst() {
        return true;
    }

    /**
     * First the token; a refusal comes as a challenge, which a lone ^A answers (RFC 7628 section
     * 3.2.3).
     */
    @Override
    public byte[] answer(byte[] challenge) {
        if (answered) {
            return new byte[] {1};
        }
        answered = true;
        // RFC 5801 section 4: a comma or an equals sign in the user's name would end it.
        String name = user.replace("=", "=3D").replace(",", "=2C");
        String message =
                "n,a=%s,\1host=%s\1port=%d\1auth=Bearer %s\1\1"
                        .formatted(name, server.host(), server.port(), token);
        return message.getBytes(StandardCharsets.UTF_8);
    }
}
