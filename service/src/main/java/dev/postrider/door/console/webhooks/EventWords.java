package dev.postrider.door.console.webhooks;

import java.util.List;
import java.util.stream.Stream;

/**
 * What webhooks can be told, in words.
 *
 * @param type as the API has it
 * @param hint when it is told; empty where the label says it
 */
public record EventWords(String type, String label, String hint) {
    /** Events of one kind of thing. */
    public record Group(String name, List<EventWords> events) {
        public Group {
            events = List.copyOf(events);
        }
    }

    static final List<Group> ALL =
            List.of(
                    new Group(
                            "Emails",
                            List.of(
                                    of("email.sent", "Sent", "the mailbox's server took it"),
                                    of(
                                            "email.bounced",
                                            "Bounced",
                                            "the server refused it, or recipients"),
                                    of("email.failed", "Failed", "given up, or nobody knows"),
                                    of(
                                            "email.delivery_delayed",
                                            "Delayed",
                                            "the first attempt didn't do"),
                                    of("email.scheduled", "Scheduled", "it waits for its time"),
                                    of("email.canceled", "Canceled", ""),
                                    of("email.retried", "Tried again", "because somebody asked"))),
                    new Group(
                            "Mailboxes",
                            List.of(
                                    of("mailbox.connected", "Mailbox connected", ""),
                                    of(
                                            "mailbox.held",
                                            "Mailbox held",
                                            "it sends nothing until mended"),
                                    of("mailbox.released", "Mailbox released", "it sends again"),
                                    of(
                                            "mailbox.limit_reached",
                                            "Limit reached",
                                            "it rests, and goes on"),
                                    of("mailbox.expiring", "Access expires", ""),
                                    of("mailbox.removed", "Mailbox removed", ""),
                                    of(
                                            "connect_link.failed",
                                            "Connecting failed",
                                            "by a connect link"))),
                    new Group(
                            "The service",
                            List.of(
                                    of(
                                            "provider_app.failing",
                                            "Provider app refused",
                                            "at Google or Microsoft"),
                                    of("provider_app.recovered", "Provider app works again", ""),
                                    of("webhook.failing", "Another webhook fails", "for an hour"),
                                    of("webhook.recovered", "Another webhook recovered", ""),
                                    of("webhook.disabled", "Another webhook given up", ""))));

    private static EventWords of(String type, String label, String hint) {
        return new EventWords(type, label, hint);
    }

    static Stream<EventWords> all() {
        return ALL.stream().flatMap(group -> group.events().stream());
    }

    /** Its type where it has no words: a webhook may name events that never happen here. */
    static String label(String type) {
        return all().filter(each -> each.type().equals(type))
                .map(EventWords::label)
                .findFirst()
                .orElse(type);
    }
}
