package dev.postrider.flow.store.enqueue;

import java.util.UUID;

/**
 * A request that its caller may repeat without its being done twice.
 *
 * @param scope whose key it is: the API key or the user that calls
 * @param key the caller's name for it
 * @param fingerprint the same for the same request, another for another
 * @param answer what is answered to it, and to each repeat
 */
public record IdempotentRequest(
        UUID workspaceId, UUID scope, String key, String fingerprint, String answer) {
    /** The same with what is answered to it. */
    public IdempotentRequest answered(String text) {
        return new IdempotentRequest(workspaceId, scope, key, fingerprint, text);
    }
}
