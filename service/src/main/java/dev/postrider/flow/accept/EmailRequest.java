package dev.postrider.flow.accept;

import dev.postrider.email.OnUnknown;
import dev.postrider.email.Priority;
import dev.postrider.mime.Address;
import dev.postrider.mime.HeaderField;
import dev.postrider.mime.Invitation;
import dev.postrider.mime.Unsubscribe;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An email as a request describes it, each field checked by itself.
 *
 * @param text empty derives it from the HTML, the empty text switches that off
 */
public record EmailRequest(
        Address from,
        Recipients recipients,
        List<Address> replyTo,
        String subject,
        Optional<String> text,
        Optional<String> html,
        List<HeaderField> headers,
        List<RequestedAttachment> attachments,
        Conversation thread,
        Optional<Invitation> invitation,
        Optional<Unsubscribe> unsubscribe,
        Delivery delivery) {

    /** Whom it goes to; the last ones are seen by nobody. */
    public record Recipients(List<Address> to, List<Address> cc, List<Address> bcc) {}

    /** Where it stands in a conversation. */
    public record Conversation(
            Optional<String> messageId, Optional<String> inReplyTo, List<String> references) {}

    /**
     * How it is sent.
     *
     * @param tags name to value
     */
    public record Delivery(
            Optional<Instant> scheduledAt,
            Priority priority,
            OnUnknown onUnknown,
            Map<String, String> tags) {}
}
