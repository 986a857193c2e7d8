package dev.postrider.door.console.emails;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.door.console.Visit;
import java.time.Instant;

/** Tells what somebody did with an email once it was accepted. */
record TellChange(Visit visit, JsonNode change) {
    TellStory.Dated step() {
        var at = change.path("at").asText();
        return new TellStory.Dated(
                Instant.parse(at), new EmailPage.Step("", title(), visit.time(at), detail(), null));
    }

    private String title() {
        return switch (change.path("change").asText()) {
            case "retried" -> "Retried";
            case "rescheduled" ->
                    "Rescheduled: to be sent not before "
                            + visit.time(change.path("scheduled_at").asText()).text();
            case "moved" -> "Moved to " + mailbox("to_mailbox");
            case "canceled" -> "Asked to cancel it";
            case String other -> other;
        };
    }

    private String detail() {
        var by = "By " + TellStory.whom(change);
        return change.path("change").asText().equals("moved")
                ? "%s. It waited in %s before.".formatted(by, mailbox("from_mailbox"))
                : by + ".";
    }

    private String mailbox(String name) {
        return TellStory.text(change, name).orElse("a mailbox that is gone");
    }
}
