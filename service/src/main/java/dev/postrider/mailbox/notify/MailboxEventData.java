package dev.postrider.mailbox.notify;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.postrider.event.MailboxEvent;
import dev.postrider.mailbox.ReadMailbox;
import dev.postrider.mailbox.view.MailboxAnswer;

/** The data of a mailbox's event: the mailbox as {@code GET /mailboxes/ID} shows it, and more. */
final class MailboxEventData {
    private static final ObjectMapper JSON =
            JsonMapper.builder()
                    .addModule(new JavaTimeModule())
                    .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                    .build();

    private MailboxEventData() {}

    static ObjectNode of(ReadMailbox.Seen seen, MailboxEvent event) {
        ObjectNode data = JSON.valueToTree(MailboxAnswer.of(seen.mailbox(), seen.health()));
        // where the events of emails have it, too
        data.put("mailbox_id", seen.mailbox().id().toString());
        switch (event) {
            case MailboxEvent.Connected(var again, var link) -> {
                data.put("reconnected", again);
                // the mailbox has a state, too
                link.ifPresent(each ->
                        data.putObject("link")
                                .put("id", each.id().toString())
                                .put("external_id", each.externalId().orElse(null))
                                .put("state", each.state().orElse(null)));
            }
            case MailboxEvent.Held _, MailboxEvent.Removed _ -> {}
            case MailboxEvent.Released(var was) -> data.put("was", was);
            case MailboxEvent.LimitReached(var limit, var until, var reason) ->
                    data.put("limit", limit.text())
                            .put("until", until.toString())
                            .put("reason", reason);
            case MailboxEvent.Expiring(var endsAt) -> data.put("ends_at", endsAt.toString());
        }
        return data;
    }
}
