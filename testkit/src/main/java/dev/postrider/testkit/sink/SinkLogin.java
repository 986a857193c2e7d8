package dev.postrider.testkit.sink;

import dev.postrider.testkit.wire.Peer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** The server's side of AUTH PLAIN, LOGIN and XOAUTH2. */
final class SinkLogin {
    private final Peer peer;
    private final @Nullable BiPredicate<String, String> logins;

    SinkLogin(Peer peer, @Nullable BiPredicate<String, String> logins) {
        this.peer = peer;
        this.logins = logins;
    }

    /** Returns whether the login succeeded, after replying. */
    boolean run(String line) throws IOException {
        String[] words = line.split(" ", -1);
        String mechanism = words.length > 1 ? words[1].toUpperCase(Locale.ROOT) : "";
        String initial = words.length > 2 ? words[2] : null;
        boolean known =
                switch (mechanism) {
                    case "PLAIN" -> {
                        String[] parts =
                                (decode(initial == null ? ask("") : initial) + " ").split("\0", -1);
                        yield parts.length == 3 && isKnown(parts[1], parts[2].stripTrailing());
                    }
                    case "LOGIN" -> {
                        String user = decode(initial == null ? ask("Username:") : initial);
                        yield isKnown(user, decode(ask("Password:")));
                    }
                    case "XOAUTH2" -> xoauth2(decode(initial == null ? ask("") : initial));
                    default -> {
                        peer.reply("504 5.5.4 Unknown mechanism");
                        yield false;
                    }
                };
        if (known) {
            peer.reply("235 2.7.0 Welcome");
        } else if (!mechanism.isEmpty() && "PLAIN LOGIN XOAUTH2".contains(mechanism)) {
            peer.reply("535 5.7.8 Authentication failed");
        }
        return known;
    }

    private boolean xoauth2(String message) throws IOException {
        String[] parts = message.split("\1", -1);
        boolean known =
                parts.length >= 2
                        && parts[0].startsWith("user=")
                        && parts[1].startsWith("auth=Bearer ")
                        && isKnown(parts[0].substring(5), parts[1].substring(12));
        if (!known) {
            // The client must answer the error with an empty line before the reply.
            ask("{\"status\":\"400\"}");
        }
        return known;
    }

    private boolean isKnown(String user, String secret) {
        return logins != null && logins.test(user, secret);
    }

    private String ask(String challenge) throws IOException {
        peer.reply(
                "334 "
                        + Base64.getEncoder()
                                .encodeToString(challenge.getBytes(StandardCharsets.UTF_8)));
        String line = peer.readLine();
        return line == null ? "" : line;
    }

    private static String decode(@Nullable String base64) {
        if (base64 == null) {
            return "";
        }
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
