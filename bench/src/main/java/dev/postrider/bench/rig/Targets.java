package dev.postrider.bench.rig;

import java.util.List;

/** Targets, each met or missed in the open. */
public final class Targets {
    private final StringBuilder rows =
            new StringBuilder("| target | reached | |\n| --- | ---: | --- |\n");

    public Targets atMost(String target, double reached, double bound) {
        return add(target, reached, reached <= bound);
    }

    public Targets atLeast(String target, double reached, double bound) {
        return add(target, reached, reached >= bound);
    }

    /** What wasn't measured (NaN) is missed, too. */
    private Targets add(String target, double reached, boolean met) {
        rows.append(Page.row(List.of(target, Page.number(reached), met ? "met" : "**missed**")));
        return this;
    }

    @Override
    public String toString() {
        return rows.toString();
    }
}
