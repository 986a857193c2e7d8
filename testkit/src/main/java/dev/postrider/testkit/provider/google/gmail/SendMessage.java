package dev.postrider.testkit.provider.google.gmail;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.testkit.provider.Secrets;
import dev.postrider.testkit.provider.google.state.GoogleError;
import dev.postrider.testkit.provider.google.state.GoogleLimit;
import dev.postrider.testkit.provider.google.state.GoogleState;
import dev.postrider.testkit.provider.google.state.GoogleSwitch;
import dev.postrider.testkit.provider.google.state.GoogleUser;
import dev.postrider.testkit.provider.http.Json;
import dev.postrider.testkit.provider.http.Response;
import dev.postrider.testkit.provider.mail.Addresses;
import dev.postrider.testkit.provider.mail.RawFields;
import dev.postrider.testkit.provider.mail.StoredMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks a message, accepts it, and files and delivers it. */
final class SendMessage {
    private final GoogleState google;
    private final Mailboxes mailboxes;
    private final FindThread threads;

    SendMessage(GoogleState google, Mailboxes mailboxes) {
        this.google = google;
        this.mailboxes = mailboxes;
        this.threads = new FindThread(google, mailboxes);
    }

    Response send(GoogleUser user, Submission submission) {
        if (submission.message().length > google.limit(GoogleLimit.MESSAGE_OCTETS)) {
            return GoogleError.TOO_LARGE.response();
        }
        RawFields fields = RawFields.parse(submission.message());
        return send(user, submission.threadId(), fields, asGmailKeepsIt(user, fields));
    }

    /** With the Message-ID that it got as a draft. */
    Response sendDraft(GoogleUser user, StoredMessage draft) {
        Optional<String> thread =
                mailboxes.of(user).thread(draft.threadId()).isEmpty()
                        ? Optional.empty()
                        : Optional.of(draft.threadId());
        return send(user, thread, draft.fields(), draft.fields());
    }

    private Response send(
            GoogleUser user, Optional<String> threadId, RawFields fields, RawFields kept) {
        Optional<GoogleError> flaw = flaw(fields);
        if (flaw.isPresent()) {
            return flaw.get().response();
        }
        FindThread.Found thread = threads.find(user, threadId, fields);
        if (thread instanceof FindThread.Found.Foreign) {
            return GoogleError.NOT_FOUND.response();
        }
        Instant now = google.now();
        Optional<Response> full = dayIsFull(user, now);
        if (full.isPresent()) {
            return full.get();
        }
        mailboxes.quota(user).countMessage(now, dayLimit(user));
        return Response.json(200, answer(keep(user, thread.id(), now, kept)));
    }

    private Optional<GoogleError> flaw(RawFields fields) {
        if (fields.list().isEmpty()) {
            return Optional.of(GoogleError.NOT_A_MESSAGE);
        }
        if (Addresses.malformed(fields).isPresent()) {
            return Optional.of(GoogleError.INVALID_TO);
        }
        int recipients = Addresses.recipients(fields).size();
        if (recipients == 0) {
            return Optional.of(GoogleError.RECIPIENT_REQUIRED);
        }
        return recipients > google.limit(GoogleLimit.RECIPIENTS)
                ? Optional.of(GoogleError.TOO_MANY_RECIPIENTS)
                : Optional.empty();
    }

    private long dayLimit(GoogleUser user) {
        return google.limit(
                user.hostedDomain().isPresent()
                        ? GoogleLimit.MESSAGES_A_DAY_IN_WORKSPACE
                        : GoogleLimit.MESSAGES_A_DAY);
    }

    private Optional<Response> dayIsFull(GoogleUser user, Instant now) {
        return mailboxes
                .quota(user)
                .fullUntil(now, dayLimit(user))
                .map(until ->
                        google.on(GoogleSwitch.DAY_LIMIT_NAMES_TOO_EARLY)
                                ? now.plus(Duration.ofMinutes(15))
                                : until)
                .map(until ->
                        GoogleError.USER_RATE_429.response(
                                "User-rate limit exceeded.  Retry after "
                                        + Instant.ofEpochMilli(until.toEpochMilli())
                                        + " (Mail sending)"));
    }

    /** With an id of Gmail's own, and from an address that the user may send as. */
    static RawFields asGmailKeepsIt(GoogleUser user, RawFields fields) {
        var from = Addresses.of(fields, "From");
        boolean own = from.size() == 1 && user.maySendAs(from.getFirst());
        return (own ? fields : fields.with("From", user.email()))
                .with("Message-ID", "<CA" + Secrets.token(36) + "@mail.gmail.com>");
    }

    private StoredMessage keep(
            GoogleUser user, Optional<String> threadId, Instant now, RawFields fields) {
        var recipients = new LinkedHashSet<>(Addresses.recipients(fields));
        Set<String> labels =
                recipients.contains(user.email())
                        ? Set.of(Mailbox.SENT, Mailbox.INBOX, "UNREAD")
                        : Set.of(Mailbox.SENT);
        if (!mailboxes.keepsContent()) {
            String id = Secrets.hex(8);
            var counted = new StoredMessage(id, id, labels, now, RawFields.parse(new byte[0]));
            google.accepted().add(user.email(), counted);
            return counted;
        }
        StoredMessage message = mailboxes.of(user).add(threadId, labels, now, fields);
        recipients.forEach(address -> deliver(user, address, message));
        google.accepted().add(user.email(), message);
        return message;
    }

    private void deliver(GoogleUser sender, String address, StoredMessage message) {
        RawFields seen =
                google.on(GoogleSwitch.DROPS_BCC)
                        ? message.fields().without("Bcc")
                        : message.fields();
        var copy =
                new StoredMessage(
                        Secrets.hex(8),
                        message.threadId(),
                        Set.of(Mailbox.INBOX, "UNREAD"),
                        message.at(),
                        seen);
        mailboxes.deliver(address, copy);
        google.users()
                .find(address)
                .filter(user -> user != sender && user.hasMail())
                .ifPresent(user ->
                        mailboxes.of(user).add(Optional.empty(), copy.labels(), copy.at(), seen));
    }

    static ObjectNode answer(StoredMessage message) {
        var body = Json.object().put("id", message.id()).put("threadId", message.threadId());
        var labels = body.putArray("labelIds");
        List.copyOf(message.labels()).stream().sorted().forEach(labels::add);
        return body;
    }
}
