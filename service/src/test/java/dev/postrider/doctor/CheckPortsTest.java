package dev.postrider.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.testkit.wire.FreePort;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CheckPortsTest {
    @Test
    void aFreePortIsFree() throws Exception {
        assertThat(found("POSTRIDER_HTTP_PORT", FreePort.find())).containsExactly("OK port-http");
        assertThat(found("POSTRIDER_HTTP_PORT", 0)).containsExactly("OK port-http");
    }

    @Test
    void onesOwnProgramIsTold() throws Exception {
        try (var api = new WebServer(200, "openapi: 3.1.0\ninfo:\n  title: Postrider");
                var health = new WebServer(200, "{\"checks\":[{\"name\":\"loops\"}]}")) {
            assertThat(sentence("POSTRIDER_HTTP_PORT", api.port())).contains("is Postrider's");
            assertThat(sentence("POSTRIDER_MANAGEMENT_PORT", health.port()))
                    .contains("is Postrider's");
        }
    }

    @Test
    void anothersIsAProblem() throws Exception {
        try (var other = new WebServer(200, "It works!");
                var health = new WebServer(200, "{\"checks\":[{\"name\":\"of another\"}]}")) {
            assertThat(found("POSTRIDER_HTTP_PORT", other.port()))
                    .containsExactly("PROBLEM port-http-taken");
            assertThat(found("POSTRIDER_MANAGEMENT_PORT", health.port()))
                    .containsExactly("PROBLEM port-management-taken");
        }
    }

    /** It listens and says nothing: it is given up after a while. */
    @Test
    void oneThatIsSilentIsAProblem() throws Exception {
        try (var silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            assertThat(found("POSTRIDER_MANAGEMENT_PORT", silent.getLocalPort()))
                    .containsExactly("PROBLEM port-management-taken");
        }
    }

    private static String sentence(String variable, int port) throws Exception {
        return check(variable, port).look().getFirst().what();
    }

    private static List<String> found(String variable, int port) throws Exception {
        return Found.by(check(variable, port));
    }

    private static CheckPorts check(String variable, int port) {
        return new CheckPorts(
                List.of(
                        new CheckPorts.Port(
                                variable,
                                "127.0.0.1",
                                port,
                                "/openapi",
                                List.of(variable.contains("HTTP") ? "title: Postrider" : "loops"),
                                false)));
    }
}
