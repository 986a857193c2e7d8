package dev.postrider.door.console.mailboxes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.door.console.ConsolePages;
import dev.postrider.door.console.Visit;
import dev.postrider.door.console.call.ApiAnswer;
import jakarta.ws.rs.core.Response;

/**
 * Logs in to a mailbox that was just connected, so that a slip is seen while somebody is there to
 * mend it.
 */
final class TryMailbox {
    private TryMailbox() {}

    static Response after(Visit visit, JsonNode mailbox, ConsolePages pages) {
        var id = mailbox.path("id").asText();
        var works =
                visit.api().post("/mailboxes/" + id + "/verify")
                                instanceof ApiAnswer.Done(_, var trial)
                        && trial.path("ok").asBoolean();
        return pages.goTo(
                "/console/mailboxes/" + id, works ? "mailbox_connected" : "mailbox_untried");
    }
}
