package dev.postrider.transport.api;

import dev.postrider.transport.Objection;
import dev.postrider.transport.OutgoingMessage;
import dev.postrider.transport.api.message.MessageHead;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a provider's API doesn't take, known before it is asked. */
final class CheckMessage {
    /** For the fields that are put before it, beside Bcc. */
    private static final int ADDED_OCTETS = 100;

    private CheckMessage() {}

    static Optional<Objection> of(ApiDependencies tools, OutgoingMessage message) {
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
        return tooLarge(tools, message.size() + bcc + ADDED_OCTETS)
                .map(why -> new Objection(message.isRaw() ? "raw" : "attachments", why.reason()))
                .or(() -> tooMany(tools, message.recipients().size()));
    }

    static Optional<Objection> tooLarge(ApiDependencies tools, long size) {
        var most = tools.limits().octets();
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
                                        + " at most: send links, or connect the mailbox by SMTP"));
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
