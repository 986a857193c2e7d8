package dev.postrider.testkit.postfix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server in a JVM of its own, which ends in several ways. */
@Timeout(30)
class RunPostfixTest {

    private Process jvm;
    private String description;

    @BeforeEach
    void start() throws Exception {
        var classes =
                Path.of(
                        RunPostfix.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI());
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        jvm =
                new ProcessBuilder(
                                java.toString(),
                                "-cp",
                                classes.toString(),
                                RunPostfix.class.getName())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        description = readUntil("Ctrl-C");
    }

    @AfterEach
    void stop() {
        jvm.destroyForcibly();
    }

    @Test
    void saysWhatADeveloperNeedsAndEndsWithItsInput() throws Exception {
        assertThat(description)
                .contains("STARTTLS and login", "alice@example.test  wonderland", "ca.pem");

        jvm.getOutputStream().close();

        assertThat(jvm.waitFor()).isZero();
        assertThat(folder()).doesNotExist();
    }

    @Test
    void endsWhenItsJvmIsAskedToExit() throws Exception {
        jvm.toHandle().destroy();

        jvm.waitFor();
        assertThat(folder()).doesNotExist();
    }

    @Test
    void endsWhenItsJvmIsAskedToExitWhileItsInputEnds() throws Exception {
        jvm.destroy();

        jvm.waitFor();
        assertThat(folder()).doesNotExist();
    }

    @Test
    void endsEvenWhenItsJvmIsKilled() throws Exception {
        var login = UnixDomainSocketAddress.of(folder().resolve("dovecot/run/auth-postfix"));
        var smtp = new InetSocketAddress(InetAddress.getLoopbackAddress(), plainPort());
        try (var toPostfix = open(smtp);
                var toDovecot = open(login)) {
            jvm.destroyForcibly();

            awaitHangUp(toPostfix);
            awaitHangUp(toDovecot);
        }
        new ServerFolder(folder()).deleteIfExists();
    }

    /** Returns when it has been greeted: a process serves this connection. */
    private static SocketChannel open(SocketAddress address) throws IOException {
        var channel = SocketChannel.open(address);
        channel.read(ByteBuffer.allocate(1));
        return channel;
    }

    private static void awaitHangUp(SocketChannel channel) throws IOException {
        Channels.newInputStream(channel).readAllBytes();
    }

    private Path folder() {
        return Path.of(find("Log: +(\\S+)/mail.log"));
    }

    private int plainPort() {
        return Integer.parseInt(find(" (\\d+)  neither"));
    }

    private String find(String pattern) {
        assertThat(description).containsPattern(pattern);
        return description.replaceAll("(?s).*" + pattern + ".*", "$1");
    }

    private String readUntil(String end) throws IOException {
        var text = new StringBuilder();
        var output = jvm.inputReader();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            text.append(line).append('\n');
            if (line.contains(end)) {
                return text.toString();
            }
        }
        throw new IOException("ended after: " + text);
    }
}
