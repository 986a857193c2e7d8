package dev.postrider.door.api.send;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.email.GiveUpAfter;
import dev.postrider.flow.accept.AcceptEmail;
import dev.postrider.flow.accept.AcceptEmail.Accepted;
import dev.postrider.flow.accept.AcceptRaw;
import dev.postrider.flow.accept.FetchAttachments;
import dev.postrider.flow.accept.FetchUrl;
import dev.postrider.flow.enqueue.Enqueue;
import dev.postrider.flow.enqueue.Repeats;
import dev.postrider.flow.enqueue.Submission;
import dev.postrider.flow.enqueue.Submitted;
import dev.postrider.flow.store.NewEmail;
import dev.postrider.flow.store.Repeatable;
import dev.postrider.http.Fields;
import dev.postrider.http.Problem;
import dev.postrider.http.ProblemCode;
import dev.postrider.identity.Caller;
import dev.postrider.mailbox.Mailboxes;
import dev.postrider.outbound.OutboundGuard;
import dev.postrider.spool.OpenFiles;
import dev.postrider.spool.Spool;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;

/** Takes emails from requests into the queue, each request once. Safe for concurrent use. */
@Singleton
public final class SubmitEmails {
    private static final Duration FETCH_TIMEOUT = Duration.ofSeconds(20);

    private final AcceptEmail accept;
    private final AcceptRaw acceptRaw;
    private final Enqueue enqueue;
    private final Repeats repeats;

    public SubmitEmails(
            Mailboxes mailboxes,
            OutboundGuard guard,
            Spool files,
            Enqueue enqueue,
            Repeats repeats,
            InstantSource clock,
            GiveUpAfter giveUpAfter) {
        var tls = (SSLSocketFactory) SSLSocketFactory.getDefault();
        var fetch = new FetchAttachments(new FetchUrl(guard, tls, files, FETCH_TIMEOUT));
        this.accept = new AcceptEmail(mailboxes::sendingAs, fetch, clock, giveUpAfter.duration());
        this.acceptRaw = new AcceptRaw(mailboxes, clock, giveUpAfter.duration());
        this.enqueue = enqueue;
        this.repeats = repeats;
    }

    /** The answer to a caller. */
    sealed interface Answer {
        /**
         * It is kept, or was before.
         *
         * @param json the body
         */
        record Done(String json) implements Answer {}

        record Rejected(Problem problem) implements Answer {}
    }

    /** One email. */
    public Answer one(Caller caller, ObjectNode body, Optional<String> key)
            throws InterruptedException {
        try (var files = new OpenFiles()) {
            return once(
                    repeatable(caller, "POST /emails", body, key),
                    () -> one(accept.accept(caller, new Fields(body), files)));
        }
    }

    /** One email whose bytes the caller has composed. */
    Answer raw(Caller caller, ObjectNode body, Optional<String> key) throws InterruptedException {
        return once(
                repeatable(caller, "POST /emails/raw", body, key),
                () -> one(acceptRaw.accept(caller, new Fields(body))));
    }

    /**
     * Several emails.
     *
     * @param permissive keeps the good ones, otherwise all or none
     */
    Answer batch(Caller caller, List<JsonNode> emails, boolean permissive, Optional<String> key)
            throws InterruptedException {
        var body = JsonNodeFactory.instance.arrayNode().addAll(emails);
        var operation = permissive ? "POST /emails/batch permissive" : "POST /emails/batch";
        try (var files = new OpenFiles()) {
            var acceptBatch = new AcceptBatch(accept.inBatch(), caller, files);
            return once(
                    repeatable(caller, operation, body, key),
                    () -> acceptBatch.of(emails, permissive));
        }
    }

    /** What a request comes to, when it is no repeat. */
    sealed interface Work {
        record Keep(List<NewEmail> emails, String answer) implements Work {}

        record Reject(Problem problem) implements Work {}
    }

    private interface Prepare {
        Work work() throws InterruptedException;
    }

    private static Work one(Accepted accepted) {
        return switch (accepted) {
            case Accepted.Email(var email) ->
                    new Work.Keep(List.of(email), "{\"id\":\"" + email.key().id() + "\"}");
            case Accepted.Rejected(var problem) -> new Work.Reject(problem);
        };
    }

    private Answer once(Optional<Repeatable> request, Prepare prepare) throws InterruptedException {
        var before = request.flatMap(repeats::of);
        if (before.isPresent()) {
            return answer(before.get(), "");
        }
        return switch (prepare.work()) {
            case Work.Reject(var problem) -> new Answer.Rejected(problem);
            case Work.Keep(var emails, var answer) ->
                    answer(
                            enqueue.keep(
                                    new Submission(
                                            emails, request.map(each -> each.answered(answer)))),
                            answer);
        };
    }

    private static Answer answer(Submitted submitted, String answer) {
        return switch (submitted) {
            case Submitted.Kept _ -> new Answer.Done(answer);
            case Submitted.Repeated(var first) -> new Answer.Done(first);
            case Submitted.Mismatched _ -> new Answer.Rejected(IdempotencyKey.mismatched());
            case Submitted.NoMailbox _ ->
                    new Answer.Rejected(
                            Problem.of(
                                    ProblemCode.INVALID_FROM_ADDRESS,
                                    "The mailbox was removed just now; nothing is kept."));
            case Submitted.Busy _ ->
                    new Answer.Rejected(
                            Problem.of(
                                    ProblemCode.UNAVAILABLE,
                                    "More emails arrive than the database takes: nothing was kept."
                                            + " Try again in a moment."));
        };
    }

    private static Optional<Repeatable> repeatable(
            Caller caller, String operation, JsonNode body, Optional<String> key) {
        return key.map(text -> IdempotencyKey.request(caller, operation, body, text));
    }
}
