package dev.postrider.backup;

import java.io.Console;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Says how far something is: in a terminal by a bar in place, else by a line every few seconds. For
 * one thread.
 */
public final class Progress {
    public static final Progress NONE = new Progress("", null, false, System::nanoTime);

    private static final Duration REDRAW = Duration.ofMillis(200);
    private static final Duration LINE = Duration.ofSeconds(5);

    /** With the longest text a line of 80 columns: a longer one couldn't be drawn over. */
    private static final int WIDTH = 20;

    private final String title;
    private final @Nullable PrintStream terminal;
    private final boolean inPlace;
    private final LongSupplier clock;
    private boolean isBegun;
    private long begun;
    private long said;
    private boolean isDrawn;

    private Progress(
            String title, @Nullable PrintStream terminal, boolean inPlace, LongSupplier clock) {
        this.title = title;
        this.terminal = terminal;
        this.inPlace = inPlace;
        this.clock = clock;
    }

    /** In place where a person looks on. */
    public static Progress on(PrintStream terminal, String title) {
        var console = Optional.ofNullable(System.console());
        return on(terminal, title, console.filter(Console::isTerminal).isPresent());
    }

    static Progress on(PrintStream terminal, String title, boolean inPlace) {
        return on(terminal, title, inPlace, System::nanoTime);
    }

    /**
     * The same by another clock.
     *
     * @param clock counts nanoseconds
     */
    static Progress on(PrintStream terminal, String title, boolean inPlace, LongSupplier clock) {
        return new Progress(title, terminal, inPlace, clock);
    }

    /** Of what follows, at the same place. */
    Progress then(String next) {
        return new Progress(next, terminal, inPlace, clock);
    }

    /** How many octets of how many are done; it begins when this is first said. */
    void at(String what, long done, long whole) {
        if (terminal == null) {
            return;
        }
        var now = clock.getAsLong();
        if (!isBegun) {
            isBegun = true;
            begun = now;
            said = now;
        }
        if (now - said < (inPlace ? REDRAW : LINE).toNanos()) {
            return;
        }
        said = now;
        var text = title + " " + text(done, whole, now);
        if (inPlace) {
            terminal.print("\r\u001b[K" + bar(done, whole) + " " + text);
            terminal.flush();
            isDrawn = true;
        } else {
            terminal.println(text + (what.isEmpty() ? "" : ", " + what));
        }
    }

    /** What comes next says nothing of itself until it is done. */
    void step(String what) {
        if (terminal == null) {
            return;
        }
        if (inPlace) {
            terminal.print("\r\u001b[K" + title + ": " + what);
            terminal.flush();
            isDrawn = true;
        } else {
            terminal.println(title + ": " + what);
        }
    }

    private String text(long done, long whole, long now) {
        var seconds = (now - begun) / 1e9;
        return "%d%%, %s of %s, %s/s"
                .formatted(
                        percent(done, whole),
                        octets(done),
                        octets(whole),
                        octets((long) (done / seconds)));
    }

    private static String bar(long done, long whole) {
        var filled = (int) (percent(done, whole) * WIDTH / 100);
        return "[" + "#".repeat(filled) + ".".repeat(WIDTH - filled) + "]";
    }

    private static long percent(long done, long whole) {
        return whole <= 0 ? 0 : Math.min(100, done * 100 / whole);
    }

    /** Takes the bar away. */
    void end() {
        if (terminal != null && isDrawn) {
            terminal.print("\r\u001b[K");
            terminal.flush();
            isDrawn = false;
        }
    }

    static String octets(long octets) {
        if (octets < 10_000) {
            return octets + " B";
        }
        return octets < 10_000_000
                ? "%.1f kB".formatted(octets / 1e3)
                : octets < 10_000_000_000L
                        ? "%.1f MB".formatted(octets / 1e6)
                        : "%.1f GB".formatted(octets / 1e9);
    }
}
