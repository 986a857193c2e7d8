package dev.postrider.flow.webhook;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.util.RawValue;
import java.time.Instant;

/** What a call says. Readers of email SDKs take these three names and no other. */
final class EventBody {
    private EventBody() {}

    /**
     * @param data a JSON object
     */
    static String of(String type, Instant createdAt, String data) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("type", type)
                .put("created_at", createdAt.toString())
                .putRawValue("data", new RawValue(data))
                .toString();
    }
}
