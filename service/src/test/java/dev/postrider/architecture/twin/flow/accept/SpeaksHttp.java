package dev.postrider.architecture.twin.flow.accept;

import jakarta.ws.rs.WebApplicationException;

/** An intake that answers by HTTP. */
final class SpeaksHttp {
    private SpeaksHttp() {}

    static WebApplicationException refused() {
        return new WebApplicationException(422);
    }
}
