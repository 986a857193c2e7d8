package dev.postrider.testkit.provider.microsoft.graph;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.testkit.provider.Secrets;
import dev.postrider.testkit.provider.mail.RawFields;
import dev.postrider.testkit.provider.microsoft.state.GraphError;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftUser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** A message as a resource of Graph, which loses what a MIME has beyond it. */
final class JsonMessage {
    private static final int MOST_HEADERS = 5;

    /** What MAPI properties become. */
    private static final Map<String, String> PROPERTIES =
            Map.of(
                    "String 0x1042",
                    "In-Reply-To",
                    "String 0x1039",
                    "References",
                    "String 0x1045",
                    "List-Unsubscribe");

    private JsonMessage() {}

    sealed interface Read {
        record Good(RawFields fields, List<Attachment> attachments) implements Read {
            public Good {
                attachments = List.copyOf(attachments);
            }
        }

        record Bad(GraphError error) implements Read {}
    }

    static Read read(MicrosoftUser user, JsonNode message) {
        String from = message.path("from").path("emailAddress").path("address").asText("");
        if (!from.isEmpty() && !user.maySendAs(from)) {
            return new Read.Bad(GraphError.SEND_AS_DENIED);
        }
        for (JsonNode header : message.path("internetMessageHeaders")) {
            if (!header.path("name").asText().toLowerCase(Locale.ROOT).startsWith("x-")) {
                return new Read.Bad(GraphError.INVALID_HEADER);
            }
        }
        if (message.path("internetMessageHeaders").size() > MOST_HEADERS) {
            return new Read.Bad(GraphError.TOO_MANY_HEADERS);
        }
        try {
            var attachments = new ArrayList<Attachment>();
            for (JsonNode file : message.path("attachments")) {
                attachments.add(Attachment.of(Secrets.token(30), file));
            }
            return new Read.Good(fields(user, message, from), attachments);
        } catch (IllegalArgumentException e) {
            return new Read.Bad(GraphError.BAD_REQUEST);
        }
    }

    private static RawFields fields(MicrosoftUser user, JsonNode message, String from) {
        var text = new StringBuilder();
        line(text, "From", from.isEmpty() ? user.address() : from);
        line(text, "To", addresses(message.path("toRecipients")));
        line(text, "Cc", addresses(message.path("ccRecipients")));
        line(text, "Bcc", addresses(message.path("bccRecipients")));
        line(text, "Reply-To", addresses(message.path("replyTo")));
        line(text, "Subject", message.path("subject").asText(""));
        line(text, "Message-ID", message.path("internetMessageId").asText(SendMail.newMessageId()));
        message.path("internetMessageHeaders")
                .forEach(header ->
                        line(text, header.path("name").asText(), header.path("value").asText()));
        message.path("singleValueExtendedProperties")
                .forEach(each ->
                        line(
                                text,
                                PROPERTIES.getOrDefault(
                                        each.path("id").asText(), "X-Unknown-Property"),
                                each.path("value").asText()));
        JsonNode body = message.path("body");
        boolean html = body.path("contentType").asText("").equalsIgnoreCase("html");
        line(text, "MIME-Version", "1.0");
        line(text, "Content-Type", (html ? "text/html" : "text/plain") + "; charset=utf-8");
        line(text, "Content-Transfer-Encoding", "8bit");
        text.append("\r\n").append(body.path("content").asText(""));
        return RawFields.parse(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void line(StringBuilder text, String name, String value) {
        if (!value.isEmpty()) {
            text.append(name).append(": ").append(value.replaceAll("[\r\n]+", " ")).append("\r\n");
        }
    }

    private static String addresses(JsonNode recipients) {
        return StreamSupport.stream(recipients.spliterator(), false)
                .map(each -> each.path("emailAddress").path("address").asText(""))
                .collect(Collectors.joining(", "));
    }
}
