package dev.postrider.bench.flow;

import dev.postrider.bench.rig.JavaProcess;
import dev.postrider.bench.rig.ProgramRig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** One program, a sink and a ledger. */
record Rig(ProgramRig program, JavaProcess sink, int sinkPort, Ledger ledger, Path file)
        implements AutoCloseable {

    static Rig start(Path launcher) throws IOException, InterruptedException, SQLException {
        var file =
                Files.createTempFile(
                        launcher.toAbsolutePath().resolveSibling("bench").resolve("target"),
                        "flow-",
                        ".ledger");
        var ledger = Ledger.open(file);
        var sink =
                JavaProcess.start(
                        SinkProcess.class, List.of("-XX:+UseSerialGC", "-Xmx64m"), file.toString());
        var port = Integer.parseInt(sink.line());
        return new Rig(ProgramRig.start(launcher), sink, port, ledger, file);
    }

    /** Connects mailboxes at the sink; a request for each, the first one's is the default. */
    List<RequestTemplate> requests(int mailboxes, Route route)
            throws IOException, InterruptedException {
        var requests = new ArrayList<RequestTemplate>();
        for (var i = 0; i < mailboxes; i++) {
            var address = "m" + i + "@example.com";
            var _ = program.user().connectMailbox(address, sinkPort);
            requests.add(new RequestTemplate(route.request(address, program.user().token())));
        }
        return requests;
    }

    @Override
    public void close() throws IOException, SQLException {
        program.close();
        sink.close();
        ledger.close();
        Files.delete(file);
    }
}
