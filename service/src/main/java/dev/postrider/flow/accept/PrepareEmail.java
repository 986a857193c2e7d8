package dev.postrider.flow.accept;

import dev.postrider.email.EmailKey;
import dev.postrider.email.LaneKey;
import dev.postrider.email.Recipient;
import dev.postrider.flow.accept.AdoptHeaders.Adopted;
import dev.postrider.flow.compose.ComposeEmail;
import dev.postrider.flow.compose.ComposeEmail.Composition;
import dev.postrider.flow.compose.EmailDraft;
import dev.postrider.flow.compose.Recipients;
import dev.postrider.flow.store.enqueue.NewEmail;
import dev.postrider.identity.ApiKey;
import dev.postrider.identity.Caller;
import dev.postrider.mailbox.Mailbox;
import dev.postrider.mime.address.Address;
import dev.postrider.mime.address.MalformedAddress;
import dev.postrider.mime.compose.Attachment;
import dev.postrider.mime.compose.Flaw;
import dev.postrider.mime.compose.MessageId;
import dev.postrider.mime.encoding.Source;
import dev.postrider.mime.raw.RawCheck;
import dev.postrider.mime.raw.RawMessage;
import dev.postrider.postgres.NewId;
import dev.postrider.transport.OutgoingMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes of what is requested an email that can be kept: checked, addressed, composed. */
final class PrepareEmail {
    private final Caller caller;
    private final ChooseMailbox mailboxes;
    private final FetchAttachments.ForRequest fetch;
    private final Instant now;
    private final Duration giveUpAfter;
    private final TraceTaking taking;

    PrepareEmail(
            Caller caller,
            ChooseMailbox mailboxes,
            FetchAttachments.ForRequest fetch,
            Instant now,
            Duration giveUpAfter,
            TraceTaking taking) {
        this.caller = caller;
        this.mailboxes = mailboxes;
        this.fetch = fetch;
        this.now = now;
        this.giveUpAfter = giveUpAfter;
        this.taking = taking;
    }

    /** What became of it. */
    sealed interface Prepared {
        record Ready(NewEmail email) implements Prepared {}

        record Rejected(Rejection why) implements Prepared {}
    }

    Prepared prepare(SendRequest request) throws InterruptedException {
        var flaws = CheckRequest.of(request, now);
        if (!flaws.isEmpty()) {
            return rejected(new Rejection.Flawed(flaws));
        }
        return switch (request) {
            case RawRequest raw -> raw(raw);
            case EmailRequest email -> {
                var mailbox =
                        email.from().isPresent()
                                ? mailboxes.sendingAs(email.from().get())
                                : mailboxes.standard();
                yield mailbox.isEmpty()
                        ? rejected(noMailbox(email.from()))
                        : from(mailbox.get(), email, false);
            }
        };
    }

    /**
     * Prepares an email that has been checked.
     *
     * @param isAwaited whether somebody waits for its first attempt
     */
    Prepared from(Mailbox mailbox, EmailRequest email, boolean isAwaited)
            throws InterruptedException {
        var from = author(mailbox, email.from());
        var adopted = AdoptHeaders.in(email.decoded(), from, mailbox);
        if (!adopted.flaws().isEmpty()) {
            return rejected(new Rejection.Flawed(adopted.flaws()));
        }
        return switch (fetch.all(email.attachments())) {
            case FetchAttachments.Fetched.Files(var files) ->
                    compose(mailbox, from, adopted, files, isAwaited);
            case FetchAttachments.Fetched.Failed(var why) -> rejected(why);
        };
    }

    private static Rejection noMailbox(Optional<Address> from) {
        return from.<Rejection>map(Rejection.NotYourAddress::new)
                .orElseGet(Rejection.NoMailbox::new);
    }

    private static Prepared rejected(Rejection why) {
        return new Prepared.Rejected(why);
    }

    /** Whoever writes no name beside the address has the mailbox's. */
    private static Address author(Mailbox mailbox, Optional<Address> from) {
        if (from.filter(address -> !address.displayName().isEmpty()).isPresent()) {
            return from.get();
        }
        var address = from.map(Address::addrSpec).orElse(mailbox.address());
        return switch (Address.of(mailbox.displayName().orElse(""), address)) {
            case Address named -> named;
            case MalformedAddress(var reason) ->
                    throw new IllegalStateException(mailbox.id() + " has a bad address: " + reason);
        };
    }

    private Prepared compose(
            Mailbox mailbox,
            Address from,
            Adopted adopted,
            List<Attachment> attachments,
            boolean isAwaited) {
        var octets = attachments.stream().mapToLong(each -> each.content().size() / 3 * 4).sum();
        if (octets > EmailLimits.MESSAGE) {
            return tooLarge();
        }
        var id = NewId.get();
        var request = adopted.request();
        var dueAt = dueAt(request.delivery());
        var date =
                dueAt.map(due -> due.atZone(ZoneOffset.UTC))
                        .or(adopted::date)
                        .orElseGet(() -> now.atZone(ZoneOffset.UTC));
        var draft =
                new EmailDraft(
                        from,
                        request.recipients(),
                        request.body(),
                        request.conversation(),
                        attachments,
                        date);
        return switch (taking.composing(id, () -> ComposeEmail.compose(id, draft))) {
            case Composition.Flaws(var flaws) -> rejected(flawed(flaws));
            case Composition.Message(var message) when message.size() > EmailLimits.MESSAGE ->
                    tooLarge();
            case Composition.Message(var message) ->
                    ready(
                            mailbox,
                            false,
                            from,
                            named(request.recipients()),
                            email(
                                    new EmailKey(caller.workspaceId(), id),
                                    mailbox,
                                    request.recipients(),
                                    message,
                                    new NewEmail.Header(
                                            request.body().subject(),
                                            Optional.of(from.toString()),
                                            texts(request.recipients().replyTo()),
                                            request.body().headers()),
                                    request.delivery(),
                                    isAwaited));
        };
    }

