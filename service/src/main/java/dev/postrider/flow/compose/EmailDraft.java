package dev.postrider.flow.compose;

import dev.postrider.mime.address.Address;
import dev.postrider.mime.compose.Attachment;
import java.time.ZonedDateTime;
import java.util.List;

/**
 * An accepted email, all of it at hand, ready to be composed.
 *
 * @param date what its Date says
 */
public record EmailDraft(
        Address from,
        Recipients recipients,
        Body body,
        Conversation conversation,
        List<Attachment> attachments,
        ZonedDateTime date) {
    public EmailDraft {
        attachments = List.copyOf(attachments);
    }
}
