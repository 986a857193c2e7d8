package dev.postrider.flow.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.vault.Vault;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * An event whose turn it is at a webhook.
 *
 * @param attempt the number of the attempt that was begun with this, from 1; also its fence
 * @param retriesFrom how many attempts there were before the schedule of retries began anew
 * @param email whose event it is
 * @param data a JSON object
 * @param sealed more of its members, which only the endpoint may read
 */
record Delivery(
        UUID workspaceId,
        UUID webhookId,
        UUID eventId,
        int attempt,
        int retriesFrom,
        String type,
        Optional<UUID> email,
        Instant createdAt,
        String data,
        Optional<byte[]> sealed) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * The same bytes in each attempt, as long as there is a key that opens what is sealed; after
     * that without it.
     */
    byte[] body(Vault vault) {
        return EventBody.of(type, createdAt, whole(vault)).getBytes(StandardCharsets.UTF_8);
    }

    private String whole(Vault vault) {
        return sealed.flatMap(each -> vault.open(each, eventId))
                .map(secret -> object(data).setAll(object(secret)).toString())
                .orElse(data);
    }

    private static ObjectNode object(String text) {
        try {
            return (ObjectNode) JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Without what is sealed. */
    @Override
    public String toString() {
        return "Delivery[" + eventId + " to " + webhookId + ", attempt " + attempt + "]";
    }
}
