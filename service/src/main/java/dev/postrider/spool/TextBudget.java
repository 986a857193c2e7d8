package dev.postrider.spool;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the texts of one request weigh in memory. Few requests have much text, and for those little
 * room is kept: whoever is found to be one waits for it, once, so that nobody holds some of it and
 * waits for more. For one thread.
 */
public final class TextBudget implements AutoCloseable {
    /** Characters that every request may have. */
    private static final int LIGHT = Spool.MAX_IN_MEMORY;

    /** A text is there as it came and as it is sent, and a third and fourth time on its way. */
    private static final int COPIES = 4;

    private final MemoryBudget room;
    private final long most;
    private final Duration patience;
    private long characters;
    private MemoryBudget.@Nullable Held held;

    /**
     * @param most octets of text that the request may turn out to have
     */
    public TextBudget(MemoryBudget room, long most, Duration patience) {
        this.room = room;
        this.most = most;
        this.patience = patience;
    }

    /** There was no room in time. */
    public static final class NoRoom extends IOException {
        private static final long serialVersionUID = 1;

        private NoRoom() {
            super("too much text at once");
        }
    }

    /** Another text has been read. */
    public void add(int length) throws NoRoom, InterruptedException {
        characters += length;
        if (characters > LIGHT && held == null) {
            held = room.enter(COPIES * most, patience).orElseThrow(NoRoom::new);
        }
    }

    @Override
    public void close() {
        if (held != null) {
            held.close();
        }
    }
}
