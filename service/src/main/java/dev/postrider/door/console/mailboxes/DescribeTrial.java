package dev.postrider.door.console.mailboxes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.door.console.Numbers;
import dev.postrider.door.console.Visit;
import java.util.ArrayList;
import java.util.List;

/** What {@code POST /mailboxes/ID/verify} has found, in words. */
final class DescribeTrial {
    private DescribeTrial() {}

    static MailboxPage.Verified of(JsonNode answer, Visit visit) {
        var lines = new ArrayList<MailboxPage.Fact>();
        server(answer.path("server"), visit, lines);
        api(answer.path("api"), lines);
        return new MailboxPage.Verified(
                answer.path("ok").asBoolean(),
                text(answer, "problem"),
                text(answer, "warning"),
                lines);
    }

    private static void server(JsonNode server, Visit visit, List<MailboxPage.Fact> lines) {
        if (!server.isObject()) {
            return;
        }
        add(
                lines,
                "Server",
                "%s, port %s (%s)"
                        .formatted(
                                text(server, "host"),
                                text(server, "port"),
                                text(server, "address")));
        var tls = server.path("tls");
        if (tls.isObject()) {
            add(lines, "Encryption", text(tls, "version") + ", " + text(tls, "cipher"));
            add(
                    lines,
                    "Certificate",
                    "%s, by %s, until %s"
                            .formatted(
                                    text(tls, "subject"),
                                    text(tls, "issuer"),
                                    visit.time(text(tls, "not_after")).text()));
        } else {
            add(lines, "Encryption", "none");
        }
        add(lines, "Login", text(server, "login_mechanism"));
        if (server.path("size_limit").isNumber()) {
            add(lines, "Largest message", Numbers.octets(server.path("size_limit").asLong()));
        }
        add(lines, "It can", ReadMailbox.texts(server.path("extensions"), ", "));
    }

    private static void api(JsonNode api, List<MailboxPage.Fact> lines) {
        if (!api.isObject()) {
            return;
        }
        add(lines, "Provider", text(api, "provider"));
        add(lines, "Account", text(api, "address"));
        add(lines, "May", ReadMailbox.tier(text(api, "tier")));
        add(lines, "Permissions", ReadMailbox.texts(api.path("scopes"), ", "));
        add(lines, "Answered", text(api, "host"));
    }

    private static void add(List<MailboxPage.Fact> lines, String name, String text) {
        if (!text.isEmpty()) {
            lines.add(new MailboxPage.Fact(name, text));
        }
    }

    private static String text(JsonNode node, String name) {
        var value = node.path(name);
        return value.isNull() ? "" : value.asText();
    }
}
