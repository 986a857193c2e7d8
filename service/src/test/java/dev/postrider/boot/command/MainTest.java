package dev.postrider.boot.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process: what an operator reads when it can't start. */
final class MainTest {
    private static final int EXIT_CONFIGURATION = 78;
    private static final int EXIT_AWAY = 75;

    @TempDir private Path folder;

    @Test
    void aWordThatIsNoCommandIsSaid() throws Exception {
        assertSays(
                "\"serve faster\" is not understood: see ./postrider help.",
                Map.of(),
                "serve",
                "faster");
    }

    @Test
    void aSettingThatCannotBeUsedIsSaid() throws Exception {
        assertSays(
                "POSTRIDER_HTTP_PORT is \"eighty\": give a port from 0 (any free one) to 65535.",
                Map.of("POSTRIDER_HTTP_PORT", "eighty"),
                "serve");
    }

    @Test
    void aPortThatIsTakenIsSaid() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var port = taken.getLocalPort();
            assertSays(
                    "Port "
                            + port
                            + " of 127.0.0.1 can't be listened on (Address already in use): stop what"
                            + " uses it, or set POSTRIDER_MANAGEMENT_PORT to another.",
                    Map.of(
                            "POSTRIDER_HTTP_PORT",
                            "0",
                            "POSTRIDER_MANAGEMENT_PORT",
                            String.valueOf(port)),
                    "serve");
        }
    }

    /** Another machine may start later than this one: a supervisor tries again. */
    @Test
    void aDatabaseThatIsAwayIsSaidByAStatusOfItsOwn() throws Exception {
        var file = folder.resolve("key.json").toString();
        run(Map.of(), "keys", "create", file);
        var ended =
                run(
                        Map.of(
                                "POSTRIDER_DATABASE_URL",
                                "postgresql://user:secret@127.0.0.1:1/db",
                                "POSTRIDER_MASTER_KEY_FILE",
                                file),
                        "keys",
                        "rotate");
        assertThat(ended.words()).startsWith("postrider: No PostgreSQL answers at 127.0.0.1:1/db");
        assertThat(ended.status()).isEqualTo(EXIT_AWAY);
    }

    @Test
    void aMasterKeyIsMadeOnce() throws Exception {
        var file = folder.resolve("key.json");
        assertThat(run(Map.of(), "keys", "create", file.toString())).isEqualTo(new Ended(0, ""));
        assertThat(file).isNotEmptyFile();
        assertSays(
                "The master key file " + file + " exists already; it is not overwritten.",
                Map.of(),
                "keys",
                "create",
                file.toString());
    }

    private void assertSays(String line, Map<String, String> environment, String... arguments)
            throws Exception {
        assertThat(run(environment, arguments))
                .isEqualTo(new Ended(EXIT_CONFIGURATION, "postrider: " + line + "\n"));
    }

    /** How the program ended, and all that it said. */
    private record Ended(int status, String words) {}

    private Ended run(Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        var command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                // as the launcher and the packaged program do
                                "--sun-misc-unsafe-memory-access=allow",
                                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Main.class.getName()));
        command.addAll(List.of(arguments));
        var builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        var process = builder.start();
        var words = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Ended(process.waitFor(), words);
    }
}
