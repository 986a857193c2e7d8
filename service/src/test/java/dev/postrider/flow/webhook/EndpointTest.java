package dev.postrider.flow.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.outbound.guard.AllowedBlocks;
import dev.postrider.outbound.guard.OutboundGuard;
import dev.postrider.outbound.guard.Resolution;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EndpointTest {
    @ParameterizedTest
    @CsvSource({
        "https://a.example,             a.example,  443, /",
        "HTTPS://A.example:8443/b/c?d=e, A.example, 8443, /b/c?d=e",
        "http://[::1]/x,                ::1,        80,  /x",
        "https://a.example/ü,           a.example,  443, /%C3%BC",
    })
    void itKnowsWhereToConnectAndWhatToAskFor(String text, String host, int port, String target) {
        var endpoint = Endpoint.parse(text).orElseThrow();
        assertThat(endpoint.host()).isEqualTo(host);
        assertThat(endpoint.port()).isEqualTo(port);
        assertThat(endpoint.target()).isEqualTo(target);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a.example",
                "ftp://a.example/",
                "https:///path",
                "https://user:password@a.example/",
                "https://a.example/#part",
                "https://a.example:0/",
                "https://a.example:65536/",
                "https://a.example/a\r\nX-Injected: 1",
                "https://a.example/a b",
                "https://ä.example/",
                "https://a.example/\ud800",
            })
    void whatCantBeCalledIsNone(String text) {
        assertThat(Endpoint.parse(text)).isEmpty();
    }

    @Test
    void itsHostHeaderHasThePortThatWasWritten() {
        assertThat(Endpoint.parse("https://[::1]:444/").orElseThrow().authority())
                .isEqualTo("[::1]:444");
        assertThat(Endpoint.parse("https://a.example/").orElseThrow().authority())
                .isEqualTo("a.example");
    }

    @ParameterizedTest
    @CsvSource({
        "https://8.8.8.8/,      true",
        "https://8.8.8.8:8443/, true",
        "https://8.8.8.8:22/,   false",
        "https://10.0.0.1/,     false",
        "http://8.8.8.8/,       false",
    })
    void onlyUsualPortsOfPublicAddressesAreCalled(String url, boolean isCalled)
            throws InterruptedException {
        var resolution =
                Endpoint.parse(url)
                        .orElseThrow()
                        .resolve(new OutboundGuard(AllowedBlocks.NONE), UUID.randomUUID());
        assertThat(resolution instanceof Resolution.Reachable).isEqualTo(isCalled);
    }
}
