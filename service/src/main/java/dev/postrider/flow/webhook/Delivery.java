package dev.postrider.flow.webhook;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.util.RawValue;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/**
 * An event whose turn it is at a webhook.
 *
 * @param attempt the number of the attempt that was begun with this, from 1; also its fence
 * @param data a JSON object
 */
record Delivery(
        UUID workspaceId,
        UUID webhookId,
        UUID eventId,
        int attempt,
        String type,
        Instant createdAt,
        String data) {
    /**
     * The same bytes in each attempt. Readers of email SDKs take these three names and no other.
     */
    byte[] body() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("type", type)
                .put("created_at", createdAt.toString())
                .putRawValue("data", new RawValue(data))
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }
}
