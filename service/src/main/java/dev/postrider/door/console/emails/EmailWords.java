package dev.postrider.door.console.emails;

import com.fasterxml.jackson.databind.JsonNode;

/** States and outcomes of the API, in words and by how good they are. */
final class EmailWords {
    private EmailWords() {}

    static String state(String state) {
        return switch (state) {
            case "sent" -> "Sent";
            case "scheduled" -> "Scheduled";
            case "queued" -> "Waits";
            case "sending" -> "Being sent";
            case "refused" -> "Refused";
            case "failed" -> "Failed";
            case "unknown" -> "Not known";
            case "canceled" -> "Canceled";
            case String other -> other;
        };
    }

    /** A class of the style sheet. */
    static String tone(String state) {
        return switch (state) {
            case "sent", "accepted", "delivered" -> "good";
            case "queued", "sending", "unknown", "pending" -> "warn";
            case "refused", "failed" -> "bad";
            case String _ -> "";
        };
    }

    static boolean isWaiting(String state) {
        return switch (state) {
            case "scheduled", "queued", "sending" -> true;
            case String _ -> false;
        };
    }

    /** What it came to, beneath the subject. */
    static String summary(JsonNode email) {
        var people = email.path("recipients").size();
        return switch (email.path("state").asText()) {
            case "sent" ->
                    people == 1
                            ? "The mailbox's server took it for its recipient."
                            : "The mailbox's server took it; below is what it said of each recipient.";
            case "scheduled" -> "It waits for the time that its sender has chosen.";
            case "queued" ->
                    "It waits, and goes on by itself unless something below says otherwise.";
            case "sending" -> "It is being sent right now.";
            case "refused" -> "The mailbox's server refused it for good.";
            case "failed" -> "It was given up.";
            case "unknown" -> "It may have been sent: the server never said what became of it.";
            case "canceled" -> "It was canceled, and isn't sent.";
            case String _ -> "";
        };
    }

    static String recipient(String state) {
        return switch (state) {
            case "open" -> "Not yet";
            case "accepted" -> "Taken by the server";
            case "refused" -> "Refused";
            case "unknown" -> "Not known";
            case "canceled" -> "Canceled";
            case String other -> other;
        };
    }

    static String attempt(String outcome) {
        return switch (outcome) {
            case "accepted" -> "the server took it";
            case "deferred" -> "the server asks to try again later";
            case "recipients_refused" -> "the server refused all recipients";
            case "refused" -> "the server refused the message";
            case "throttled" -> "a limit of the mailbox is reached";
            case "login_refused" -> "the server refused the login";
            case "unreachable" -> "the server couldn't be reached";
            case "broken" -> "the server couldn't be talked to";
            case "unknown" -> "no answer came, so it may have been sent";
            case String other -> other;
        };
    }

    static String attemptTone(String outcome) {
        return switch (outcome) {
            case "accepted" -> "good";
            case "refused", "recipients_refused", "login_refused" -> "bad";
            case String _ -> "warn";
        };
    }

    static String delivery(String state) {
        return switch (state) {
            case "delivered" -> "delivered";
            case "pending" -> "not yet delivered";
            case "failed" -> "given up";
            case String other -> other;
        };
    }

    /** What a bulk change is called before and after. */
    static String act(String act) {
        return switch (act) {
            case "retry" -> "Retry";
            case "cancel" -> "Cancel";
            case String _ -> "Move";
        };
    }

    static String done(String act) {
        return switch (act) {
            case "retry" -> "queued again";
            case "cancel" -> "canceled";
            case String _ -> "moved";
        };
    }
}
