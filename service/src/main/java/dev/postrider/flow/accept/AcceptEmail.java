package dev.postrider.flow.accept;

import dev.postrider.door.api.send.ReadEmailRequest;
import dev.postrider.email.EmailKey;
import dev.postrider.email.LaneKey;
import dev.postrider.email.Recipient;
import dev.postrider.flow.compose.ComposeEmail;
import dev.postrider.flow.compose.ComposeEmail.Composition;
import dev.postrider.flow.store.NewEmail;
import dev.postrider.flow.store.Shown;
import dev.postrider.http.Fields;
import dev.postrider.http.Problem;
import dev.postrider.http.ProblemCode;
import dev.postrider.identity.Caller;
import dev.postrider.mailbox.Mailbox;
import dev.postrider.mime.Address;
import dev.postrider.mime.Attachment;
import dev.postrider.mime.Draft;
import dev.postrider.mime.Flaw;
import dev.postrider.mime.MessageId;
import dev.postrider.postgres.NewId;
import dev.postrider.spool.OpenFiles;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes an email that can be kept of what a request describes: checked, addressed, composed. */
public final class AcceptEmail {
    /** Octets of a message as it is sent, its attachments in base64. */
    static final int MAX_OCTETS = 40 * 1024 * 1024;

    /** Characters of HTML that a plain text is still derived from. */
    static final int MAX_DERIVED_FROM = 1024 * 1024;

    private final FindMailbox mailboxes;
    private final FetchAttachments fetch;
    private final InstantSource clock;
    private final Duration giveUpAfter;

    /**
     * @param giveUpAfter how long an email is tried once it is due
     */
    public AcceptEmail(
            FindMailbox mailboxes,
            FetchAttachments fetch,
            InstantSource clock,
            Duration giveUpAfter) {
        this.mailboxes = mailboxes;
        this.fetch = fetch;
        this.clock = clock;
        this.giveUpAfter = giveUpAfter;
    }

    /** Finds the mailbox through which a caller sends as an address. */
    public interface FindMailbox {
        Optional<Mailbox> find(Caller caller, String address);
    }

    /** The same for the emails of one request, whose senders are mostly the same. */
    public AcceptEmail inBatch() {
        var known = new HashMap<String, Optional<Mailbox>>();
        return new AcceptEmail(
                (caller, address) ->
                        known.computeIfAbsent(address, each -> mailboxes.find(caller, each)),
                fetch,
                clock,
                giveUpAfter);
    }

    /** What became of a request. */
    public sealed interface Accepted {
        record Email(NewEmail email) implements Accepted {}

        record Rejected(Problem problem) implements Accepted {}
    }

    public Accepted accept(Caller caller, Fields fields, OpenFiles files)
            throws InterruptedException {
        var now = clock.instant();
        var request = ReadEmailRequest.in(fields, now);
        if (request.isEmpty()) {
            return new Accepted.Rejected(InvalidEmail.problem(fields.errors()));
        }
        var from = request.get().from();
        var mailbox = mailboxes.find(caller, from.addrSpec());
        if (mailbox.isEmpty()) {
            return new Accepted.Rejected(noMailbox(from));
        }
        return switch (fetch.all(request.get().attachments(), MAX_OCTETS, files)) {
            case FetchAttachments.Fetched.Files(var attachments) ->
                    compose(caller, mailbox.get(), request.get(), attachments, now);
            case FetchAttachments.Fetched.Failed(var problem) -> new Accepted.Rejected(problem);
        };
    }

    static Problem noMailbox(Address from) {
        return Problem.of(
                ProblemCode.INVALID_FROM_ADDRESS,
                "You have no mailbox "
                        + from.addrSpec()
                        + " to send from: connect it with POST /mailboxes, {\"address\": \""
                        + from.addrSpec()
                        + "\", ...}, and send again.");
    }

    private Accepted compose(
            Caller caller,
            Mailbox mailbox,
            EmailRequest request,
            List<Attachment> attachments,
            Instant now) {
        var octets = attachments.stream().mapToLong(each -> each.content().size() / 3 * 4).sum();
        if (octets > MAX_OCTETS) {
            return tooLarge();
        }
        var id = NewId.get();
        return switch (ComposeEmail.compose(draft(id, request, attachments, now))) {
            case Composition.Flaws(var flaws) -> new Accepted.Rejected(problem(flaws));
            case Composition.Message message ->
                    message.content().size() > MAX_OCTETS
                            ? tooLarge()
                            : new Accepted.Email(email(id, caller, mailbox, request, message, now));
        };
    }

