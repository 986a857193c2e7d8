package dev.postrider.bench.rig;

import java.util.Arrays;

/** How long things took, in nanoseconds. */
public final class Percentiles {
    private final long[] ascending;

    private Percentiles(long[] ascending) {
        this.ascending = ascending;
    }

    public static Percentiles of(long... nanos) {
        var ascending = nanos.clone();
        Arrays.sort(ascending);
        return new Percentiles(ascending);
    }

    public int count() {
        return ascending.length;
    }

    /** In milliseconds; NaN when there are none. */
    public double at(int percent) {
        return ascending.length == 0
                ? Double.NaN
                : ascending[(int) ((ascending.length - 1) * (long) percent / 100)] / 1e6;
    }
}
