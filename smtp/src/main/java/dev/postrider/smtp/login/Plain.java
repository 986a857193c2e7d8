package dev.postrider.smtp.login;

import java.nio.charset.StandardCharsets;

/** PLAIN (RFC 4616). */
public final class Plain implements Mechanism {
    private final Credentials.Password credentials;

    Plain(Credentials.Password credentials) {
        this.credentials = credentials;
    }

    @Override
    public String name() {
        return "PLAIN";
    }

    @Override
    public String secret() {
        return credentials.password();
    }

    @Override
    public boolean clientFirst() {
        return true;
    }

    @Override
    public byte[] answer(byte[] challenge) {
        return ("\0" + credentials.user() + "\0" + credentials.password())
                .getBytes(StandardCharsets.UTF_8);
    }
}
