package dev.postrider.bench.flow;

import dev.postrider.bench.rig.ProgramRig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** One program, a mail server and a ledger. */
record Rig(ProgramRig program, MailServer server, Ledger ledger, Path file)
        implements AutoCloseable {

    static Rig start(Path launcher, boolean realServer)
            throws IOException, InterruptedException, SQLException {
        var file =
                Files.createTempFile(
                        launcher.toAbsolutePath().resolveSibling("bench").resolve("target"),
                        "flow-",
                        ".ledger");
        var ledger = Ledger.open(file);
        var server = realServer ? PostfixServer.start() : SinkServer.start(file);
        return new Rig(ProgramRig.start(launcher), server, ledger, file);
    }

    /** How many the server has taken: the sink tells it, of others we know what was answered. */
    long taken(Generator generator) throws IOException {
        return server instanceof SinkServer ? ledger.taken() : generator.accepted();
    }

    /** Connects mailboxes at the server; a request for each, the first one's is the default. */
    List<RequestTemplate> requests(int mailboxes, Route route)
            throws IOException, InterruptedException {
        var requests = new ArrayList<RequestTemplate>();
        for (var i = 0; i < mailboxes; i++) {
            var address = "m" + i + "@example.com";
            server.connect(program.user(), address);
            requests.add(new RequestTemplate(route.request(address, program.user().token())));
        }
        return requests;
    }

    @Override
    public void close() throws IOException, SQLException {
        program.close();
        server.close();
        ledger.close();
        Files.delete(file);
    }
}
