package dev.postrider.testkit.postfix;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * What was delivered. A file comes into {@code new} by a rename, complete, and never changes there,
 * so each is read once.
 */
final class Maildir {

    /** virtual(8) names a file {@code <seconds>.V<device>I<inode>M<microseconds>.<host>}. */
    private static final Comparator<Path> BY_ARRIVAL =
            Comparator.comparingLong((Path file) -> seconds(file))
                    .thenComparingLong(file -> microseconds(file));

    private final Path folder;

    /** Any thread reads and adds. */
    private final Map<Path, DeliveredMessage> read = new ConcurrentHashMap<>();

    Maildir(Path folder) {
        this.folder = folder;
    }

    List<DeliveredMessage> messages(String recipient) {
        try (var files = Files.list(folder)) {
            return files.sorted(BY_ARRIVAL)
                    .map(file -> read.computeIfAbsent(file, Maildir::readMessage))
                    .filter(message -> message.recipient().equals(recipient))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns what has come when there are {@code count} or the time is over. */
    List<DeliveredMessage> await(String recipient, int count, Duration timeout)
            throws InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        try (var watch = folder.getFileSystem().newWatchService()) {
            folder.register(watch, ENTRY_CREATE);
            while (true) {
                var messages = messages(recipient);
                if (messages.size() >= count) {
                    return messages;
                }
                var arrival = watch.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (arrival == null) {
                    return messages;
                }
                arrival.pollEvents();
                arrival.reset();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DeliveredMessage readMessage(Path file) {
        try {
            return new DeliveredMessage(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long seconds(Path file) {
        var name = file.getFileName().toString();
        return Long.parseLong(name, 0, name.indexOf('.'), 10);
    }

    private static long microseconds(Path file) {
        var name = file.getFileName().toString();
        return Long.parseLong(
                name, name.indexOf('M') + 1, name.indexOf('.', name.indexOf('M')), 10);
    }
}
