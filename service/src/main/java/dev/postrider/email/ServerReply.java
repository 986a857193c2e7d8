package dev.postrider.email;

import java.util.Optional;

/**
 * What a server said.
 *
 * @param code the reply code (RFC 5321, 4.2)
 * @param enhanced the enhanced status code (RFC 3463), as {@code 5.1.1}
 * @param text the server's words, one line
 */
public record ServerReply(int code, Optional<String> enhanced, String text) {
    @Override
    public String toString() {
        return code + enhanced.map(status -> " " + status).orElse("") + " " + text;
    }
}
