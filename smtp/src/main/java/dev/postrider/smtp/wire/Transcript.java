package dev.postrider.smtp.wire;

/**
 * The conversation of one connection, for its owner to read: commands as {@code C:}, replies as
 * {@code S:}, content as its size only, credentials as {@code ***}. Bounded: when it is full it
 * says so once and keeps its beginning.
 */
public final class Transcript {
    private final int limit;
    private final StringBuilder text = new StringBuilder(); // guarded by this
    private boolean full; // guarded by this

    /**
     * An empty one.
     *
     * @param limit the most characters to keep
     */
    public Transcript(int limit) {
        this.limit = limit;
    }

    public synchronized String text() {
        return text.toString();
    }

    public void client(String line) {
        add("C: ", line);
    }

    public void server(String line) {
        add("S: ", line);
    }

    /** Something that isn't said, such as a handshake. */
    void note(String line) {
        add("-- ", line);
    }

    private synchronized void add(String who, String line) {
        if (full) {
            return;
        }
        if (text.length() + who.length() + line.length() + 1 > limit) {
            full = true;
            text.append("-- the rest is not kept\n");
            return;
        }
        text.append(who);
        line.codePoints().map(c -> Syntax.isControl(c) ? '?' : c).forEach(text::appendCodePoint);
        text.append('\n');
    }
}
