package dev.postrider.flow.accept;

import dev.postrider.email.EmailKey;
import dev.postrider.email.GiveUpAfter;
import dev.postrider.email.LaneKey;
import dev.postrider.flow.accept.IntakeResult.NotKept;
import dev.postrider.flow.accept.PrepareEmail.Prepared;
import dev.postrider.flow.enqueue.Enqueue;
import dev.postrider.flow.enqueue.EnqueueDirectly;
import dev.postrider.flow.enqueue.IdempotentRequests;
import dev.postrider.flow.enqueue.Submission;
import dev.postrider.flow.enqueue.Submitted;
import dev.postrider.flow.store.enqueue.IdempotentRequest;
import dev.postrider.flow.store.enqueue.NewEmail;
import dev.postrider.identity.ApiKey;
import dev.postrider.identity.Caller;
import dev.postrider.machine.StopPoint;
import dev.postrider.mailbox.Mailbox;
import dev.postrider.mailbox.MailboxState;
import dev.postrider.mailbox.Mailboxes;
import dev.postrider.spool.OpenFiles;
import dev.postrider.trace.RequestTrace;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The one entry for emails that are to be sent, whatever door they come in by: in goes a caller and
 * what the caller asks for, out comes what is kept, or a {@link Rejection}. What is kept is
 * committed. Knows no wire, no status and no language. Safe for concurrent use.
 *
 * <p>Whoever comes on {@link dev.postrider.identity.Credit} has been asked about when something is
 * kept; when nothing is, that is left to the door. {@link dev.postrider.identity.CallerChanged} is
 * thrown when they aren't who they were, and nothing is kept then.
 */
@Singleton
public final class Intake {
    private final Mailboxes mailboxes;
    private final FetchAttachments fetch;
    private final Enqueue enqueue;
    private final EnqueueDirectly enqueueDirectly;
    private final IdempotentRequests idempotentRequests;
    private final FirstAttempts attempts;
    private final InstantSource clock;
    private final Duration giveUpAfter;

    public Intake(
            Mailboxes mailboxes,
            FetchAttachments fetch,
            Enqueue enqueue,
            EnqueueDirectly enqueueDirectly,
            IdempotentRequests idempotentRequests,
            FirstAttempts attempts,
            InstantSource clock,
            GiveUpAfter giveUpAfter) {
        this.mailboxes = mailboxes;
        this.fetch = fetch;
        this.enqueue = enqueue;
        this.enqueueDirectly = enqueueDirectly;
        this.idempotentRequests = idempotentRequests;
        this.attempts = attempts;
        this.clock = clock;
        this.giveUpAfter = giveUpAfter.duration();
    }

    /** Whether a request is kept as a whole or in part. */
    public enum Policy {
        ALL_OR_NONE,
        THE_GOOD_ONES
    }

    /** Takes one email. */
    public IntakeResult take(Caller caller, SendRequest email, Optional<Idempotency> idempotency)
            throws InterruptedException {
        return take(caller, email, idempotency, RequestTrace.NONE);
    }

    /** Takes one email that came by a request. */
    public IntakeResult take(
            Caller caller, SendRequest email, Optional<Idempotency> idempotency, RequestTrace trace)
            throws InterruptedException {
        return take(caller, List.of(email), Policy.ALL_OR_NONE, idempotency, trace);
    }

    /** Takes several emails, which are kept together. */
    public IntakeResult take(
            Caller caller,
            List<? extends SendRequest> emails,
            Policy policy,
            Optional<Idempotency> idempotency,
            RequestTrace trace)
            throws InterruptedException {
        var taking = new TraceTaking(trace);
        var request = idempotency.map(each -> idempotent(caller, each));
        var before = request.flatMap(idempotentRequests::of);
        if (before.isPresent()) {
            return accepted(before.get(), new IntakeResult.Kept(List.of(), List.of()));
        }
        try (var files = new OpenFiles();
                var fetching = fetch.begin(caller.workspaceId(), files)) {
            var prepare = prepare(caller, fetching, clock.instant(), taking);
            var kept = new ArrayList<NewEmail>(emails.size());
            var others = new ArrayList<NotKept>();
            for (var i = 0; i < emails.size(); i++) {
                switch (prepare.prepare(emails.get(i))) {
                    case Prepared.Ready(var email) -> kept.add(email);
                    case Prepared.Rejected(var why) -> {
                        others.add(new NotKept(i, why));
                        if (policy == Policy.ALL_OR_NONE) {
                            return new IntakeResult.Rejected(others.getFirst());
                        }
                    }
                }
            }
            fetching.close();
            return keep(caller, kept, others, idempotency, request, taking);
        }
    }

