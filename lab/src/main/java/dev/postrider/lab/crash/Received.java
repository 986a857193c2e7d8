package dev.postrider.lab.crash;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.postrider.testkit.provider.mail.StoredMessage;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Every message that was taken, by whichever server: its copies by its name. */
public final class Received {
    private final Map<String, List<Copy>> copies = new ConcurrentHashMap<>();

    /** From a server that leaves the Message-ID as it is. */
    public void add(byte[] message) {
        add(messageId(message), message, Instant.now());
    }

    /**
     * A copy of the message that is known by this name: its Message-ID, or the email's id where a
     * provider gives it another Message-ID.
     */
    public void add(String name, byte[] message, Instant at) {
        copies.computeIfAbsent(name, _ -> new CopyOnWriteArrayList<>())
                .add(new Copy(hash(message), at));
    }

    /** Of a mailbox at a provider's API, as far as it leaves the message as it is. */
    public void add(StoredMessage message) {
        var fields = message.fields();
        add(
                fields.get("X-Postrider-Id").orElse("none at the provider"),
                fields.without("Message-ID").octets(),
                message.at());
    }

    /**
     * A copy.
     *
     * @param at when the end of its data had come
     */
    public record Copy(String hash, Instant at) {}

    /** When messages came, in no order. */
    public List<Instant> times() {
        return copies.values().stream().flatMap(List::stream).map(Copy::at).toList();
    }

    /** In the order in which they came. */
    public List<Copy> copies(String name) {
        return List.copyOf(copies.getOrDefault(name, List.of()));
    }

    public Map<String, List<Copy>> all() {
        return Map.copyOf(copies);
    }

    static String messageId(byte[] message) {
        return new String(message, UTF_8)
                .lines()
                .takeWhile(line -> !line.isEmpty())
                .filter(line -> line.regionMatches(true, 0, "Message-ID:", 0, 11))
                .map(line -> line.substring(11).strip())
                .findFirst()
                .orElse("(none)");
    }

    private static String hash(byte[] message) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(message));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(new String(message, US_ASCII), e);
        }
    }
}
