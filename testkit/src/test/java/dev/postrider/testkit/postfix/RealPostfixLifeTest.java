package dev.postrider.testkit.postfix;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RealPostfixLifeTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    void goesDownAndComesBackOnTheSamePortsWithItsMail() throws Exception {
        try (var postfix = RealPostfix.start()) {
            send(postfix, "before@example.test");
            postfix.awaitMessages("before@example.test", 1, PATIENCE);

            try (var open = Dialogue.plain(postfix)) {
                postfix.stop();

                assertThatThrownBy(open::reply).hasMessageContaining("the server hung up");
            }
            assertThatThrownBy(() -> Dialogue.plain(postfix)).isInstanceOf(ConnectException.class);

            postfix.restart();
            send(postfix, "after@example.test");
            postfix.awaitMessages("after@example.test", 1, PATIENCE);
            assertThat(postfix.messages("before@example.test")).hasSize(1);
        }
    }

    @Test
    void letsUsersLogInAfterARestart() throws Exception {
        try (var postfix = RealPostfix.start()) {
            postfix.restart();
            try (var client = Dialogue.startTls(postfix)) {
                assertThat(client.loginReply("alice@example.test", "wonderland")).startsWith("235");
            }
        }
    }

    @Test
    void takesConnectionsButAnswersNothingWhilePaused() throws Exception {
        try (var postfix = RealPostfix.start()) {
            postfix.pause();
            try (var socket = Dialogue.connect(postfix.plainPort())) {
                socket.setSoTimeout(300);
                assertThatThrownBy(() -> socket.getInputStream().read())
                        .isInstanceOf(SocketTimeoutException.class);

                postfix.resume();
                socket.setSoTimeout((int) PATIENCE.toMillis());
                assertThat(new String(socket.getInputStream().readNBytes(4), US_ASCII))
                        .isEqualTo("220 ");
            }
        }
    }

    @Test
    void canBeStoppedWhilePausedButNotPausedWhileStopped() throws Exception {
        try (var postfix = RealPostfix.start()) {
            postfix.pause();
            postfix.restart();
            send(postfix, "bob@example.test");
            postfix.stop();

            assertThatThrownBy(postfix::pause).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void runsBesideAnother() throws Exception {
        try (var one = RealPostfix.start();
                var other = RealPostfix.start()) {
            send(one, "bob@example.test");
            one.awaitMessages("bob@example.test", 1, PATIENCE);
            assertThat(other.messages("bob@example.test")).isEmpty();

            one.close();
            send(other, "bob@example.test");
            other.awaitMessages("bob@example.test", 1, PATIENCE);
        }
    }

    @Test
    void leavesNoFolderAndNoProcess() throws Exception {
        var postfix = RealPostfix.start();
        try (var client = Dialogue.startTls(postfix)) {
            client.login("alice@example.test", "wonderland");
            assertThat(processesOf(postfix)).isPositive();

            postfix.close();
        }

        assertThat(processesOf(postfix)).isZero();
        assertThat(postfix.folder().root()).doesNotExist();
    }

    /** Those that name the folder: both daemons, and their guards. */
    private static long processesOf(RealPostfix postfix) {
        var folder = postfix.folder().root().toString();
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(folder))
                .count();
    }

    private static void send(RealPostfix postfix, String recipient) throws Exception {
        try (var client = Dialogue.plain(postfix)) {
            assertThat(client.send("", recipient, "Subject: hello\r\n")).startsWith("250");
        }
    }
}
