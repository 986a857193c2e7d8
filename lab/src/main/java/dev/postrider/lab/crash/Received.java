package dev.postrider.lab.crash;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Every message that the sink took: its copies by their Message-ID. */
final class Received {
    private final Map<String, List<Copy>> copies = new ConcurrentHashMap<>();

    void add(byte[] message) {
        copies.computeIfAbsent(messageId(message), id -> new CopyOnWriteArrayList<>())
                .add(new Copy(hash(message), Instant.now()));
    }

    /**
     * A copy.
     *
     * @param at when the end of its data had come
     */
    record Copy(String hash, Instant at) {}

    /** In the order in which they came. */
    List<Copy> copies(String messageId) {
        return List.copyOf(copies.getOrDefault(messageId, List.of()));
    }

    Map<String, List<Copy>> all() {
        return Map.copyOf(copies);
    }

    private static String messageId(byte[] message) {
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
