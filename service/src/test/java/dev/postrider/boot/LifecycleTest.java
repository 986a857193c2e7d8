package dev.postrider.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.machine.Machine;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LifecycleTest {
    private final List<String> done = new ArrayList<>();
    private final Machine first = new Told("first");
    private final Machine second = new Told("second");

    @Test
    void theFirstUserIsMadeBeforeAnyMachineStartsAndTheyStopInTheReverseOrder() throws Exception {
        var lifecycle = new Lifecycle(() -> done.add("user"), List.of(first, second));
        lifecycle.start();
        assertThat(done).containsExactly("user", "first starts", "second starts");

        done.clear();
        lifecycle.stop();
        lifecycle.stop();
        assertThat(done).containsExactly("second stops", "first stops");
    }

    @Test
    void aMachineThatDoesNotStartStopsThoseThatRun() {
        var broken =
                new Told("broken") {
                    @Override
                    public void start() {
                        throw new IllegalStateException("no");
                    }
                };
        var lifecycle = new Lifecycle(() -> {}, List.of(first, broken, second));
        assertThatThrownBy(lifecycle::start).hasMessage("no");
        assertThat(done).containsExactly("first starts", "first stops");
    }

    @Test
    void aMachineThatDoesNotStopKeepsNoOtherRunning() throws Exception {
        var broken =
                new Told("broken") {
                    @Override
                    public void close() {
                        throw new IllegalStateException("no");
                    }
                };
        var lifecycle = new Lifecycle(() -> {}, List.of(first, broken));
        lifecycle.start();
        done.clear();
        lifecycle.stop();
        assertThat(done).containsExactly("first stops");
    }

    /** A machine that says what is done to it. */
    private class Told implements Machine {
        private final String name;

        Told(String name) {
            this.name = name;
        }

        @Override
        public void start() {
            done.add(name + " starts");
        }

        @Override
        public void close() {
            done.add(name + " stops");
        }
    }
}
