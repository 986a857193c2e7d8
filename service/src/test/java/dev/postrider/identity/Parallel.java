package dev.postrider.identity;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Does one thing several times at the same moment. */
public final class Parallel {
    private Parallel() {}

    public static <T> List<T> times(int times, Callable<T> work) throws Exception {
        var start = new CyclicBarrier(times);
        var results = new ArrayList<Future<T>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var i = 0; i < times; i++) {
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
