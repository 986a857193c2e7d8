package dev.postrider.flow.accept;

import dev.postrider.flow.compose.ComposeEmail.Composition;
import dev.postrider.flow.enqueue.Submitted;
import dev.postrider.flow.store.enqueue.NewEmail;
import dev.postrider.trace.EmailTrace;
import dev.postrider.trace.RequestTrace;
import dev.postrider.trace.Step;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The traces of emails that one request brings, up to where they are kept; those that aren't kept
 * have none. For one thread.
 */
final class TraceTaking {
    private final RequestTrace request;
    private final Instant begun = Instant.now();
    private final Map<UUID, Step> composed = new HashMap<>();

    TraceTaking(RequestTrace request) {
        this.request = request;
    }

    Composition composing(UUID email, Supplier<Composition> compose) {
        if (EmailTrace.of(email).isEmpty()) {
            return compose.get();
        }
        var from = Instant.now();
        var composition = compose.get();
        composed.put(email, Step.of("compose", from, Instant.now()));
        return composition;
    }

    Submitted keeping(List<NewEmail> emails, Supplier<Submitted> keep) {
        var traced = emails.stream().filter(each -> EmailTrace.of(each.key().id()).isPresent());
        var some = traced.toList();
        if (some.isEmpty()) {
            return keep.get();
        }
        var from = Instant.now();
        @Nullable Submitted submitted = null;
        try {
            submitted = keep.get();
            return submitted;
        } finally {
            var isLost = submitted == null;
            if (isLost
                    || submitted instanceof Submitted.Kept
                    || submitted instanceof Submitted.Begun) {
                var to = Instant.now();
                some.forEach(email -> record(email, emails.size(), from, to, isLost));
            }
        }
    }

    /**
     * @param isLost whether the database's answer is, so that nobody knows if the email is kept
     */
    private void record(NewEmail email, int together, Instant from, Instant to, boolean isLost) {
        var id = email.key().id();
        var mailbox = email.lane().mailboxId().toString();
        var enqueue =
                Step.of("enqueue", from, to)
                        .with("messaging.batch.message_count", together)
                        .with("messaging.destination.name", mailbox);
        var accept =
                Step.of("accept", begun, to)
                        .with("postrider.workspace.id", email.key().workspaceId().toString())
                        .with("postrider.mailbox.id", mailbox)
                        .with("postrider.recipients", email.envelope().recipients().size())
                        .with("messaging.message.body.size", email.message().size())
                        .with(
                                "postrider.scheduled_at",
                                email.delivery().dueAt().map(Instant::toString));
        if (isLost) {
            enqueue.failed("database");
            accept.failed("database");
        }
        EmailTrace.of(id)
                .map(EmailTrace::accept)
                .ifPresent(span -> {
                    Optional.ofNullable(composed.remove(id)).ifPresent(span::part);
                    span.part(enqueue);
                    span.record(accept, request);
                });
    }
}
