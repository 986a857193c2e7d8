package dev.postrider.rig;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Does several things at the same moment. */
public final class Parallel {
    private Parallel() {}

    public static <T> List<T> times(int times, Callable<T> work) throws Exception {
        return all(Collections.nCopies(times, work));
    }

    /** Returns what each returned, in their order. */
    public static <T> List<T> all(List<Callable<T>> works) throws Exception {
        var start = new CyclicBarrier(works.size());
        var results = new ArrayList<Future<T>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var work : works) {
                results.add(
                        threads.submit(() -> {
                            start.await();
                            return work.call();
                        }));
            }
        }
        var values = new ArrayList<T>();
        for (var result : results) {
            values.add(result.get());
        }
        return values;
    }
}
