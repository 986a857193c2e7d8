package dev.postrider.bench.rig;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A main class of the bench in a process of its own, so that what it costs can be told from the
 * rest. It prints where it can be reached, and ends with its standard input.
 */
public record JavaProcess(Process process, BufferedReader words) implements AutoCloseable {

    public static JavaProcess start(Class<?> main, List<String> options, String... arguments)
            throws IOException {
        var command = new ArrayList<String>();
        command.add(System.getProperty("java.home") + "/bin/java");
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        var process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        return new JavaProcess(process, process.inputReader());
    }

    /** The next line that it prints. */
    public String line() throws IOException {
        var line = words.readLine();
        if (line == null) {
            throw new IOException("a process has ended: " + process.info().commandLine());
        }
        return line;
    }

    /** Tells it a line. */
    public void say(String line) throws IOException {
        var writer = process.outputWriter();
        writer.write(line + "\n");
        writer.flush();
    }

    public long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroy();
    }
}
