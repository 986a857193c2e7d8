package dev.postrider.testkit.provider.microsoft.graph;

import dev.postrider.testkit.provider.Secrets;
import dev.postrider.testkit.provider.http.Response;
import dev.postrider.testkit.provider.mail.Addresses;
import dev.postrider.testkit.provider.mail.RawFields;
import dev.postrider.testkit.provider.mail.StoredMessage;
import dev.postrider.testkit.provider.microsoft.state.GraphError;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftLimit;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftState;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftSwitch;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftUser;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Accepts a message, and files and delivers it later. */
final class SendMail {
    private final MicrosoftState microsoft;
    private final Mailboxes mailboxes;

    SendMail(MicrosoftState microsoft, Mailboxes mailboxes) {
        this.microsoft = microsoft;
        this.mailboxes = mailboxes;
    }

    /** A new message at once, without a draft that could be seen before. */
    Response send(
            Admission.Admitted caller, RawFields fields, List<Attachment> files, boolean keep) {
        Item item = Item.draft(fields, conversation(caller.user(), fields), microsoft.now());
        files.forEach(item::attach);
        return accept(caller, item, keep, () -> mailboxes.of(caller.user()).add(item));
    }

    /** A draft that is there already. */
    Response send(Admission.Admitted caller, Item draft) {
        return accept(caller, draft, true, () -> {});
    }

    String conversation(MicrosoftUser user, RawFields fields) {
        return mailboxes
                .of(user)
                .conversation(fields)
                .orElseGet(() -> "AAQkAG" + Secrets.token(40));
    }

    private Response accept(Admission.Admitted caller, Item item, boolean keep, Runnable file) {
        Optional<Response> refusal = refusal(caller, item);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        pause();
        Instant now = microsoft.now();
        Instant filedAt = now.plus(microsoft.seconds(MicrosoftLimit.SENT_AFTER_SECONDS));
        if (!item.accept(now, filedAt, keep)) {
            return GraphError.NOT_FOUND.response();
        }
        item.change(Attachment.assembled(item.fields(), item.attachments()));
        MicrosoftUser user = caller.user();
        StoredMessage message = item.stored();
        if (mailboxes.keepsContent()) {
            file.run();
            deliver(user, message, now);
        }
        microsoft.accepted().add(user.address(), message);
        return Response.empty(202);
    }

    private Optional<Response> refusal(Admission.Admitted caller, Item item) {
        RawFields fields = item.fields();
        long octets =
                fields.octets().length
                        + item.attachments().stream().mapToLong(file -> file.octets().length).sum();
        if (octets > microsoft.limit(MicrosoftLimit.MESSAGE_OCTETS)) {
            return Optional.of(GraphError.MESSAGE_TOO_LARGE.response());
        }
        if (Addresses.malformed(fields).isPresent()) {
            return Optional.of(GraphError.INVALID_RECIPIENTS.response());
        }
        int recipients = Addresses.recipients(fields).size();
        if (recipients == 0) {
            return Optional.of(GraphError.INVALID_RECIPIENTS.response());
        }
        return switch (caller.user().mail()) {
            case FULL -> Optional.of(GraphError.MAILBOX_FULL.response());
            case BLOCKED -> Optional.of(GraphError.BLOCKED.response());
            case HERE, NONE, NOT_ENABLED, ON_PREMISES ->
                    caller.throttle().takeMessage(microsoft, recipients);
        };
    }

    private void pause() {
        try {
            Thread.sleep(Duration.ofMillis(microsoft.limit(MicrosoftLimit.SEND_MILLIS)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void deliver(MicrosoftUser sender, StoredMessage message, Instant now) {
        Instant later = now.plus(microsoft.seconds(MicrosoftLimit.SENT_AFTER_SECONDS));
        RawFields seen =
                microsoft.on(MicrosoftSwitch.DROPS_BCC)
                        ? message.fields().without("Bcc")
                        : message.fields();
        var copy =
                new StoredMessage(
                        Secrets.hex(16),
                        message.threadId(),
                        Set.of(Folder.INBOX.displayName()),
                        later,
                        seen);
        for (String address : new LinkedHashSet<>(Addresses.recipients(message.fields()))) {
            if (mailboxes.bounces(address)) {
                report(sender, address, message, now);
                continue;
            }
            mailboxes.deliver(address, copy);
            microsoft
                    .users()
                    .find(address)
                    .filter(user -> user.mail() == MicrosoftUser.Mail.HERE)
                    .ifPresent(user ->
                            mailboxes
                                    .of(user)
                                    .add(Item.received(seen, conversation(user, seen), later)));
        }
    }

    /** RFC 3464, in the sender's Inbox after a while. */
    private void report(MicrosoftUser sender, String address, StoredMessage message, Instant now) {
        var report = RawFields.parse(Report.of(sender.address(), address, message));
        mailboxes
                .of(sender)
                .add(
                        Item.received(
                                report,
                                message.threadId(),
                                now.plus(microsoft.seconds(MicrosoftLimit.REPORT_AFTER_SECONDS))));
    }

    /** As Microsoft keeps a MIME: from the mailbox, whatever it says. */
    RawFields adopted(MicrosoftUser user, RawFields fields) {
        RawFields own = fields.with("From", user.address()).without("Auto-Submitted");
        boolean keeps =
                microsoft.on(MicrosoftSwitch.KEEPS_MESSAGE_ID)
                        && fields.get("Message-ID").isPresent();
        return keeps ? own : own.with("Message-ID", newMessageId());
    }

    static String newMessageId() {
        return "<%s@FAKE.PROD.OUTLOOK.COM>".formatted(Secrets.hex(16).toUpperCase(Locale.ROOT));
    }
}
