package dev.postrider.flow.accept;

import dev.postrider.door.api.send.IdempotencyKey;
import dev.postrider.door.api.send.SendEmailRequest;
import dev.postrider.email.EmailKey;
import dev.postrider.email.GiveUpAfter;
import dev.postrider.email.LaneKey;
import dev.postrider.email.OnUnknown;
import dev.postrider.email.Priority;
import dev.postrider.email.Recipient;
import dev.postrider.flow.compose.ComposeEmail;
import dev.postrider.flow.compose.ComposeEmail.Composition;
import dev.postrider.flow.enqueue.Enqueue;
import dev.postrider.flow.enqueue.Repeats;
import dev.postrider.flow.enqueue.Submission;
import dev.postrider.flow.enqueue.Submitted;
import dev.postrider.flow.store.AwaitedEmails;
import dev.postrider.flow.store.AwaitedEmails.Progress;
import dev.postrider.flow.store.NewEmail;
import dev.postrider.flow.store.Repeatable;
import dev.postrider.flow.store.Shown;
import dev.postrider.http.Problem;
import dev.postrider.http.ProblemCode;
import dev.postrider.identity.Caller;
import dev.postrider.mailbox.LoadedMailbox;
import dev.postrider.mailbox.Mailbox;
import dev.postrider.mailbox.MailboxState;
import dev.postrider.mailbox.Mailboxes;
import dev.postrider.mime.Address;
import dev.postrider.mime.Flaw;
import dev.postrider.mime.MalformedAddress;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.NewId;
import dev.postrider.postgres.Wakeups;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Sends one email through the caller's own mailbox and waits for the first attempt. */
@Singleton
public final class SendEmail {
    private static final String NO_MAILBOX =
            "No email or password found. Please connect your account with SMTP.";

    private final Mailboxes mailboxes;
    private final ComposeEmail compose;
    private final Enqueue enqueue;
    private final AwaitedEmails attempts;
    private final AwaitAttempt await;
    private final Wakeups wakeups;
    private final Repeats repeats;
    private final InstantSource clock;
    private final Duration giveUpAfter;

    public SendEmail(
            Mailboxes mailboxes,
            ComposeEmail compose,
            Enqueue enqueue,
            Database database,
            Wakeups wakeups,
            Repeats repeats,
            InstantSource clock,
            GiveUpAfter giveUpAfter) {
        this.mailboxes = mailboxes;
        this.compose = compose;
        this.enqueue = enqueue;
        this.attempts = new AwaitedEmails(database);
        this.await = new AwaitAttempt(attempts);
        this.wakeups = wakeups;
        this.repeats = repeats;
        this.clock = clock;
        this.giveUpAfter = giveUpAfter.duration();
    }

    /** The answer to the caller. */
    public sealed interface Answer {
        record Sent(UUID id) implements Answer {}

        record Queued(UUID id, String reason) implements Answer {}

        record Rejected(Problem problem) implements Answer {}

        /**
         * A limit of the mailbox is reached; nothing is kept.
         *
         * @param rest until there is room
         */
        record Limited(Problem problem, Duration rest) implements Answer {}
    }

    /**
     * Sends an email, or answers for the one that an earlier request under the same key sent.
     *
     * @param repeatable the request, when its caller may repeat it
     */
    public Answer send(
            Caller caller,
            SendEmailRequest.Checked request,
            Duration wait,
            Optional<Repeatable> repeatable)
            throws InterruptedException {
        var before = repeatable.flatMap(repeats::of);
        return before.isPresent()
                ? repeated(before.get(), caller.workspaceId(), repeatable, wait)
                : sendFirst(caller, request, wait, repeatable);
    }

