package dev.postrider.bench.start;

import java.util.List;

/**
 * What starts of one thing took.
 *
 * @param title what was started
 * @param onNone seconds to readiness where there is no data yet
 * @param onData seconds to readiness where there is some
 * @param processor seconds of processor time of a start on data, of all processes
 * @param programMegabytes resident while nothing happens, without the database; NaN for the
 *     database alone
 * @param databaseMegabytes resident while nothing happens, of the database's processes
 */
record Started(
        String title,
        List<Double> onNone,
        List<Double> onData,
        List<Double> processor,
        double programMegabytes,
        double databaseMegabytes) {
    Started {
        onNone = List.copyOf(onNone);
        onData = List.copyOf(onData);
        processor = List.copyOf(processor);
    }

    /** The one in the middle: a start that had to wait for the machine says nothing of itself. */
    static double median(List<Double> figures) {
        return figures.stream().sorted().skip(figures.size() / 2).findFirst().orElse(Double.NaN);
    }
}