    /** Unless the mailbox's kind of transport can't send it. */
    private static Prepared ready(
            Mailbox mailbox, boolean isRaw, Address from, List<Address> named, NewEmail email) {
        var outgoing =
                new OutgoingMessage(
                        mailbox.address(),
                        from.addrSpec(),
                        email.envelope().recipients().stream().map(Recipient::address).toList(),
                        named.stream().map(Address::addrSpec).collect(Collectors.toSet()),
                        email.message().content(),
                        isRaw);
        return mailbox.transport()
                .objection(mailbox.key(), outgoing)
                .map(why ->
                        rejected(
                                new Rejection.Flawed(
                                        List.of(
                                                new FieldViolation.OfTransport(
                                                        why.field(), why.reason())))))
                .orElseGet(() -> new Prepared.Ready(email));
    }

    private static List<Address> named(Recipients recipients) {
        return Stream.concat(recipients.to().stream(), recipients.cc().stream()).toList();
    }

    private static Prepared tooLarge() {
        return rejected(
                new Rejection.Flawed(
                        List.of(new FieldViolation.TooLarge("attachments", EmailLimits.MESSAGE))));
    }

    private static Rejection flawed(List<Flaw> flaws) {
        return new Rejection.Flawed(
                flaws.stream().<FieldViolation>map(FieldViolation.OfMessage::new).toList());
    }

    private Optional<Instant> dueAt(DeliveryOptions delivery) {
        return delivery.scheduledAt().filter(now::isBefore);
    }

    private static List<String> texts(List<Address> addresses) {
        return addresses.stream().map(Address::toString).toList();
    }

    private NewEmail email(
            EmailKey key,
            Mailbox mailbox,
            Recipients to,
            NewEmail.Message message,
            NewEmail.Header header,
            DeliveryOptions options,
            boolean isAwaited) {
        var dueAt = dueAt(options);
        return new NewEmail(
                key,
                new LaneKey(caller.workspaceId(), mailbox.id()),
                caller.userId(),
                caller.key().map(ApiKey::id),
                new NewEmail.Envelope(mailbox.address(), envelope(to)),
                message,
                header,
                new NewEmail.Delivery(
                        isAwaited,
                        options.priority(),
                        dueAt,
                        options.onUnknown(),
                        dueAt.orElse(now).plus(giveUpAfter)),
                options.tags());
    }

    private Prepared raw(RawRequest request) {
        return switch (check(request.message())) {
            case RawCheck.Flawed(var flaws) -> rejected(flawed(flaws));
            case RawMessage message -> raw(message, request);
        };
    }

    private static RawCheck check(Source message) {
        try {
            return RawMessage.check(message);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Prepared raw(RawMessage message, RawRequest request) {
        var to = request.recipients().isEmpty() ? message.recipients() : request.recipients();
        if (to.isEmpty()) {
            return rejected(new Rejection.Flawed(List.of(new FieldViolation.Missing("to"))));
        }
        if (to.size() > EmailLimits.RAW_RECIPIENTS) {
            return rejected(
                    new Rejection.Flawed(
                            List.of(new FieldViolation.TooMany("to", EmailLimits.RAW_RECIPIENTS))));
        }
        return mailboxes
                .sendingAs(message.from())
                .map(mailbox ->
                        ready(
                                mailbox,
                                true,
                                message.from(),
                                message.recipients(),
                                raw(mailbox, message, to, request.delivery())))
                .orElseGet(() -> rejected(new Rejection.NotYourAddress(message.from())));
    }

    private NewEmail raw(
            Mailbox mailbox, RawMessage message, List<Address> to, DeliveryOptions delivery) {
        var id = NewId.get();
        var given = message.messageId();
        var messageId = given == null ? MessageId.of(id, message.from()) : given;
        var date = dueAt(delivery).orElse(now).atZone(ZoneOffset.UTC);
        return email(
                new EmailKey(caller.workspaceId(), id),
                mailbox,
                Recipients.to(to),
                ComposeEmail.message(
                        messageId,
                        message.complete(messageId, date),
                        message.missing().contains("Date")),
                new NewEmail.Header(
                        message.subject().replace("\0", ""),
                        Optional.of(message.from().toString()),
                        List.of(),
                        List.of()),
                delivery,
                false);
    }

    /** Each address once, however often it is written. */
    private static List<Recipient> envelope(Recipients written) {
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
                envelope.add(
                        new Recipient(
                                envelope.size(), kind, address.addrSpec(), address.toString()));
            }
        }
    }
}