    private Answer sendFirst(
            Caller caller,
            SendEmailRequest.Checked request,
            Duration wait,
            Optional<Repeatable> repeatable)
            throws InterruptedException {
        var mailbox = mailbox(caller);
        if (mailbox.isEmpty()) {
            return new Answer.Rejected(Problem.of(ProblemCode.NO_MAILBOX, NO_MAILBOX));
        }
        if (mailbox.get().state() instanceof MailboxState.Held) {
            return new Answer.Rejected(needsAttention(mailbox.get()));
        }
        var rest = attempts.rest(new LaneKey(caller.workspaceId(), mailbox.get().id()));
        if (rest.isPresent() && rest.get().compareTo(wait) > 0) {
            return new Answer.Limited(limited(mailbox.get(), rest.get()), rest.get());
        }
        var id = NewId.get();
        return switch (compose(id, mailbox.get(), request)) {
            case Composition.Flaws(var flaws) -> new Answer.Rejected(problem(flaws));
            case Composition.Message message ->
                    send(email(id, caller, mailbox.get(), request, message), wait, repeatable);
        };
    }

    /** The one that the API key is for, or the user's default. */
    private Optional<Mailbox> mailbox(Caller caller) {
        return caller.onlyMailbox().isPresent()
                ? mailboxes
                        .load(caller.workspaceId(), caller.onlyMailbox().get())
                        .map(LoadedMailbox::mailbox)
                : mailboxes.defaultFor(caller.workspaceId(), caller.userId());
    }

    private Composition compose(UUID id, Mailbox mailbox, SendEmailRequest.Checked request) {
        return compose.plainText(
                id, sender(mailbox), request.to(), request.subject(), request.message());
    }

    private static Address sender(Mailbox mailbox) {
        return switch (Address.of(mailbox.displayName().orElse(""), mailbox.address())) {
            case Address address -> address;
            case MalformedAddress(var reason) ->
                    throw new IllegalStateException(mailbox.id() + " has a bad address: " + reason);
        };
    }

    private NewEmail email(
            UUID id,
            Caller caller,
            Mailbox mailbox,
            SendEmailRequest.Checked request,
            Composition.Message message) {
        return new NewEmail(
                new EmailKey(caller.workspaceId(), id),
                new LaneKey(caller.workspaceId(), mailbox.id()),
                caller.userId(),
                message.messageId(),
                sender(mailbox).addrSpec(),
                request.subject(),
                List.of(new Recipient(0, Recipient.Kind.TO, request.to().addrSpec())),
                message.content(),
                message.eightBit(),
                message.smtpUtf8(),
                true,
                Priority.NORMAL,
                Optional.empty(),
                OnUnknown.RESEND,
                clock.instant().plus(giveUpAfter),
                Shown.NOTHING);
    }

    private Answer send(NewEmail email, Duration wait, Optional<Repeatable> repeatable)
            throws InterruptedException {
        var submission =
                new Submission(
                        List.of(email),
                        repeatable.map(each -> each.answered(email.key().id().toString())));
        try (var settlement = wakeups.listen(email.key().id())) {
            var submitted = enqueue.keep(submission);
            if (!(submitted instanceof Submitted.Kept)) {
                return repeated(submitted, email.key().workspaceId(), repeatable, wait);
            }
            var ended = await.await(email.key(), settlement, wait);
            if (ended instanceof AwaitAttempt.Ended.Forgotten) {
                repeatable.ifPresent(repeats::forget);
                return new Answer.Rejected(needsAttention(email));
            }
            return answer(email.key().id(), ended, wait);
        }
    }

    /** What is answered to a request that kept nothing itself. */
    private Answer repeated(
            Submitted submitted, UUID workspaceId, Optional<Repeatable> repeatable, Duration wait)
            throws InterruptedException {
        return switch (submitted) {
            case Submitted.Repeated(var first) ->
                    awaitFirst(new EmailKey(workspaceId, UUID.fromString(first)), repeatable, wait);
            case Submitted.Mismatched _ -> new Answer.Rejected(IdempotencyKey.mismatched());
            case Submitted.NoMailbox _ ->
                    new Answer.Rejected(Problem.of(ProblemCode.NO_MAILBOX, NO_MAILBOX));
            case Submitted.Kept _, Submitted.Busy _ ->
                    new Answer.Rejected(
                            Problem.of(
                                    ProblemCode.UNAVAILABLE,
                                    "More emails arrive than the database takes: this one was not"
                                            + " kept. Try again in a moment."));
        };
    }

