package dev.postrider.smtp.login;

import dev.postrider.smtp.reply.BrokenProtocol;
import java.nio.charset.StandardCharsets;

/**
 * LOGIN, which has no RFC: the server asks for the user, then for the password, whatever its words
 * are.
 */
final class LoginMechanism implements Mechanism {
    private final Credentials.Password credentials;
    private int asked;

    LoginMechanism(Credentials.Password credentials) {
        this.credentials = credentials;
    }

    @Override
    public String name() {
        return "LOGIN";
    }

    @Override
    public String secret() {
        return credentials.password();
    }

    @Override
    public boolean clientFirst() {
        return false;
    }

    @Override
    public byte[] answer(byte[] challenge) throws BrokenProtocol {
        asked++;
        String answer =
                switch (asked) {
                    case 1 -> credentials.user();
                    case 2 -> credentials.password();
                    default ->
                            throw new BrokenProtocol(
                                    "The server asks for more than a user and a password.");
                };
        return answer.getBytes(StandardCharsets.UTF_8);
    }
}
