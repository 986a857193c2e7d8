package dev.postrider.transport.api;

import dev.postrider.mime.read.MessageLimits;
import dev.postrider.mime.read.ParsedMessage;
import dev.postrider.transport.Objection;
import dev.postrider.transport.OutgoingMessage;
import dev.postrider.transport.Transport.MailboxKey;
import dev.postrider.transport.api.message.MessageHead;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a provider's API doesn't take, known before it is asked. */
final class CheckMessage {
    /** For the fields that are put before it, beside Bcc. */
    private static final int ADDED_OCTETS = 100;

    private static final String OTHERWISE = "send links, or connect the mailbox by SMTP";

    private CheckMessage() {}

    static Optional<Objection> of(
            ApiDependencies tools, MailboxKey mailbox, OutgoingMessage message) {
        var named = message.named().stream().map(MessageHead::key).collect(Collectors.toSet());
        var envelope =
                message.recipients().stream().map(MessageHead::key).collect(Collectors.toSet());
        var bcc =
                envelope.stream()
                        .filter(address -> !named.contains(address))
                        .mapToLong(address -> address.length() + 4L)
                        .sum();
        named.removeAll(envelope);
        if (!named.isEmpty()) {
            return Optional.of(
                    new Objection(
                            "to",
                            "must name everybody whom the message's header names: "
                                    + tools.api().title()
                                    + " writes to them all, and so to "
                                    + String.join(", ", named)));
        }
        var size = message.size() + bcc + ADDED_OCTETS;
        return size <= tools.limits().octets()
                ? tooMany(tools, message.recipients().size())
                : large(tools, mailbox, message, size)
                        .or(() -> tooMany(tools, message.recipients().size()));
    }

    private static Optional<Objection> large(
            ApiDependencies tools, MailboxKey mailbox, OutgoingMessage message, long size) {
        return tooLarge(tools, tools.find().of(mailbox), size)
                .map(why -> message.isRaw() ? new Objection("raw", why.reason()) : why)
                .or(() ->
                        message.isRaw()
                                ? Optional.of(new Objection("raw", raw(tools, size)))
                                : tools.api().drafts().flatMap(drafts -> loss(drafts, message)));
    }

    private static String raw(ApiDependencies tools, long size) {
        return "makes a message of "
                + size
                + " octets, and "
                + tools.api().title()
                + "'s API takes more than "
                + tools.limits().octets()
                + " only in parts, by which a message that was composed elsewhere would change: "
                + OTHERWISE;
    }

    /** What a draft is made of is read as it will be when it is sent. */
    private static Optional<Objection> loss(DraftApi drafts, OutgoingMessage message) {
        try (var head = message.content().open();
                var content = message.content().open()) {
            return drafts.loss(
                    MessageHead.read(head), ParsedMessage.of(content, MessageLimits.TAKEN));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Optional<Objection> tooLarge(ApiDependencies tools, FindApi.Api api, long size) {
        return tooLarge(tools, Optional.of(api), size);
    }

    /** What the grant's scopes allow counts, not what its tier would ask for by now. */
    private static Optional<Objection> tooLarge(
            ApiDependencies tools, Optional<FindApi.Api> api, long size) {
        var drafts = tools.api().drafts();
        var mayDraft =
                drafts.isPresent()
                        && api.filter(each -> drafts.get().mayDraft(each.scopes())).isPresent();
        var most =
                mayDraft
                        ? api.flatMap(FindApi.Api::octets).orElse(tools.limits().octetsDrafted())
                        : tools.limits().octets();
        return size <= most
                ? Optional.empty()
                : Optional.of(
                        new Objection(
                                "attachments",
                                "make a message of "
                                        + size
                                        + " octets, and "
                                        + tools.api().title()
                                        + "'s API takes "
                                        + most
                                        + " at most"
                                        + (drafts.isPresent() && !mayDraft
                                                ? " from a mailbox whose grant has no "
                                                        + drafts.get().scope()
                                                        + ": connect it with that, "
                                                : ": ")
                                        + OTHERWISE));
    }

    static Optional<Objection> tooMany(ApiDependencies tools, int recipients) {
        var most = tools.limits().recipients();
        return recipients <= most
                ? Optional.empty()
                : Optional.of(
                        new Objection(
                                "to",
                                "has, with cc and bcc, "
                                        + recipients
                                        + " recipients, and "
                                        + tools.api().title()
                                        + " takes "
                                        + most
                                        + " at most in one message"));
    }

    static String foreign(ApiDependencies tools, String from, String mailbox) {
        return tools.api().title()
                + " sends for "
                + mailbox
                + " only as that address, and would put it in the place of "
                + from
                + ": send from "
                + mailbox
                + ".";
    }
}
