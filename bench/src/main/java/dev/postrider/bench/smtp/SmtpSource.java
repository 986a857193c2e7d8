package dev.postrider.bench.smtp;

import java.io.IOException;
import java.time.Duration;

/** Postfix's load generator, in C: connections stay open, a process each round. */
final class SmtpSource implements Contender {

    @Override
    public String name() {
        return "smtp-source (C)";
    }

    @Override
    public Sender connect(Target target, int connections) {
        return new Sender() {
            private double perSecond = 5_000;

            @Override
            public long send(Duration time) throws IOException, InterruptedException {
                long count = Math.max(100, (long) (perSecond * time.toMillis() / 1000));
                long started = System.nanoTime();
                run(target, connections, count);
                perSecond = count * 1e9 / (System.nanoTime() - started);
                return count;
            }

            @Override
            public void close() {}
        };
    }

    private static void run(Target target, int connections, long count)
            throws IOException, InterruptedException {
        var process =
                new ProcessBuilder(
                                "smtp-source",
                                "-d",
                                "-s",
                                String.valueOf(connections),
                                "-m",
                                String.valueOf(count),
                                "-l",
                                String.valueOf(Sample.message().length),
                                "-f",
                                Sample.FROM,
                                "-t",
                                Sample.TO,
                                target.host() + ":" + target.port())
                        .inheritIO()
                        .start();
        if (process.waitFor() != 0) {
            throw new IOException("smtp-source failed");
        }
    }
}
