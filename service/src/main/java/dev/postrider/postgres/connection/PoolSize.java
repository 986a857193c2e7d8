package dev.postrider.postgres.connection;

import java.util.Optional;

/** How many connections to the database a node has at most. */
public record PoolSize(int connections) {
    public static final PoolSize USUAL = new PoolSize(16);
    private static final int LEAST = 4;
    private static final int MOST = 500;

    public PoolSize {
        if (connections < LEAST || connections > MOST) {
            throw new IllegalArgumentException("not " + LEAST + " to " + MOST);
        }
    }

    /** Empty when the text is no number of connections that are enough and not too many. */
    public static Optional<PoolSize> parse(String text) {
        return Optional.of(text)
                .filter(digits -> digits.matches("[0-9]{1,3}"))
                .map(Integer::valueOf)
                .filter(number -> number >= LEAST && number <= MOST)
                .map(PoolSize::new);
    }

    /** However many requests a workspace makes at once, others' find a connection. */
    public int ofWorkspace() {
        return connections / 2;
    }
}
