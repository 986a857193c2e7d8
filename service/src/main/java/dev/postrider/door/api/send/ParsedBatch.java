package dev.postrider.door.api.send;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.door.api.send.json.EmailJson;
import dev.postrider.flow.accept.EmailRequest;
import dev.postrider.flow.accept.Intake.Policy;
import dev.postrider.flow.accept.IntakeResult;
import dev.postrider.http.Fields;
import dev.postrider.http.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * The emails of a batch as far as they can be read.
 *
 * @param emails the readable ones, in their order
 * @param indices where each of them stands in the batch
 * @param flawed the others, by where they stand
 */
record ParsedBatch(
        List<EmailRequest> emails, List<Integer> indices, TreeMap<Integer, Problem> flawed) {
    static ParsedBatch read(JsonNode batch, Instant now) {
        var read = new ParsedBatch(new ArrayList<>(), new ArrayList<>(), new TreeMap<>());
        for (var i = 0; i < batch.size(); i++) {
            read.add(i, batch.get(i), now);
        }
        return read;
    }

    private void add(int index, JsonNode json, Instant now) {
        if (!(json instanceof ObjectNode object)) {
            flawed.put(index, Problem.invalid("email", "must be an object"));
            return;
        }
        var fields = new Fields(object);
        var email = EmailJson.read(fields, now);
        if (email.isEmpty()) {
            flawed.put(index, ExplainRejection.problem(fields));
        } else {
            emails.add(email.get());
            indices.add(index);
        }
    }

    /** Where a readable email stands in the batch. */
    int index(int ofReadable) {
        return indices.get(ofReadable);
    }

    /** What is answered when emails are kept, as JSON. */
    String answer(IntakeResult.Kept kept, Policy policy) {
        var answer = JsonNodeFactory.instance.objectNode();
        var data = answer.putArray("data");
        kept.ids().forEach(id -> data.addObject().put("id", id.toString()));
        if (policy == Policy.THE_GOOD_ONES) {
            var problems = new TreeMap<>(flawed);
            kept.others()
                    .forEach(other ->
                            problems.put(
                                    index(other.index()),
                                    ExplainRejection.problem(other.rejection())));
            var errors = answer.putArray("errors");
            problems.forEach((index, problem) ->
                    errors.addObject().put("index", index).put("message", problem.detail()));
        }
        return answer.toString();
    }
}
