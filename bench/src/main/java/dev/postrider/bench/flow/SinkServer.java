package dev.postrider.bench.flow;

import dev.postrider.bench.rig.JavaProcess;
import dev.postrider.bench.rig.ProcessCost;
import dev.postrider.testkit.program.Api;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A sink in a process of its own, which writes into the ledger what it takes. */
record SinkServer(JavaProcess process, int port) implements MailServer {
    static SinkServer start(Path ledger) throws IOException {
        var process =
                JavaProcess.start(
                        SinkProcess.class,
                        List.of("-XX:+UseSerialGC", "-Xmx64m"),
                        ledger.toString());
        return new SinkServer(process, Integer.parseInt(process.line()));
    }

    @Override
    public void connect(Api user, String address) throws IOException, InterruptedException {
        var _ = user.connectMailbox(address, port);
    }

    @Override
    public double micros() throws IOException {
        return ProcessCost.micros(process.pid());
    }

    @Override
    public void close() {
        process.close();
    }
}
