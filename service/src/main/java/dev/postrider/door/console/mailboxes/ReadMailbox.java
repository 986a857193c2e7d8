package dev.postrider.door.console.mailboxes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.door.console.Filled;
import dev.postrider.door.console.Moment;
import dev.postrider.door.console.Numbers;
import dev.postrider.door.console.Url;
import dev.postrider.door.console.Visit;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Makes the page of a mailbox out of what the API shows. */
record ReadMailbox(Visit visit, String id, String after, String before) {
    private static final int COUNTED = 10_000;
    private static final int MESSAGES = 25;

    static ReadMailbox of(Visit visit, String id) {
        return new ReadMailbox(visit, id, "", "");
    }

    /** Its path in the API. */
    String path() {
        return "/mailboxes/" + Url.encode(id);
    }

    MailboxPage page() {
        return page(Filled.NOTHING, null, null);
    }

    MailboxPage page(
            Filled filled,
            MailboxPage.@Nullable Verified verified,
            MailboxPage.@Nullable NewLink link) {
        var mailbox = visit.api().read(path());
        var kind = MailboxPage.Kind.of(mailbox.path("provider").asText());
        return new MailboxPage(
                visit.formToken(),
                here(mailbox),
                mailbox.path("id").asText(),
                mailbox.path("address").asText(),
                Standing.of(mailbox, visit),
                mailbox.path("state").asText().equals("paused"),
                kind,
                UsageBar.of(mailbox),
                UsageBar.counted(
                        mailbox.path("effective_limits").path("connections").asInt(), "connection"),
                moment(mailbox.path("used_24h"), "eases_at"),
                waiting(mailbox.path("waiting").asLong()),
                facts(mailbox),
                server(mailbox.path("smtp")),
                grant(mailbox.path("grant")),
                verified,
                link,
                kind == MailboxPage.Kind.SANDBOX ? kept() : null,
                filled.beside(settings(mailbox)));
    }

    private String here(JsonNode mailbox) {
        var cursor = Url.and("after", after) + Url.and("before", before);
        return "/console/mailboxes/" + mailbox.path("id").asText() + cursor.replaceFirst("&", "?");
    }

    private static String waiting(long waiting) {
        return waiting == 0
                ? ""
                : MailboxRow.waiting(waiting, COUNTED) + (waiting == 1 ? " email" : " emails");
    }

    private MailboxPage.Facts facts(JsonNode mailbox) {
        return new MailboxPage.Facts(
                MailboxRow.provider(mailbox.path("provider").asText()),
                MailboxRow.owner(mailbox),
                mailbox.path("display_name").asText(),
                mailbox.path("default").asBoolean(),
                texts(mailbox.path("aliases"), ", "),
                mailbox.path("note").asText(),
                moment(mailbox, "last_sent_at"),
                moment(mailbox, "last_failed_at"),
                visit.time(mailbox.path("created_at").asText()));
    }

    /** As the forms show them before anybody has changed them. */
    private static Map<String, String> settings(JsonNode mailbox) {
        var limits = mailbox.path("limits");
        return Map.of(
                "display_name", mailbox.path("display_name").asText(),
                "default", mailbox.path("default").asBoolean() ? "true" : "",
                "aliases", texts(mailbox.path("aliases"), "\n"),
                "limits.messages_per_minute", limits.path("messages_per_minute").asText(),
                "limits.messages_per_day", limits.path("messages_per_day").asText(),
                "limits.recipients_per_day", limits.path("recipients_per_day").asText(),
                "limits.connections", limits.path("connections").asText(),
                "smtp.host", mailbox.path("smtp").path("host").asText(),
                "smtp.port", mailbox.path("smtp").path("port").asText(),
                "smtp.username", mailbox.path("smtp").path("username").asText());
    }

    private static MailboxPage.@Nullable Server server(JsonNode smtp) {
        var tls = smtp.path("tls").asText();
        return smtp.isObject()
                ? new MailboxPage.Server(
                        smtp.path("host").asText(),
                        smtp.path("port").asText(),
                        tls,
                        switch (tls) {
                            case "starttls" -> "STARTTLS";
                            case "implicit" -> "TLS from the start";
                            case String _ -> "not encrypted";
                        },
                        smtp.path("username").asText())
                : null;
    }

    private MailboxPage.@Nullable Grant grant(JsonNode grant) {
        return grant.isObject()
                ? new MailboxPage.Grant(
                        grant.path("account").asText(),
                        grant.path("provider").asText() + "/" + grant.path("app").asText(),
                        tier(grant.path("tier").asText()),
                        visit.time(grant.path("granted_at").asText()),
                        visit.time(grant.path("refreshed_at").asText()),
                        moment(grant, "ends_at"),
                        grant.path("problem").asText())
                : null;
    }

    static String tier(String tier) {
        return switch (tier) {
            case "send" -> "Send";
            case "settle" -> "Send, and look into Sent";
            case "read" -> "Send and read";
            case String other -> other;
        };
    }

    private MailboxPage.SandboxMessages kept() {
        var list =
                visit.api()
                        .read(
                                path()
                                        + "/sandbox?limit="
                                        + MESSAGES
                                        + Url.and("after", after)
                                        + Url.and("before", before));
        var messages =
                StreamSupport.stream(list.path("data").spliterator(), false)
                        .map(this::message)
                        .toList();
        var hasMore = list.path("has_more").asBoolean();
        var isFirst = after.isEmpty() && before.isEmpty();
        return new MailboxPage.SandboxMessages(
                messages,
                !messages.isEmpty() && (before.isEmpty() ? !isFirst : hasMore)
                        ? "?before=" + messages.getFirst().id()
                        : null,
                !messages.isEmpty() && (!before.isEmpty() || hasMore)
                        ? "?after=" + messages.getLast().id()
                        : null);
    }

    private MailboxPage.Message message(JsonNode message) {
        return new MailboxPage.Message(
                message.path("id").asText(),
                message.path("subject").asText("(no subject)"),
                texts(message.path("to"), ", "),
                visit.time(message.path("received_at").asText()),
                Numbers.octets(message.path("size").asLong()));
    }

    private @Nullable Moment moment(JsonNode node, String name) {
        return Optional.of(node.path(name).asText(""))
                .filter(text -> !text.isEmpty())
                .map(visit::time)
                .orElse(null);
    }

    static String texts(JsonNode list, String between) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.joining(between));
    }
}
