package dev.postrider.bench.cost;

import dev.postrider.bench.rig.ProcessCost;
import dev.postrider.bench.rig.ProgramRig;
import java.io.IOException;
import java.time.Duration;

/** Reads what processes have cost. */
interface Meter {
    double sender() throws IOException;

    double database() throws IOException;

    double senderMegabytes() throws IOException;

    double databaseMegabytes() throws IOException;

    /** The program and its PostgreSQL. */
    static Meter of(ProgramRig rig) {
        return new Meter() {
            @Override
            public double sender() throws IOException {
                return ProcessCost.micros(rig.pid());
            }

            @Override
            public double database() throws IOException {
                return ProcessCost.microsOfTree(rig.databasePid());
            }

            @Override
            public double senderMegabytes() throws IOException {
                return ProcessCost.residentMegabytes(rig.pid());
            }

            @Override
            public double databaseMegabytes() throws IOException {
                return ProcessCost.megabytesOfTree(rig.databasePid());
            }
        };
    }

    /** A process with its children, without a database. */
    static Meter ofTree(long pid) {
        return new Meter() {
            @Override
            public double sender() throws IOException {
                return ProcessCost.microsOfTree(pid);
            }

            @Override
            public double database() {
                return Double.NaN;
            }

            @Override
            public double senderMegabytes() throws IOException {
                return ProcessCost.megabytesOfTree(pid);
            }

            @Override
            public double databaseMegabytes() {
                return Double.NaN;
            }
        };
    }

    /** What is done while it is measured; returns how many emails it sent. */
    @FunctionalInterface
    interface Work {
        long run() throws IOException, InterruptedException;
    }

    default Spent measure(String title, Work work) throws IOException, InterruptedException {
        var sender = sender();
        var database = database();
        var begun = System.nanoTime();
        var count = work.run();
        return new Spent(
                title,
                count,
                (System.nanoTime() - begun) / 1e9,
                sender() - sender,
                database() - database,
                senderMegabytes(),
                databaseMegabytes());
    }

    default Spent idle(String title, Duration time) throws IOException, InterruptedException {
        return measure(
                title,
                () -> {
                    Thread.sleep(time);
                    return 0;
                });
    }
}