    private IntakeResult keep(
            Caller caller,
            List<NewEmail> emails,
            List<NotKept> others,
            Optional<Idempotency> idempotency,
            Optional<IdempotentRequest> request,
            TraceTaking taking) {
        var kept =
                new IntakeResult.Kept(
                        emails.stream().map(email -> email.key().id()).toList(), others);
        var answered =
                request.map(each -> each.answered(idempotency.orElseThrow().answer().apply(kept)));
        var submission = new Submission(caller, emails, answered);
        return accepted(taking.keeping(emails, () -> enqueue.keep(submission)), kept);
    }

    private static IntakeResult accepted(Submitted submitted, IntakeResult.Kept kept) {
        return switch (submitted) {
            case Submitted.Kept _, Submitted.Begun _ -> kept;
            case Submitted.Repeated(var answer) -> new IntakeResult.Repeated(answer);
            case Submitted.Mismatched _ -> rejected(new Rejection.OtherRequest());
            case Submitted.NoMailbox _ -> rejected(new Rejection.MailboxRemoved());
            case Submitted.Busy _ -> rejected(new Rejection.Busy(Rejection.Busy.Scarce.DATABASE));
        };
    }

    private static IntakeResult rejected(Rejection why) {
        return new IntakeResult.Rejected(new NotKept(0, why));
    }

    private PrepareEmail prepare(
            Caller caller, FetchAttachments.ForRequest fetching, Instant now, TraceTaking taking) {
        return new PrepareEmail(
                caller, new ChooseMailbox(mailboxes, caller), fetching, now, giveUpAfter, taking);
    }

    /** Whoever calls has keys of their own: two callers' never meet. */
    private static IdempotentRequest idempotent(Caller caller, Idempotency idempotency) {
        return new IdempotentRequest(
                caller.workspaceId(),
                caller.key().map(ApiKey::id).orElse(caller.userId()),
                idempotency.key(),
                idempotency.fingerprint(),
                "");
    }

    /**
     * Sends an email from the caller's default mailbox ahead of all others, and waits for the first
     * attempt; or waits for the one that an earlier request under the same key sent.
     *
     * @param through which mailboxes it may leave
     * @param idempotency its answer isn't asked for: a repeat is answered for the first email, as
     *     that is now
     * @param trace the request that it came by
     */
    public FirstAttemptResult send(
            Caller caller,
            MailboxKinds through,
            EmailRequest email,
            Duration wait,
            Optional<Idempotency> idempotency,
            RequestTrace trace)
            throws InterruptedException {
        var taking = new TraceTaking(trace);
        var request = idempotency.map(each -> idempotent(caller, each));
        var before = request.flatMap(idempotentRequests::of);
        return before.isPresent()
                ? repeated(before.get(), caller.workspaceId(), request, wait)
                : sendFirst(caller, through, email, wait, request, taking);
    }

    private FirstAttemptResult sendFirst(
            Caller caller,
            MailboxKinds through,
            EmailRequest request,
            Duration wait,
            Optional<IdempotentRequest> idempotent,
            TraceTaking taking)
            throws InterruptedException {
        var now = clock.instant();
        var flaws = CheckRequest.of(request, now);
        if (!flaws.isEmpty()) {
            return new FirstAttemptResult.Rejected(new Rejection.Flawed(flaws));
        }
        var found = new ChooseMailbox(mailboxes, caller).standard(through.kinds());
        if (found.isEmpty()) {
            return new FirstAttemptResult.Rejected(
                    new Rejection.NoMailbox(Optional.of(through.name())));
        }
        var mailbox = found.get();
        if (mailbox.state() instanceof MailboxState.Held) {
            return new FirstAttemptResult.Rejected(held(mailbox));
        }
        var rest = rest(new LaneKey(caller.workspaceId(), mailbox.id()));
        if (rest.filter(each -> each.compareTo(wait) > 0).isPresent()) {
            return new FirstAttemptResult.Rejected(
                    new Rejection.MailboxRests(mailbox.address(), rest.get()));
        }
        try (var files = new OpenFiles();
                var fetching = fetch.begin(caller.workspaceId(), files)) {
            var prepare = prepare(caller, fetching, now, taking);
            return switch (prepare.from(mailbox, request, true)) {
                case Prepared.Rejected(var why) -> new FirstAttemptResult.Rejected(why);
                case Prepared.Ready(var email) ->
                        send(caller, email, mailbox.updatedAt(), wait, idempotent, taking);
            };
        }
    }

