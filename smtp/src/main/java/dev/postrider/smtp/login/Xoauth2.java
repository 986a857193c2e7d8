package dev.postrider.smtp.login;

import java.nio.charset.StandardCharsets;

/** XOAUTH2, as Google and Microsoft describe it. */
final class Xoauth2 implements Mechanism {
    private final String user;
    private final String token;
    private boolean answered;

    Xoauth2(String user, String token) {
        this.user = user;
        this.token = token;
    }

    @Override
    public String name() {
        return "XOAUTH2";
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
     * First the token; a refusal comes as a challenge with JSON, which wants an empty line before
     * the real reply.
     */
    @Override
    public byte[] answer(byte[] challenge) {
        if (answered) {
            return new byte[0];
        }
        answered = true;
        return ("user=" + user + "\1auth=Bearer " + token + "\1\1")
                .getBytes(StandardCharsets.UTF_8);
    }
}
