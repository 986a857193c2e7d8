package dev.postrider.trace;

import dev.postrider.meter.LabelledCounter;
import java.util.List;
import java.util.function.LongSupplier;

/** How many spans and lines of the log went out, and how many didn't. */
final class ExportCounts {
    static final ExportCounts SPANS =
            new ExportCounts(
                    "postrider.telemetry.spans", "Spans of traces, by what became of them");
    static final ExportCounts LOGS =
            new ExportCounts(
                    "postrider.telemetry.logs",
                    "Lines of the log for OpenTelemetry, by what became of them");

    private static final String EXPORTED = "exported";

    /** The collector was away, too slow, or refused them. */
    private static final String FAILED = "failed";

    /** There was no room for them in the queue. */
    private static final String DROPPED = "dropped";

    private final LabelledCounter counter;

    /** Counts the dropped; written at the SDK's start, read by whoever reads metrics. */
    private volatile LongSupplier dropped = () -> 0;

    private ExportCounts(String name, String description) {
        this.counter = new LabelledCounter(name, description, "result");
    }

    /** Shows all of them. */
    void show() {
        counter.show(List.of(EXPORTED, FAILED));
        counter.show(DROPPED, this, counts -> counts.dropped.getAsLong());
    }

    void dropped(LongSupplier count) {
        dropped = count;
    }

    void ended(boolean isExported, int items) {
        counter.add(isExported ? EXPORTED : FAILED, items);
    }
}
