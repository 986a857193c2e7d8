package dev.postrider.boot;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A storage that is opened while the framework starts: the database takes about as long, and
 * neither needs the other before it is done. Safe for concurrent use.
 */
public final class StorageAhead {
    private static final AtomicReference<@Nullable CompletableFuture<Storage>> OPENING =
            new AtomicReference<>();

    private StorageAhead() {}

    /** Begins to open it. */
    public static void open(Settings settings) {
        OPENING.set(
                CompletableFuture.supplyAsync(
                        () -> Storage.open(settings),
                        task -> Thread.ofPlatform().name("open-storage").daemon().start(task)));
    }

    /**
     * Waits until it is open, and hands it over; once.
     *
     * @return empty when nobody has begun to
     * @throws RuntimeException what {@link Storage#open} has thrown
     */
    static Optional<Storage> take() {
        var opening = OPENING.getAndSet(null);
        if (opening == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(opening.join());
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException thrown ? thrown : e;
        }
    }

    /** Closes one that nobody has taken, because the framework didn't start. */
    public static void abandon() {
        var opening = OPENING.getAndSet(null);
        if (opening != null) {
            opening.thenAccept(Storage::close).exceptionally(_ -> null).join();
        }
    }
}