    /** How long it rests; a lane that is served here doesn't. */
    private Optional<Duration> rest(LaneKey lane) {
        return enqueueDirectly.isServed(lane) ? Optional.empty() : attempts.rest(lane);
    }

    private FirstAttemptResult send(
            Caller caller,
            NewEmail email,
            Instant mailboxSeen,
            Duration wait,
            Optional<IdempotentRequest> idempotent,
            TraceTaking taking)
            throws InterruptedException {
        var submission =
                new Submission(
                        caller,
                        List.of(email),
                        idempotent.map(each -> each.answered(email.key().id().toString())));
        try (var first = attempts.listen(email.key())) {
            var submitted =
                    taking.keeping(
                            List.of(email),
                            () -> enqueueDirectly.keep(email, submission, mailboxSeen));
            if (!(submitted instanceof Submitted.Kept || submitted instanceof Submitted.Begun)) {
                return repeated(submitted, email.key().workspaceId(), idempotent, wait);
            }
            var ended = first.await(wait);
            StopPoint.TOLD.pass();
            if (ended instanceof FirstAttempts.Ended.NotKept) {
                idempotent.ifPresent(idempotentRequests::delete);
                return new FirstAttemptResult.Rejected(held(email.lane()));
            }
            return FirstAttemptResult.of(email.key().id(), ended);
        }
    }

    /** What is answered to a request that kept nothing itself. */
    private FirstAttemptResult repeated(
            Submitted submitted,
            UUID workspaceId,
            Optional<IdempotentRequest> idempotent,
            Duration wait)
            throws InterruptedException {
        return switch (submitted) {
            case Submitted.Repeated(var first) ->
                    awaitFirst(new EmailKey(workspaceId, UUID.fromString(first)), idempotent, wait);
            case Submitted.Mismatched _ ->
                    new FirstAttemptResult.Rejected(new Rejection.OtherRequest());
            case Submitted.NoMailbox _ ->
                    new FirstAttemptResult.Rejected(new Rejection.NoMailbox());
            case Submitted.Kept _, Submitted.Begun _, Submitted.Busy _ ->
                    new FirstAttemptResult.Rejected(
                            new Rejection.Busy(Rejection.Busy.Scarce.DATABASE));
        };
    }

    private FirstAttemptResult awaitFirst(
            EmailKey email, Optional<IdempotentRequest> idempotent, Duration wait)
            throws InterruptedException {
        try (var first = attempts.listen(email)) {
            var ended = first.await(wait);
            StopPoint.TOLD.pass();
            if (ended instanceof FirstAttempts.Ended.NotKept) {
                idempotent.ifPresent(idempotentRequests::delete);
                return new FirstAttemptResult.Rejected(new Rejection.MailboxHeld(Optional.empty()));
            }
            return FirstAttemptResult.of(email.id(), ended);
        }
    }

    /** The mailbox that it was meant for, which another may have replaced as the default. */
    private Rejection held(LaneKey lane) {
        return mailboxes
                .find(lane.workspaceId(), lane.mailboxId())
                .map(Intake::held)
                .orElseGet(Rejection.NoMailbox::new);
    }

    private static Rejection held(Mailbox mailbox) {
        return new Rejection.MailboxHeld(
                Optional.of(
                        new Rejection.MailboxHeld.Held(
                                mailbox.id(), mailbox.address(), mailbox.state().why())));
    }
}
