package dev.postrider.smtp.reply;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A server's reply (RFC 5321 section 4.2).
 *
 * @param code 200 to 599
 * @param enhanced the enhanced status code, or null when there is none
 * @param lines the text, without codes and without control characters; at least one line, which may
 *     be empty
 */
public record Reply(int code, @Nullable EnhancedCode enhanced, List<String> lines) {

    public Reply {
        lines = List.copyOf(lines);
    }

    /** Finds the enhanced status code at the start of the text (RFC 2034 section 4). */
    public static Reply of(int code, List<String> lines) {
        EnhancedCode enhanced = EnhancedCode.at(lines.getFirst(), code);
        return enhanced == null
                ? new Reply(code, null, lines)
                : new Reply(code, enhanced, enhanced.leftOutOf(lines));
    }

    /** 2yz. */
    public boolean isPositive() {
        return code / 100 == 2;
    }

    /** 3yz: the server waits for more. */
    public boolean isIntermediate() {
        return code / 100 == 3;
    }

    /** 4yz: may succeed later. */
    public boolean isTransient() {
        return code / 100 == 4;
    }

    /** 5yz: will not succeed as it is. */
    public boolean isPermanent() {
        return code / 100 == 5;
    }

    /**
     * 421: the server closes the connection (RFC 5321 section 4.2.3), in answer to whatever
     * command.
     */
    public boolean isClosing() {
        return code == 421;
    }

    /** All lines, joined by spaces. */
    public String text() {
        return lines.size() == 1 ? lines.getFirst() : String.join(" ", lines);
    }

    @Override
    public String toString() {
        return (code + (enhanced == null ? " " : " " + enhanced + " ") + text()).stripTrailing();
    }
}