    /** The first request listens for the attempt; a repeat, which is rare, looks now and then. */
    private Answer awaitFirst(EmailKey email, Optional<Repeatable> repeatable, Duration wait)
            throws InterruptedException {
        try (var nobodyTells = wakeups.listen(NewId.get())) {
            var ended = await.await(email, nobodyTells, wait);
            if (ended instanceof AwaitAttempt.Ended.Forgotten) {
                repeatable.ifPresent(repeats::forget);
                return new Answer.Rejected(
                        Problem.of(
                                ProblemCode.MAILBOX_NEEDS_ATTENTION,
                                "The mailbox's server refused the login when this was first sent, and"
                                        + " the email is not kept. Once the mailbox is mended, send"
                                        + " again."));
            }
            return answer(email.id(), ended, wait);
        }
    }

    private static Answer answer(UUID id, AwaitAttempt.Ended ended, Duration wait) {
        return switch (ended) {
            case AwaitAttempt.Ended.Attempted(var progress) -> answer(id, progress);
            case AwaitAttempt.Ended.Resting(var rest) ->
                    new Answer.Queued(
                            id,
                            "The mailbox has reached a limit and rests for "
                                    + rest.toSeconds()
                                    + " s.");
            case AwaitAttempt.Ended.StillWaiting(), AwaitAttempt.Ended.Forgotten() ->
                    new Answer.Queued(
                            id,
                            "No answer from the mailbox's server within "
                                    + wait.toSeconds()
                                    + " s.");
        };
    }

    private static Answer answer(UUID id, Progress progress) {
        return switch (progress.state()) {
            case SENT -> new Answer.Sent(id);
            case REFUSED ->
                    new Answer.Rejected(
                            Problem.of(
                                    progress.outcome().equals("recipients_refused")
                                            ? ProblemCode.RECIPIENT_REFUSED
                                            : ProblemCode.MESSAGE_REFUSED,
                                    progress.reason()));
            case FAILED ->
                    new Answer.Rejected(
                            Problem.of(
                                    ProblemCode.MAIL_SERVER_BROKEN,
                                    progress.reason() + " The email is not kept."));
            case SCHEDULED, QUEUED, SENDING, UNKNOWN, CANCELED ->
                    new Answer.Queued(id, progress.reason());
        };
    }

    /** The mailbox that it was meant for, which another may have replaced as the default. */
    private Problem needsAttention(NewEmail email) {
        return mailboxes
                .load(email.lane().workspaceId(), email.lane().mailboxId())
                .map(LoadedMailbox::mailbox)
                .map(SendEmail::needsAttention)
                .orElseGet(() -> Problem.of(ProblemCode.NO_MAILBOX, NO_MAILBOX));
    }

    private static Problem limited(Mailbox mailbox, Duration rest) {
        return Problem.of(
                ProblemCode.LIMIT_REACHED,
                "The mailbox "
                        + mailbox.address()
                        + " has reached a limit of its provider or its own, and rests for "
                        + rest.toSeconds()
                        + " s. This email is not kept; POST /emails would queue it.");
    }

    private static Problem needsAttention(Mailbox mailbox) {
        return Problem.of(
                ProblemCode.MAILBOX_NEEDS_ATTENTION,
                "The mailbox "
                        + mailbox.address()
                        + " can't send: "
                        + mailbox.state().why().orElse("its server refused the login.")
                        + " Give it working credentials (PATCH /mailboxes/"
                        + mailbox.id()
                        + "). This email is not kept.");
    }

    /** The composer's names for fields, as this route's. */
    private static Problem problem(List<Flaw> flaws) {
        return Problem.invalid(
                flaws.stream()
                        .map(flaw ->
                                new Problem.FieldError(
                                        flaw.field().equals("text")
                                                ? "message"
                                                : flaw.field().replaceAll("\\[.*", ""),
                                        flaw.reason()))
                        .toList());
    }
}
