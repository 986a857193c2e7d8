package dev.postrider.outbound.lookup;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;

/** A server's name as a user writes it: a DNS name, or an IP address with or without brackets. */
public final class HostName {
    private static final int MAX_LENGTH = 253;
    private static final String LABEL = "[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?";

    private HostName() {}

    /** The name in its one form: lower case, no brackets; empty when it can't be one. */
    public static Optional<String> parse(String text) {
        var name = withoutBrackets(text.toLowerCase(Locale.ROOT));
        var isSound =
                name.contains(":")
                        ? isIpv6(name)
                        : name.length() <= MAX_LENGTH
                                && name.matches(LABEL + "(\\." + LABEL + ")*");
        return isSound ? Optional.of(name) : Optional.empty();
    }

    private static String withoutBrackets(String text) {
        return text.startsWith("[") && text.endsWith("]") && text.contains(":")
                ? text.substring(1, text.length() - 1)
                : text;
    }

    /** Without a zone: those are for addresses on the link only. */
    private static boolean isIpv6(String text) {
        try {
            return text.matches("[0-9a-f:.]+") && InetAddress.ofLiteral(text) != null;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
