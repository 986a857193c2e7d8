package dev.postrider.flow.webhook;

import dev.postrider.flow.webhook.DeliveryTable.DueWebhook;
import dev.postrider.flow.webhook.DeliveryTable.Ended;
import dev.postrider.flow.webhook.DeliveryTable.Next;
import dev.postrider.log.Journal;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.DatabaseAway;
import dev.postrider.vault.Vault;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Makes the calls that one webhook has due, a few at once, until none is left or its turn ends. */
final class ServeWebhook {
    private static final Journal JOURNAL = Journal.of("flow");
    private static final int AT_ONCE = 4;

    /** Then it is another's turn, where all are taken. */
    private static final Duration TURN = Duration.ofSeconds(30);

    private final Database database;
    private final Vault vault;
    private final PostEvent post;
    private final WebhookRetrySchedule retries;
    private final InstantSource clock;
    private final Duration lease;
    private final BooleanSupplier stopping;

    /**
     * @param lease longer than a look-up and a call together
     */
    ServeWebhook(
            Database database,
            Vault vault,
            PostEvent post,
            WebhookRetrySchedule retries,
            InstantSource clock,
            Duration lease,
            BooleanSupplier stopping) {
        this.database = database;
        this.vault = vault;
        this.post = post;
        this.retries = retries;
        this.clock = clock;
        this.lease = lease;
        this.stopping = stopping;
    }

    void serve(DueWebhook webhook) throws InterruptedException {
        if (webhook.secrets().isEmpty()) {
            disable(webhook, "Its secret can't be decrypted.");
            return;
        }
        var end = clock.instant().plus(TURN);
        while (!stopping.getAsBoolean() && !clock.instant().isAfter(end)) {
            var deliveries = claim(webhook);
            if (deliveries.isEmpty()) {
                return;
            }
            deliverAll(webhook, deliveries);
        }
    }

    private List<Delivery> claim(DueWebhook webhook) {
        return database.inTransaction(
                handle -> DeliveryTable.claim(handle, webhook, AT_ONCE, lease));
    }

    private void deliverAll(DueWebhook webhook, List<Delivery> deliveries)
            throws InterruptedException {
        var calls = new ArrayList<Thread>();
        for (var delivery : deliveries) {
            calls.add(
                    Thread.ofVirtual()
                            .name("deliver-" + delivery.eventId())
                            .start(() -> deliver(webhook, delivery)));
        }
        for (var call : calls) {
            call.join();
        }
    }

    /** What goes wrong here leaves the delivery to the end of its lease. */
    private void deliver(DueWebhook webhook, Delivery delivery) {
        try {
            var body = delivery.body(vault);
            var headers = headers(webhook.secrets(), delivery, body);
            var span = TraceDelivery.of(delivery);
            span.ifPresent(each -> headers.put("traceparent", each.traceparent()));
            var begunAt = Instant.now();
            var begun = System.nanoTime();
            var answer = post.post(webhook.workspaceId(), webhook.endpoint(), headers, body);
            var took = Duration.ofNanos(System.nanoTime() - begun);
            span.ifPresent(each ->
                    each.record(
                            TraceDelivery.ended(delivery, webhook.endpoint(), answer, begunAt)));
            settle(webhook, new Ended(delivery, answer, took));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (DatabaseAway e) {
            JOURNAL.warning(
                    "delivery abandoned until its lease ends",
                    "event",
                    delivery.eventId(),
                    "webhook",
                    delivery.webhookId(),
                    "reason",
                    String.valueOf(e.getMessage()));
        } catch (Exception e) {
            JOURNAL.failure("delivery abandoned until its lease ends", e, facts(delivery));
        }
    }

    /** Both sets of names with the same values: the specification's, and those SDKs look for. */
    private Map<String, String> headers(
            List<SigningSecret> secrets, Delivery delivery, byte[] body) {
        var now = clock.instant();
        var id = delivery.eventId().toString();
        var signature =
                secrets.stream()
                        .map(secret -> secret.sign(id, now, body))
                        .collect(Collectors.joining(" "));
        var headers = new LinkedHashMap<String, String>();
        for (var prefix : List.of("webhook", "svix")) {
            headers.put(prefix + "-id", id);
            headers.put(prefix + "-timestamp", Long.toString(now.getEpochSecond()));
            headers.put(prefix + "-signature", signature);
        }
        return headers;
    }

    private void settle(DueWebhook webhook, Ended ended) {
        var delivery = ended.delivery();
        var answer = ended.answer();
        var next = next(delivery, answer);
        var settled =
                database.inTransaction(handle -> {
                    if (!DeliveryTable.settle(handle, ended, next)) {
                        return false;
                    }
                    answer.error()
                            .ifPresentOrElse(
                                    error -> failed(handle, webhook, answer, error),
                                    () -> taken(handle, webhook));
                    return true;
                });
        if (!settled) {
            JOURNAL.warning("not settled, it has ended or was begun again", facts(delivery));
            return;
        }
        if (answer instanceof EndpointAnswer.Status status && status.isGone()) {
            disable(webhook, "The endpoint answered 410: it is gone.");
        }
        JOURNAL.event(
                "webhook " + (next instanceof Next.Again ? "postponed" : next.state()),
                "event",
                delivery.eventId(),
                "webhook",
                delivery.webhookId(),
                "attempt",
                delivery.attempt(),
                "answer",
                switch (answer) {
                    case EndpointAnswer.Status(var code, _, _) -> code;
                    case EndpointAnswer.None(var reason) -> reason;
                });
    }

    private static void taken(Handle handle, DueWebhook webhook) {
        WebhookTable.taken(handle, webhook)
                .filter(before -> before.failing().filter(Webhook.Failing::isForLong).isPresent())
                .ifPresent(before -> WebhookEvents.recovered(handle, before));
    }

    private static void failed(
            Handle handle, DueWebhook webhook, EndpointAnswer answer, String error) {
        WebhookTable.failed(handle, webhook, error, WebhookRetrySchedule.pause(pause(answer)))
                .filter(after -> after.status() == Webhook.Status.DISABLED)
                .ifPresentOrElse(
                        after -> WebhookEvents.disabled(handle, after),
                        () ->
                                WebhookTable.tellFailing(handle, webhook)
                                        .ifPresent(after -> WebhookEvents.failing(handle, after)));
    }

    private Next next(Delivery delivery, EndpointAnswer answer) {
        return switch (answer) {
            case EndpointAnswer.Status status -> {
                if (status.isTaken()) {
                    yield new Next.Delivered();
                }
                yield status.isGone() ? new Next.Failed() : again(delivery, answer);
            }
            case EndpointAnswer.None _ -> again(delivery, answer);
        };
    }

    private Next again(Delivery delivery, EndpointAnswer answer) {
        return retries.after(delivery.attempt() - delivery.retriesFrom(), pause(answer))
                .<Next>map(Next.Again::new)
                .orElseGet(Next.Failed::new);
    }

    private static Optional<Duration> pause(EndpointAnswer answer) {
        return answer instanceof EndpointAnswer.Status status ? status.pause() : Optional.empty();
    }

    private void disable(DueWebhook webhook, String reason) {
        database.inTransaction(handle -> {
            WebhookTable.disable(handle, webhook, reason)
                    .ifPresent(after -> WebhookEvents.disabled(handle, after));
            return true;
        });
    }

    private static Object[] facts(Delivery delivery) {
        return new Object[] {"event", delivery.eventId(), "webhook", delivery.webhookId()};
    }
}
