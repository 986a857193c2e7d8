package dev.postrider.lab.crash;

import dev.postrider.testkit.program.EmbeddedDatabase;
import dev.postrider.testkit.program.Program;
import dev.postrider.testkit.wire.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One of the nodes: a program that comes back on its ports however it ended. */
public final class Node implements AutoCloseable {
    private final Path launcher;
    private final Map<String, String> settings;
    private final Path log;
    private final int port;
    private Program program;

    private Node(Path launcher, Map<String, String> settings, Path log, int port, Program program) {
        this.launcher = launcher;
        this.settings = settings;
        this.log = log;
        this.port = port;
        this.program = program;
    }

    /** Starts it on free ports. */
    public static Node start(Path launcher, String name, Map<String, String> common, Path folder)
            throws IOException, InterruptedException {
        var port = FreePort.find();
        var settings = new HashMap<>(common);
        settings.put("POSTRIDER_NODE", name);
        settings.put("POSTRIDER_HTTP_PORT", String.valueOf(port));
        settings.put("POSTRIDER_MANAGEMENT_PORT", String.valueOf(FreePort.find()));
        settings.put("POSTRIDER_DATA_DIR", folder.resolve(name).toString());
        var log = folder.resolve(name + ".log");
        var program = Program.start(launcher, settings, log).awaitReady();
        return new Node(launcher, settings, log, port, program);
    }

    public int port() {
        return port;
    }

    public void kill() throws InterruptedException {
        program.kill();
    }

    /** SIGKILL for the program and for all processes of the database in its data folder. */
    public void killWithDatabase(Path dataFolder) throws IOException, InterruptedException {
        var database = EmbeddedDatabase.in(dataFolder).processes();
        kill();
        database.forEach(ProcessHandle::destroyForcibly);
    }

    public void end() throws IOException, InterruptedException {
        program.end();
    }

    public void restart() throws IOException, InterruptedException {
        restart(launcher, Map.of());
    }

    /** As another version, on the same ports. */
    public void restart(Path launcher, Map<String, String> more)
            throws IOException, InterruptedException {
        var settings = new HashMap<>(this.settings);
        settings.putAll(more);
        program = Program.start(launcher, settings, log);
        program.awaitReady();
    }

    /** What it has called an error of its own. */
    public List<String> errors() throws IOException {
        try (var lines = Files.lines(log)) {
            return lines.filter(line -> line.contains(" ERROR ")).toList();
        }
    }

    void pause() throws IOException, InterruptedException {
        program.signal("STOP");
    }

    void goOn() throws IOException, InterruptedException {
        program.signal("CONT");
    }

    @Override
    public void close() throws InterruptedException, IOException {
        // a stopped process hears nothing else
        goOn();
        program.close();
    }
}
