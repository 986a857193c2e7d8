package dev.postrider.bench.flow;

import java.io.IOException;
import java.nio.file.Path;

/** The sink's process, from outside. */
final class Sink implements AutoCloseable {
    private final Process process;
    private final int port;

    private Sink(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static Sink start(Path ledger) throws IOException {
        var process =
                new ProcessBuilder(
                                System.getProperty("java.home") + "/bin/java",
                                "-XX:+UseSerialGC",
                                "-Xmx64m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                SinkProcess.class.getName(),
                                ledger.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        var line = process.inputReader().readLine();
        if (line == null) {
            throw new IOException("the sink doesn't start");
        }
        return new Sink(process, Integer.parseInt(line));
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroy();
    }
}
