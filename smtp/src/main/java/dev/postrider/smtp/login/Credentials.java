package dev.postrider.smtp.login;

import dev.postrider.smtp.wire.Syntax;
import java.util.function.Supplier;

/** How to log in. No {@code toString} shows a secret. */
public sealed interface Credentials {
    /** No login. */
    record None() implements Credentials {}

    /** A user and a password, sent by SCRAM-SHA-256, PLAIN or LOGIN. */
    record Password(String user, String password) implements Credentials {
        public Password {
            Syntax.requireText("user", user);
            if (password.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("a password cannot contain NUL");
            }
        }

        @Override
        public String toString() {
            return "Password[user=" + user + ", password=***]";
        }
    }

    /**
     * A user and an OAuth 2 access token, sent by OAUTHBEARER or XOAUTH2. It is asked for at each
     * login; an exception of its supplier passes to the caller.
     */
    record Token(String user, Supplier<String> token) implements Credentials {
        public Token {
            Syntax.requireText("user", user);
        }

        @Override
        public String toString() {
            return "Token[user=" + user + ", token=***]";
        }
    }
}
