package dev.postrider.bench.mailboxes;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.postrider.bench.rig.ProcessCost;
import dev.postrider.bench.rig.SubmissionSink;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * nodemailer, from npm, on the node of this machine: a loop that sends with it, without a queue or
 * a database. Its pools keep connections open; without a pool it connects for each email.
 */
public final class Nodemailer implements Sender, AutoCloseable {
    static final String VERSION = "10.6.1";

    private final String name;
    private final Process process;
    private final Path folder;
    private final BufferedReader answers;

    /** How it uses connections. */
    public enum Mode {
        POOL,
        SINGLE
    }

    private Nodemailer(String name, Process process, Path folder) {
        this.name = name;
        this.process = process;
        this.folder = folder;
        this.answers = process.inputReader();
    }

    /** Starts it, fetching it first where it isn't there. */
    public static Nodemailer start(String name, Mode mode, SubmissionSink sink, int mailboxes)
            throws IOException, InterruptedException {
        var folder = Files.createTempDirectory("postrider-bench");
        var module = fetch();
        var script = Files.writeString(folder.resolve("loop.cjs"), resource("loop.cjs"));
        var authority = Files.writeString(folder.resolve("authority.pem"), sink.authority());
        return new Nodemailer(
                name,
                new ProcessBuilder(
                                "node",
                                "--expose-gc",
                                script.toString(),
                                module,
                                mode.name(),
                                String.valueOf(sink.port()),
                                authority.toString(),
                                String.valueOf(mailboxes))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start(),
                folder);
    }

    /** Where the package is; fetched once, into the user's cache. */
    private static String fetch() throws IOException, InterruptedException {
        var process =
                new ProcessBuilder("sh", "-c", resource("fetch.sh"), "sh", VERSION)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        var folder = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IOException(
                    "nodemailer can't be fetched: that needs npm, and the network once");
        }
        return folder;
    }

    private static String resource(String file) throws IOException {
        try (var stream = Nodemailer.class.getResourceAsStream(file)) {
            return new String(Objects.requireNonNull(stream, file).readAllBytes(), UTF_8);
        }
    }

    private String ask(String command) throws IOException {
        var writer = process.outputWriter();
        writer.write(command + "\n");
        writer.flush();
        return line();
    }

    private String line() throws IOException {
        var line = answers.readLine();
        if (line == null) {
            throw new IOException("nodemailer's loop has ended");
        }
        return line;
    }

    @Override
    public String name() {
        return name;
    }

    /** Makes the pools of all mailboxes, without a connection. */
    void make(int mailboxes) throws IOException {
        var _ = ask("make " + mailboxes);
    }

    @Override
    public Map<Integer, Long> send(int first, int count, int rate) throws IOException {
        var begun = new HashMap<Integer, Long>();
        var line = ask("send " + count + " " + rate + " " + first);
        while (!line.isEmpty()) {
            var space = line.indexOf(' ');
            begun.put(
                    Integer.parseInt(line.substring(0, space)),
                    Long.parseLong(line.substring(space + 1)));
            line = line();
        }
        return begun;
    }

    @Override
    public double micros() throws IOException {
        return ProcessCost.micros(process.pid());
    }

    @Override
    public double databaseMicros() {
        return Double.NaN;
    }

    @Override
    public Footprint memory() throws IOException {
        return new Footprint(
                Double.parseDouble(ask("memory")), ProcessCost.residentMegabytes(process.pid()));
    }

    public long pid() {
        return process.pid();
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        for (var file : List.of("loop.cjs", "authority.pem")) {
            Files.deleteIfExists(folder.resolve(file));
        }
        Files.delete(folder);
    }
}
