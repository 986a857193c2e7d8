package dev.postrider.testkit.provider.google.gmail;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.testkit.provider.google.state.GoogleError;
import dev.postrider.testkit.provider.google.state.GoogleState;
import dev.postrider.testkit.provider.google.state.GoogleUser;
import dev.postrider.testkit.provider.http.Json;
import dev.postrider.testkit.provider.http.Request;
import dev.postrider.testkit.provider.http.Response;
import dev.postrider.testkit.provider.mail.RawFields;
import dev.postrider.testkit.provider.mail.StoredMessage;
import java.util.Optional;

/** Drafts: sending one deletes it and makes a message with another id. */
record Drafts(GoogleState google, Mailboxes mailboxes, SendMessage send) {

    Response create(GoogleUser user, Request request) {
        Optional<Submission> submission = Submission.ofJson(request.body());
        if (submission.isEmpty()) {
            return GoogleError.BAD_RAW.response();
        }
        Mailbox mailbox = mailboxes.of(user);
        String id =
                mailbox.addDraft(
                        submission.get().threadId(),
                        google.now(),
                        SendMessage.asGmailKeepsIt(
                                user, RawFields.parse(submission.get().message())));
        return Response.json(200, described(id, mailbox.draft(id).orElseThrow()));
    }

    Response list(GoogleUser user) {
        ObjectNode body = Json.object();
        var drafts = body.putArray("drafts");
        mailboxes.of(user).drafts().forEach((id, draft) -> drafts.add(described(id, draft)));
        return Response.json(200, body.put("resultSizeEstimate", drafts.size()));
    }

    Response get(GoogleUser user, String id) {
        return mailboxes
                .of(user)
                .draft(id)
                .map(draft -> Response.json(200, described(id, draft)))
                .orElseGet(GoogleError.NOT_FOUND::response);
    }

    Response delete(GoogleUser user, String id) {
        return mailboxes
                .of(user)
                .removeDraft(id)
                .map(draft -> Response.empty(204))
                .orElseGet(GoogleError.NOT_FOUND::response);
    }

    /** A draft that can't be sent stays. */
    Response send(GoogleUser user, Request request) {
        String id = request.json().map(body -> body.path("id").asText("")).orElse("");
        Mailbox mailbox = mailboxes.of(user);
        Optional<StoredMessage> draft = mailbox.removeDraft(id);
        if (draft.isEmpty()) {
            return GoogleError.NOT_FOUND.response();
        }
        Response response = send.sendDraft(user, draft.get());
        if (response.status() != 200) {
            mailbox.putBack(id, draft.get());
        }
        return response;
    }

    private static ObjectNode described(String id, StoredMessage draft) {
        ObjectNode body = Json.object().put("id", id);
        body.set("message", SendMessage.answer(draft));
        return body;
    }
}
