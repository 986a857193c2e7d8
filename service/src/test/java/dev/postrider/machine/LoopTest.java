package dev.postrider.machine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.log.Journal;
import dev.postrider.rig.LoggedRecords;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class LoopTest {
    private final Journal journal = Journal.of("loops");
    private LoggedRecords logged;

    @BeforeEach
    void listen() {
        logged = LoggedRecords.of("loops");
    }

    @AfterEach
    void listenNoMore() {
        logged.close();
    }

    @Test
    void anErrorIsSaidAndTheLoopGoesOn() throws Exception {
        var steps = new LinkedBlockingQueue<Throwable>();
        steps.add(new NoClassDefFoundError("gone"));
        steps.add(new StackOverflowError());
        var done = new CountDownLatch(1);
        try (var loop = loop(() -> next(steps, done))) {
            loop.start();
            done.await();
        }
        assertThat(logged.all()).hasSize(2).allMatch(line -> line.getThrown() != null);
        assertThat(Loop.dead()).isEmpty();
    }

    @Test
    void anOutageIsOneLineWhenItBeginsAndOneWhenItEnds() throws Exception {
        var steps = new LinkedBlockingQueue<Throwable>();
        for (var i = 0; i < 3; i++) {
            steps.add(new Away());
        }
        var done = new CountDownLatch(2);
        try (var loop = loop(() -> next(steps, done))) {
            loop.start();
            done.await();
        }
        var texts = new ArrayList<String>();
        logged.all().forEach(line -> texts.add(line.getMessage()));
        assertThat(texts)
                .containsExactly(
                        "nothing is done reason=\"it restarts\"",
                        "the outage is over after=\"nothing is done\"");
        assertThat(logged.all()).allMatch(line -> line.getThrown() == null);
    }

    @Test
    void anInterruptThatIsForNobodyEndsNothing() throws Exception {
        var begun = new LinkedBlockingQueue<Thread>();
        try (var loop =
                loop(() -> {
                    begun.add(Thread.currentThread());
                    new CountDownLatch(1).await();
                })) {
            loop.start();
            begun.take().interrupt();
            begun.take();
            loop.interrupt();
        }
        assertThat(Loop.dead()).isEmpty();
    }

    @Test
    void aLoopThatIsStoppedWhileItWaitsEndsAtOnce() throws Exception {
        var done = new CountDownLatch(1);
        try (var loop =
                new Loop(journal, "slow", "nothing", Duration.ofHours(1), done::countDown)) {
            loop.start();
            done.await();
        }
        assertThat(Loop.dead()).isEmpty();
    }

    @Test
    void withoutMemoryTheProgramEndsAndItsStatusSaysSo() throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process =
                new ProcessBuilder(
                                java,
                                "-cp",
                                System.getProperty("java.class.path"),
                                OutOfMemory.class.getName())
                        .redirectErrorStream(true)
                        .start();
        var words = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(words).isEqualTo(Fatal.EXIT);
        assertThat(words).contains("the program ends, its memory can't be trusted");
    }

    /** A program whose loop runs out of memory. */
    static final class OutOfMemory {
        private OutOfMemory() {}

        public static void main(String... arguments) throws InterruptedException {
            new Loop(
                            Journal.of("loops"),
                            "hungry",
                            "nothing",
                            Duration.ZERO,
                            () -> {
                                throw new IllegalStateException(new OutOfMemoryError("heap"));
                            })
                    .start();
            new CountDownLatch(1).await();
        }
    }

    private Loop loop(Loop.Step step) {
        return new Loop(
                journal,
                "test",
                "nothing is done",
                Duration.ofMillis(1),
                step,
                Duration.ofMillis(20));
    }

    private static void next(LinkedBlockingQueue<Throwable> steps, CountDownLatch done)
            throws Exception {
        switch (steps.poll()) {
            case Error error -> throw error;
            case Exception exception -> throw exception;
            case null, default -> done.countDown();
        }
    }

    private static final class Away extends RuntimeException implements Outage {
        private static final long serialVersionUID = 1L;

        Away() {
            super("it restarts");
        }
    }
}
