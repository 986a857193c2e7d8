package dev.postrider.transport.api;

import dev.postrider.outbound.OutboundSession;
import dev.postrider.outbound.SessionRequest;
import dev.postrider.trace.EmailSpan;
import dev.postrider.trace.Step;
import dev.postrider.transport.api.ApiCalls.Call;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** Adds calls of an API to the trace of the email that they are made for. */
record TraceCalls(Optional<EmailSpan> attempt) {
    static final TraceCalls NONE = new TraceCalls(Optional.empty());

    Call making(OutboundSession session, SessionRequest request, Supplier<Call> call) {
        if (attempt.isEmpty()) {
            return call.get();
        }
        var from = Instant.now();
        var made = call.get();
        attempt.get().call(step(session, request, made, from));
        return made;
    }

    /** Without its path, which may name a user. */
    private static Step step(
            OutboundSession session, SessionRequest request, Call made, Instant from) {
        var step =
                Step.of("HTTP " + request.method(), from, Instant.now())
                        .with("http.request.method", request.method())
                        .with("server.address", session.server().map(TraceCalls::host));
        return switch (made) {
            case Call.Success(var reply) -> step.with("http.response.status_code", reply.status());
            case Call.Refused(var reply, _, _) ->
                    step.with("http.response.status_code", reply.status())
                            .failed(Integer.toString(reply.status()));
            case Call.NoToken _ -> step.failed("no_token");
            case Call.Broken _ -> step.failed("no_answer");
        };
    }

    /** Of host, port and address. */
    private static String host(String server) {
        return server.replaceFirst(":[0-9]+ \\(.*", "");
    }
}
