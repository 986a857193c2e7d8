package dev.postrider.spool;

import java.io.IOException;
import java.time.Duration;
import java.util.UUID;

/**
 * What the texts and values of one request weigh in memory. Few requests have many, and only those
 * need room: whoever is found to be one waits for it, once, so that nobody holds some of it and
 * waits for more. For one thread.
 */
public final class TextBudget implements AutoCloseable {
    /** Characters that every request may have. */
    private static final int LIGHT = Spool.MAX_IN_MEMORY;

    /** A text is there as it came and as it is sent, and a third and fourth time on its way. */
    private static final int COPIES = 4;

    /** What a value costs beside its characters, in characters. */
    private static final int VALUE = 16;

    private final MemoryBudget.Held held;
    private final long most;
    private final Duration patience;
    private long characters;
    private boolean isHeavy;

    /**
     * @param most octets of text that the request may turn out to have
     */
    public TextBudget(MemoryBudget budget, UUID workspace, long most, Duration patience) {
        this.held = budget.open(workspace);
        this.most = most;
        this.patience = patience;
    }

    /** Another value has been read, with so many characters. */
    public void add(int length) throws IOException {
        characters += VALUE + length;
        if (characters > LIGHT && !isHeavy) {
            Spool.hold(held, COPIES * most, patience);
            isHeavy = true;
        }
    }

    @Override
    public void close() {
        held.close();
    }
}
