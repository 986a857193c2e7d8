package dev.postrider.architecture.twin.flow.accept;

import jakarta.ws.rs.core.Response;

/** Answers in HTTP what any door may ask. */
final class KnowsAStatus {
    private KnowsAStatus() {}

    static Response refused() {
        return Response.status(422).build();
    }
}
