package dev.postrider.flow.accept;

import dev.postrider.flow.compose.Body;
import dev.postrider.flow.compose.Conversation;
import dev.postrider.flow.compose.Recipients;
import dev.postrider.mime.address.Address;
import java.util.List;
import java.util.Optional;

/**
 * An email as its caller describes it.
 *
 * @param from empty: the caller's default mailbox
 */
public record EmailRequest(
        Optional<Address> from,
        Recipients recipients,
        Body body,
        Conversation conversation,
        List<RequestedAttachment> attachments,
        DeliveryOptions delivery)
        implements SendRequest {
    public EmailRequest {
        attachments = List.copyOf(attachments);
    }

    /** The same with encoded words in its subject decoded: what is composed is encoded anew. */
    EmailRequest decoded() {
        return new EmailRequest(
                from, recipients, body.decoded(), conversation, attachments, delivery);
    }

    /** A plain text to one recipient, from the caller's default mailbox. */
    public static EmailRequest plain(Address to, String subject, String text) {
        return new EmailRequest(
                Optional.empty(),
                Recipients.to(List.of(to)),
                Body.plain(subject, text),
                Conversation.NEW,
                List.of(),
                DeliveryOptions.NORMAL);
    }
}
