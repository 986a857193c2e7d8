package dev.postrider.flow.accept;

import com.fasterxml.jackson.databind.node.POJONode;
import dev.postrider.door.api.send.ReadDelivery;
import dev.postrider.door.api.send.ReadEmailRequest;
import dev.postrider.email.EmailKey;
import dev.postrider.email.LaneKey;
import dev.postrider.flow.accept.AcceptEmail.Accepted;
import dev.postrider.flow.compose.ComposeEmail;
import dev.postrider.flow.store.NewEmail;
import dev.postrider.flow.store.Shown;
import dev.postrider.http.Fields;
import dev.postrider.http.Problem;
import dev.postrider.http.ProblemCode;
import dev.postrider.identity.Caller;
import dev.postrider.mailbox.Mailbox;
import dev.postrider.mailbox.Mailboxes;
import dev.postrider.mime.Address;
import dev.postrider.mime.Flawed;
import dev.postrider.mime.MalformedAddress;
import dev.postrider.mime.MessageId;
import dev.postrider.mime.RawCheck;
import dev.postrider.mime.RawMessage;
import dev.postrider.mime.Source;
import dev.postrider.postgres.NewId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes an email that can be kept of a message that its caller composed. */
public final class AcceptRaw {
    private final Mailboxes mailboxes;
    private final InstantSource clock;
    private final Duration giveUpAfter;

    public AcceptRaw(Mailboxes mailboxes, InstantSource clock, Duration giveUpAfter) {
        this.mailboxes = mailboxes;
        this.clock = clock;
        this.giveUpAfter = giveUpAfter;
    }

    public Accepted accept(Caller caller, Fields fields) {
        var now = clock.instant();
        var delivery = ReadDelivery.in(fields, now);
        var to = recipients(fields);
        var raw =
                fields.node("raw")
                        .filter(POJONode.class::isInstance)
                        .map(node -> ((POJONode) node).getPojo());
        if (raw.isEmpty()) {
            fields.error(
                    "raw",
                    fields.has("raw")
                            ? "must be the message in base64, or its text"
                            : "is missing: the message in base64, or its text");
        }
        if (!fields.areValid() || !(raw.get() instanceof Source source)) {
            return new Accepted.Rejected(InvalidEmail.problem(fields.errors()));
        }
        if (source.size() > AcceptEmail.MAX_OCTETS) {
            return new Accepted.Rejected(
                    Problem.invalid("raw", "is larger than " + AcceptEmail.MAX_OCTETS + " octets"));
        }
        return switch (check(source)) {
            case Flawed(var flaws) -> new Accepted.Rejected(AcceptEmail.problem(flaws));
            case RawMessage message -> accept(caller, message, to, delivery, now);
        };
    }

    private Accepted accept(
            Caller caller,
            RawMessage message,
            List<Address> to,
            EmailRequest.Delivery delivery,
            Instant now) {
        var recipients = to.isEmpty() ? message.recipients() : to;
        if (recipients.isEmpty()) {
            return new Accepted.Rejected(
                    Problem.invalid(
                            ProblemCode.MISSING_REQUIRED_FIELD,
                            List.of(
                                    new Problem.FieldError(
                                            "to", "is missing, and the message names nobody"))));
        }
        if (recipients.size() > 3 * ReadEmailRequest.MAX_RECIPIENTS) {
            return new Accepted.Rejected(
                    Problem.invalid(
                            "to",
                            "are more than "
                                    + 3 * ReadEmailRequest.MAX_RECIPIENTS
                                    + " recipients"));
        }
        var mailbox = mailboxes.sendingAs(caller, message.from().addrSpec());
        return mailbox.isEmpty()
                ? new Accepted.Rejected(AcceptEmail.noMailbox(message.from()))
                : new Accepted.Email(
                        email(caller, mailbox.get(), message, recipients, delivery, now));
    }

    private NewEmail email(
            Caller caller,
            Mailbox mailbox,
            RawMessage message,
            List<Address> recipients,
            EmailRequest.Delivery delivery,
            Instant now) {
        var id = NewId.get();
        var given = message.messageId();
        var messageId = given == null ? MessageId.of(id, message.from()) : given;
        var dueAt = delivery.scheduledAt().filter(now::isBefore);
        var composed = message.complete(messageId, dueAt.orElse(now).atZone(ZoneOffset.UTC));
        return new NewEmail(
                new EmailKey(caller.workspaceId(), id),
                new LaneKey(caller.workspaceId(), mailbox.id()),
                caller.userId(),
                messageId,
                mailbox.address(),
                message.subject().replace("\0", ""),
                AcceptEmail.envelope(new EmailRequest.Recipients(recipients, List.of(), List.of())),
                ComposeEmail.content(composed),
                composed.needsEightBit(),
                composed.needsSmtpUtf8() || recipients.stream().anyMatch(Address::needsSmtpUtf8),
                false,
                delivery.priority(),
                dueAt,
                delivery.onUnknown(),
                dueAt.orElse(now).plus(giveUpAfter),
                new Shown(
                        Optional.of(message.from().toString()),
                        List.of(),
                        delivery.tags(),
                        message.missing().contains("Date")));
    }

    private static List<Address> recipients(Fields fields) {
        var addresses = new ArrayList<Address>();
        for (var text :
                fields.texts(
                        "to", 3 * ReadEmailRequest.MAX_RECIPIENTS, ReadEmailRequest.MAX_ADDRESS)) {
            switch (Address.parse(text)) {
                case Address address -> addresses.add(address);
                case MalformedAddress(var reason) ->
                        fields.error("to[" + addresses.size() + "]", reason);
            }
        }
        return addresses;
    }

    private static RawCheck check(Source message) {
        try {
            return RawMessage.check(message);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
