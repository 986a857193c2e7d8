package dev.postrider.architecture.twin.spool;

import jakarta.ws.rs.core.Response;

/** Knows what is answered when there is no room. */
final class AnswersItself {
    private AnswersItself() {}

    static Response busy() {
        return Response.status(503).build();
    }
}
