package dev.postrider.testkit.postfix;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Short commands of the system. */
final class Commands {

    private Commands() {}

    /** Returns what it printed, or throws with it. */
    static String run(String... command) throws IOException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.onExit().join().exitValue();
        if (status != 0) {
            throw new IOException(List.of(command) + " ended with " + status + ":\n" + output);
        }
        return output;
    }
}
