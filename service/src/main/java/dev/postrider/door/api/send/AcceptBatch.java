package dev.postrider.door.api.send;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.door.api.send.SubmitEmails.Work;
import dev.postrider.flow.accept.AcceptEmail;
import dev.postrider.flow.accept.AcceptEmail.Accepted;
import dev.postrider.flow.store.NewEmail;
import dev.postrider.http.Fields;
import dev.postrider.http.Problem;
import dev.postrider.identity.Caller;
import dev.postrider.spool.OpenFiles;
import java.util.ArrayList;
import java.util.List;

/**
 * Accepts the emails of one request: all or none, or, when asked to be permissive, the good ones.
 */
final class AcceptBatch {
    private final AcceptEmail accept;
    private final Caller caller;
    private final OpenFiles files;

    AcceptBatch(AcceptEmail accept, Caller caller, OpenFiles files) {
        this.accept = accept;
        this.caller = caller;
        this.files = files;
    }

    Work of(List<JsonNode> emails, boolean permissive) throws InterruptedException {
        var kept = new ArrayList<NewEmail>(emails.size());
        var answer = JsonNodeFactory.instance.objectNode();
        var data = answer.putArray("data");
        var errors = JsonNodeFactory.instance.arrayNode();
        for (var i = 0; i < emails.size(); i++) {
            switch (accept(emails.get(i))) {
                case Accepted.Email(var email) -> {
                    kept.add(email);
                    data.addObject().put("id", email.key().id().toString());
                }
                case Accepted.Rejected(var problem) -> {
                    if (!permissive) {
                        return new Work.Reject(problem.within("emails[" + i + "]"));
                    }
                    errors.addObject().put("index", i).put("message", problem.detail());
                }
            }
        }
        if (permissive) {
            answer.set("errors", errors);
        }
        return new Work.Keep(kept, answer.toString());
    }

    private Accepted accept(JsonNode email) throws InterruptedException {
        return email instanceof ObjectNode object
                ? accept.accept(caller, new Fields(object), files)
                : new Accepted.Rejected(Problem.invalid("email", "must be an object"));
    }
}
