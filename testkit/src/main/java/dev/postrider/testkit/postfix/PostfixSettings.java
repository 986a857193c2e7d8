package dev.postrider.testkit.postfix;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a {@link RealPostfix} should be.
 *
 * @param users who may log in, by name, with their passwords
 * @param certifiedFor host names and IPv4 addresses that the server's certificate is issued for
 * @param messageSizeLimit in bytes; announced as SIZE (RFC 1870)
 * @param withheldExtensions EHLO keywords that the server doesn't announce
 * @param sendersMustMatchLogin whether MAIL FROM must be the name of the user who logged in, else
 *     553 5.7.1
 * @param limitsOfItsOwn whether Postfix's default limits of errors and connections are on
 */
public record PostfixSettings(
        Map<String, String> users,
        List<String> certifiedFor,
        long messageSizeLimit,
        Set<String> withheldExtensions,
        boolean sendersMustMatchLogin,
        boolean limitsOfItsOwn) {

    public PostfixSettings {
        users = Map.copyOf(users);
        certifiedFor = List.copyOf(certifiedFor);
        withheldExtensions = Set.copyOf(withheldExtensions);
        for (String user : users.keySet()) {
            if (!user.matches("[^\\s:\"\\\\\\p{Cntrl}]+")) {
                throw new IllegalArgumentException("a password file can't hold this user: " + user);
            }
        }
        if (certifiedFor.isEmpty()) {
            throw new IllegalArgumentException("a certificate needs a name");
        }
    }

    /**
     * One user, {@code alice@example.test} with the password {@code wonderland}, and everything on.
     */
    public static PostfixSettings ordinary() {
        return new PostfixSettings(
                Map.of("alice@example.test", "wonderland"),
                List.of("localhost", "127.0.0.1"),
                10_240_000,
                Set.of(),
                false,
                false);
    }

    public PostfixSettings withUser(String name, String password) {
        var more = new HashMap<>(users);
        more.put(name, password);
        return new PostfixSettings(
                more,
                certifiedFor,
                messageSizeLimit,
                withheldExtensions,
                sendersMustMatchLogin,
                limitsOfItsOwn);
    }

    /** Instead of {@code localhost} and {@code 127.0.0.1}. */
    public PostfixSettings withCertificateFor(String... names) {
        return new PostfixSettings(
                users,
                List.of(names),
                messageSizeLimit,
                withheldExtensions,
                sendersMustMatchLogin,
                limitsOfItsOwn);
    }

    public PostfixSettings withMessageSizeLimit(long bytes) {
        return new PostfixSettings(
                users,
                certifiedFor,
                bytes,
                withheldExtensions,
                sendersMustMatchLogin,
                limitsOfItsOwn);
    }

    /** For example {@code without("PIPELINING", "CHUNKING")}. */
    public PostfixSettings without(String... keywords) {
        var withheld =
                Stream.concat(withheldExtensions.stream(), Stream.of(keywords))
                        .collect(Collectors.toSet());
        return new PostfixSettings(
                users,
                certifiedFor,
                messageSizeLimit,
                withheld,
                sendersMustMatchLogin,
                limitsOfItsOwn);
    }

    public PostfixSettings withSendersMatchingLogin() {
        return new PostfixSettings(
                users, certifiedFor, messageSizeLimit, withheldExtensions, true, limitsOfItsOwn);
    }

    public PostfixSettings withLimitsOfItsOwn() {
        return new PostfixSettings(
                users,
                certifiedFor,
                messageSizeLimit,
                withheldExtensions,
                sendersMustMatchLogin,
                true);
    }
}
