package dev.postrider.flow.webhook;

import dev.postrider.trace.EmailSpan;
import dev.postrider.trace.EmailTrace;
import dev.postrider.trace.Step;
import java.time.Instant;
import java.util.Optional;

/** Adds the calls of webhooks to the traces of the emails that they tell of. */
final class TraceDelivery {
    private TraceDelivery() {}

    /** Empty when what it tells of is no email, or one that isn't traced. */
    static Optional<EmailSpan> of(Delivery delivery) {
        return delivery.email()
                .flatMap(EmailTrace::of)
                .map(trace ->
                        trace.webhook(
                                delivery.webhookId(), delivery.eventId(), delivery.attempt()));
    }

    /** It has ended now. Where the endpoint is, without its path: that may hold a secret. */
    static Step ended(Delivery delivery, Endpoint endpoint, EndpointAnswer answer, Instant from) {
        var step =
                Step.of("webhook", from, Instant.now())
                        .with("http.request.method", "POST")
                        .with("http.request.resend_count", delivery.attempt() - 1)
                        .with("url.scheme", endpoint.isTls() ? "https" : "http")
                        .with("server.address", endpoint.host())
                        .with("server.port", endpoint.port())
                        .with("postrider.webhook.id", delivery.webhookId().toString())
                        .with("postrider.event.id", delivery.eventId().toString())
                        .with("postrider.event.type", delivery.type());
        return switch (answer) {
            case EndpointAnswer.Status status -> {
                var code = status.code();
                step.with("http.response.status_code", code);
                yield status.isTaken() ? step : step.failed(Integer.toString(code));
            }
            case EndpointAnswer.None _ -> step.failed("no_answer");
        };
    }
}
