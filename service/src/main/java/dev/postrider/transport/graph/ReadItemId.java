package dev.postrider.transport.graph;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.transport.api.ApiCalls;
import dev.postrider.transport.api.ApiCalls.Call;
import dev.postrider.transport.api.ApiRequest;
import dev.postrider.transport.api.message.ApiMessage;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Which of our emails an item of Sent Items is. Its header fields are often left out there; then
 * the message itself is read, where the grant allows it.
 */
final class ReadItemId {
    /** Each is a message as a whole, of which the beginning is read. */
    private static final int MOST = 50;

    private static final Set<String> READING = Set.of("mail.read", "mail.readwrite");

    /** As we make them; Microsoft's own, where it replaces one, are of another form. */
    private static final Pattern OWN =
            Pattern.compile("<[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}@.*");

    private static final Pattern END_OF_HEADER = Pattern.compile("\r?\n\r?\n");

    private static final Pattern FIELD =
            Pattern.compile(
                    "^" + ApiMessage.ID_FIELD + ":[ \t]*(\\S+)",
                    Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

    private final ApiCalls calls;
    private final ApiRequest request;
    private final String messages;
    private int read;

    ReadItemId(ApiCalls calls, ApiRequest request, String user) {
        this.calls = calls;
        this.request = request;
        this.messages = user + "/messages/";
    }

    /** Which one it is. */
    sealed interface Id {
        record Known(UUID id) implements Id {}

        /** None of ours that was sought by its Message-ID. */
        record None() implements Id {}

        /** Nobody can say. */
        record Hidden() implements Id {}

        record Failed(Call.NotAnswered why) implements Id {}
    }

    Id of(JsonNode item) {
        if (item.path("internetMessageHeaders").isArray()) {
            return field(item.path("internetMessageHeaders"));
        }
        if (OWN.matcher(item.path("internetMessageId").asText()).matches()) {
            return new Id.None();
        }
        if (read >= MOST || calls.token().scopes().stream().noneMatch(READING::contains)) {
            return new Id.Hidden();
        }
        read++;
        return switch (calls.call(
                token ->
                        request.get(
                                token,
                                messages
                                        + URLEncoder.encode(
                                                item.path("id").asText(), StandardCharsets.UTF_8)
                                        + "/$value"))) {
            case Call.Success(var reply) -> message(reply.answer().body().text());
            case Call.Refused _ -> new Id.Hidden();
            case Call.NotAnswered failed -> new Id.Failed(failed);
        };
    }

    private static Id field(JsonNode headers) {
        for (var header : headers) {
            if (header.path("name").asText().equalsIgnoreCase(ApiMessage.ID_FIELD)) {
                return id(header.path("value").asText());
            }
        }
        return new Id.None();
    }

    /** Only a header that is there to its end says that the field isn't. */
    private static Id message(String text) {
        var header = END_OF_HEADER.split(text, 2);
        var field = FIELD.matcher(header[0]);
        if (field.find()) {
            return id(field.group(1));
        }
        return header.length == 2 && header[0].toLowerCase(Locale.ROOT).contains("from:")
                ? new Id.None()
                : new Id.Hidden();
    }

    private static Id id(String text) {
        return Optional.of(text.strip())
                .filter(each -> each.length() == 36)
                .flatMap(ReadItemId::parse)
                .<Id>map(Id.Known::new)
                .orElseGet(Id.None::new);
    }

    private static Optional<UUID> parse(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
