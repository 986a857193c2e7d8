package dev.postrider.bench.webhooks;

import dev.postrider.bench.rig.JavaProcess;
import dev.postrider.bench.rig.ProcessCost;
import dev.postrider.testkit.wire.FreePort;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Endpoints beside the program, which tell what they were told. */
final class Receiver implements AutoCloseable {
    private final JavaProcess process;
    private final int port;
    private final int deafPort;
    private final int closedPort;

    private Receiver(JavaProcess process) throws IOException {
        this.process = process;
        this.port = Integer.parseInt(process.line());
        this.deafPort = Integer.parseInt(process.line());
        this.closedPort = FreePort.find();
    }

    static Receiver start() throws IOException {
        return new Receiver(
                JavaProcess.start(ReceiverProcess.class, List.of("-XX:+UseSerialGC", "-Xmx256m")));
    }

    /** How endpoints are. */
    enum Mood {
        WELL,
        SLOW,
        REFUSING,
        DEAF
    }

    String endpoint(Mood mood, int number) {
        return switch (mood) {
            case WELL -> "http://127.0.0.1:" + port + "/well/" + number;
            case SLOW -> "http://127.0.0.1:" + port + "/slow/" + number;
            case REFUSING -> "http://127.0.0.1:" + closedPort + "/" + number;
            case DEAF -> "http://127.0.0.1:" + deafPort + "/" + number;
        };
    }

    /** A call that has come, by System.nanoTime. */
    record Call(String event, String path, long nanos) {
        static Call parse(String line) {
            var words = line.split(" ", -1);
            return new Call(words[0], words[1], Long.parseLong(words[2]));
        }

        boolean isWell() {
            return path.startsWith("/well/");
        }
    }

    /** How many calls have come since it began. */
    long count() throws IOException {
        process.say("count");
        return Long.parseLong(process.line());
    }

    /** Those since it was last asked. */
    List<Call> taken() throws IOException {
        process.say("taken");
        var calls = new ArrayList<Call>();
        for (var line = process.line(); !line.isEmpty(); line = process.line()) {
            calls.add(Call.parse(line));
        }
        return calls;
    }

    double micros() throws IOException {
        return ProcessCost.micros(process.pid());
    }

    @Override
    public void close() {
        process.close();
    }
}
