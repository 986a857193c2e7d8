package dev.postrider.smtp.login;

import dev.postrider.smtp.reply.BrokenProtocol;
import dev.postrider.smtp.server.Server;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A login whose answers don't depend on the server's words; the last one is repeated. */
final class FixedAnswers implements Mechanism {
    private final String name;
    private final String secret;
    private final boolean clientFirst;
    private final List<String> answers;
    private int given;

    private FixedAnswers(String name, String secret, boolean clientFirst, String... answers) {
        this.name = name;
        this.secret = secret;
        this.clientFirst = clientFirst;
        this.answers = List.of(answers);
    }

    /** PLAIN (RFC 4616). */
    static Mechanism plain(Credentials.Password given) {
        String message = "\0" + given.user() + "\0" + given.password();
        return new FixedAnswers("PLAIN", given.password(), true, message);
    }

    /** LOGIN, which has no RFC: the server asks for the user, then for the password. */
    static Mechanism login(Credentials.Password given) {
        return new FixedAnswers("LOGIN", given.password(), false, given.user(), given.password());
    }

    /**
     * OAUTHBEARER (RFC 7628). A refusal comes as a challenge, which a lone ^A answers (section
     * 3.2.3).
     */
    static Mechanism oauthBearer(String user, String token, Server server) {
        // RFC 5801 section 4: a comma or an equals sign in the user's name would end it.
        String name = user.replace("=", "=3D").replace(",", "=2C");
        String message =
                "n,a=%s,\1host=%s\1port=%d\1auth=Bearer %s\1\1"
                        .formatted(name, server.host(), server.port(), token);
        return new FixedAnswers("OAUTHBEARER", token, true, message, "\1");
    }

    /**
     * XOAUTH2, as Google and Microsoft describe it. A refusal comes as a challenge with JSON, which
     * wants an empty line before the real reply.
     */
    static Mechanism xoauth2(String user, String token) {
        String message = "user=" + user + "\1auth=Bearer " + token + "\1\1";
        return new FixedAnswers("XOAUTH2", token, true, message, "");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String secret() {
        return secret;
    }

    @Override
    public boolean clientFirst() {
        return clientFirst;
    }

    @Override
    public byte[] answer(byte[] challenge) throws BrokenProtocol {
        if (!clientFirst && given == answers.size()) {
            throw new BrokenProtocol("The server asks for more than a user and a password.");
        }
        String answer = answers.get(Math.min(given++, answers.size() - 1));
        return answer.getBytes(StandardCharsets.UTF_8);
    }
}
