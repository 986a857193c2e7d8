package dev.postrider.testkit.postfix;

import dev.postrider.testkit.wire.FreePort;
import java.io.IOException;

/** Where the server listens, on 127.0.0.1. */
record Ports(int submission, int implicitTls, int plain) {

    static Ports free() throws IOException {
        try (var submission = FreePort.bind();
                var implicitTls = FreePort.bind();
                var plain = FreePort.bind()) {
            return new Ports(
                    submission.getLocalPort(), implicitTls.getLocalPort(), plain.getLocalPort());
        }
    }
}