    private static Accepted tooLarge() {
        return new Accepted.Rejected(
                Problem.invalid(
                        ProblemCode.INVALID_ATTACHMENT,
                        List.of(
                                new Problem.FieldError(
                                        "attachments",
                                        "make the message larger than "
                                                + MAX_OCTETS
                                                + " octets, counted in base64"))));
    }

    private static Draft draft(
            UUID id, EmailRequest request, List<Attachment> attachments, Instant now) {
        var from = request.from();
        var date = request.delivery().scheduledAt().filter(now::isBefore).orElse(now);
        var draft =
                Draft.from(
                                from,
                                request.thread()
                                        .messageId()
                                        .map(AcceptEmail::bracketed)
                                        .orElseGet(() -> MessageId.of(id, from)),
                                date.atZone(ZoneOffset.UTC))
                        .to(request.recipients().to())
                        .cc(request.recipients().cc())
                        .replyTo(request.replyTo())
                        .subject(request.subject())
                        .text(text(request))
                        .html(request.html().orElse(null))
                        .invitation(request.invitation().orElse(null))
                        .inReplyTo(request.thread().inReplyTo().orElse(null))
                        .references(request.thread().references())
                        .unsubscribe(request.unsubscribe().orElse(null));
        attachments.forEach(draft::attach);
        request.headers().forEach(header -> draft.header(header.name(), header.value()));
        return draft.build();
    }

    /** Null derives it from the HTML, unless that takes too long. */
    private static @Nullable String text(EmailRequest request) {
        var isLong = request.html().filter(html -> html.length() > MAX_DERIVED_FROM).isPresent();
        return request.text().orElse(isLong ? "" : null);
    }

    private static String bracketed(String messageId) {
        var id = messageId.strip();
        return id.startsWith("<") ? id : "<" + id + ">";
    }

    private NewEmail email(
            UUID id,
            Caller caller,
            Mailbox mailbox,
            EmailRequest request,
            Composition.Message message,
            Instant now) {
        var delivery = request.delivery();
        var dueAt = delivery.scheduledAt().filter(now::isBefore);
        return new NewEmail(
                new EmailKey(caller.workspaceId(), id),
                new LaneKey(caller.workspaceId(), mailbox.id()),
                caller.userId(),
                message.messageId(),
                mailbox.address(),
                request.subject(),
                envelope(request.recipients()),
                message.content(),
                message.eightBit(),
                message.smtpUtf8()
                        || request.recipients().bcc().stream().anyMatch(Address::needsSmtpUtf8),
                false,
                delivery.priority(),
                dueAt,
                delivery.onUnknown(),
                dueAt.orElse(now).plus(giveUpAfter),
                new Shown(
                        Optional.of(request.from().toString()),
                        request.replyTo().stream().map(Address::toString).toList(),
                        delivery.tags(),
                        true));
    }

    /** Each address once, however often it is written. */
    static List<Recipient> envelope(EmailRequest.Recipients written) {
        var envelope = new ArrayList<Recipient>();
        var seen = new HashSet<String>();
        add(envelope, seen, Recipient.Kind.TO, written.to());
        add(envelope, seen, Recipient.Kind.CC, written.cc());
        add(envelope, seen, Recipient.Kind.BCC, written.bcc());
        return envelope;
    }

    private static void add(
            List<Recipient> envelope,
            Set<String> seen,
            Recipient.Kind kind,
            List<Address> addresses) {
        for (var address : addresses) {
            if (seen.add(address.addrSpec())) {
                envelope.add(new Recipient(envelope.size(), kind, address.addrSpec()));
            }
        }
    }

    public static Problem problem(List<Flaw> flaws) {
        return InvalidEmail.problem(
                flaws.stream()
                        .map(flaw -> new Problem.FieldError(flaw.field(), flaw.reason()))
                        .toList());
    }
}
