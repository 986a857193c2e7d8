package dev.postrider.testkit.provider.google.gmail;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.testkit.provider.google.state.GoogleError;
import dev.postrider.testkit.provider.google.state.GoogleGrants;
import dev.postrider.testkit.provider.google.state.GoogleLimit;
import dev.postrider.testkit.provider.google.state.GoogleScope;
import dev.postrider.testkit.provider.google.state.GoogleState;
import dev.postrider.testkit.provider.http.Form;
import dev.postrider.testkit.provider.http.Json;
import dev.postrider.testkit.provider.http.Request;
import dev.postrider.testkit.provider.http.Response;
import dev.postrider.testkit.provider.mail.StoredMessage;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Looks into a mailbox: by label at once, by a search after a while. */
record Messages(GoogleState google, Mailboxes mailboxes) {
    private static final int PAGE = 100;

    /** Whether the token sees headers only. */
    private static boolean isMetadataOnly(GoogleGrants.Grant grant) {
        return grant.scopes().stream()
                .noneMatch(
                        Set.of(GoogleScope.READONLY, GoogleScope.MODIFY, GoogleScope.ALL)
                                ::contains);
    }

    Response list(GoogleGrants.Grant grant, Request request) {
        Form query = request.query();
        // With this scope a search is refused, whatever else was granted.
        if (query.get("q").isPresent() && grant.scopes().contains(GoogleScope.METADATA)) {
            return GoogleError.QUERY_UNDER_METADATA.response();
        }
        Instant searchable =
                google.now().minusSeconds(google.limit(GoogleLimit.SEARCH_LAG_SECONDS));
        List<StoredMessage> found =
                mailboxes.of(grant.user()).newestFirst(Set.copyOf(query.all("labelIds"))).stream()
                        .filter(message ->
                                query.get("q").isEmpty()
                                        || (!message.at().isAfter(searchable)
                                                && matches(message, query.text("q"))))
                        .toList();
        int from = query.get("pageToken").map(Messages::number).orElse(0);
        int size = query.get("maxResults").map(Messages::number).orElse(PAGE);
        ObjectNode body = Json.object();
        var messages = body.putArray("messages");
        found.stream()
                .skip(from)
                .limit(size)
                .forEach(message ->
                        messages.addObject()
                                .put("id", message.id())
                                .put("threadId", message.threadId()));
        if (from + size < found.size()) {
            body.put("nextPageToken", String.valueOf(from + size));
        }
        return Response.json(200, body.put("resultSizeEstimate", found.size()));
    }

    private static int number(String text) {
        return text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : 0;
    }

    /** All of its words; {@code rfc822msgid:} with or without brackets. */
    private static boolean matches(StoredMessage message, String query) {
        for (String term : query.strip().split("\\s+", -1)) {
            String[] sides = term.split(":", 2);
            String value = sides[sides.length - 1].toLowerCase(Locale.ROOT);
            boolean matches =
                    switch (sides.length == 2 ? sides[0] : "") {
                        case "rfc822msgid" ->
                                message.messageId()
                                        .toLowerCase(Locale.ROOT)
                                        .equals("<" + value.replaceAll("[<>]", "") + ">");
                        case "in" -> message.labels().contains(value.toUpperCase(Locale.ROOT));
                        case "from", "to", "subject" -> contains(message, sides[0], value);
                        default -> contains(message, "subject", value);
                    };
            if (!matches) {
                return false;
            }
        }
        return true;
    }

    private static boolean contains(StoredMessage message, String field, String value) {
        return message.fields().get(field).orElse("").toLowerCase(Locale.ROOT).contains(value);
    }

    Response get(GoogleGrants.Grant grant, Request request) {
        String format = request.query().get("format").orElse("full");
        if (isMetadataOnly(grant) && !Set.of("metadata", "minimal").contains(format)) {
            return GoogleError.SCOPES.response("Metadata scope doesn't allow format " + format);
        }
        return mailboxes
                .of(grant.user())
                .find(request.segment("id"))
                .map(message -> Response.json(200, described(message, format, request.query())))
                .orElseGet(GoogleError.NOT_FOUND::response);
    }

    private static ObjectNode described(StoredMessage message, String format, Form query) {
        ObjectNode body =
                SendMessage.answer(message)
                        .put("sizeEstimate", message.octets().length)
                        .put("internalDate", String.valueOf(message.at().toEpochMilli()));
        var encoder = Base64.getUrlEncoder();
        switch (format) {
            case "raw" -> body.put("raw", encoder.encodeToString(message.octets()));
            case "minimal" -> body.put("snippet", "");
            default -> {
                ObjectNode payload = body.putObject("payload");
                var headers = payload.putArray("headers");
                List<String> wanted = query.all("metadataHeaders");
                message.fields()
                        .list()
                        .forEach(field -> {
                            if (wanted.isEmpty()
                                    || wanted.stream().anyMatch(field.getKey()::equalsIgnoreCase)) {
                                headers.addObject()
                                        .put("name", field.getKey())
                                        .put("value", field.getValue());
                            }
                        });
                if (format.equals("full")) {
                    byte[] content = message.fields().body();
                    payload.putObject("body")
                            .put("size", content.length)
                            .put("data", encoder.encodeToString(content));
                }
            }
        }
        return body;
    }
}
