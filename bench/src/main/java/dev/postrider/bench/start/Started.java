package dev.postrider.bench.start;

import java.util.ArrayList;
import java.util.List;

/** What starts of one thing took; written and read by one thread. */
final class Started {
    /** How long it is left alone before it is asked what it holds is for {@link StartBench}. */
    record Idle(double seconds, double megabytes, double ownMegabytes, double databaseMegabytes) {}

    private final String title;
    private final List<Double> onNone = new ArrayList<>();
    private final List<Double> onData = new ArrayList<>();
    private final List<Double> processor = new ArrayList<>();
    private Idle idle = new Idle(Double.NaN, Double.NaN, Double.NaN, Double.NaN);

    Started(String title) {
        this.title = title;
    }

    void addOnNone(double seconds) {
        onNone.add(seconds);
    }

    /**
     * A start on data.
     *
     * @param seconds to readiness
     * @param processor seconds of processor time until then, of all processes
     */
    void addOnData(double seconds, double processor) {
        onData.add(seconds);
        this.processor.add(processor);
    }

    /** What the last one had used, and held, after a time in which nothing happened. */
    void setIdle(Idle idle) {
        this.idle = idle;
    }

    String title() {
        return title;
    }

    int starts() {
        return onData.size();
    }

    /** Seconds to readiness where there was no data yet. */
    double onNone() {
        return median(onNone);
    }

    /** Seconds to readiness where there was some. */
    double onData() {
        return median(onData);
    }

    /** Seconds of processor time of a start on data. */
    double processor() {
        return median(processor);
    }

    Idle idle() {
        return idle;
    }

    /** The one in the middle: a start that had to wait for the machine says nothing of itself. */
    static double median(List<Double> figures) {
        return figures.stream().sorted().skip(figures.size() / 2).findFirst().orElse(Double.NaN);
    }
}
