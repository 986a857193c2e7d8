package dev.postrider.testkit.provider.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * What becomes of a request instead of an answer by the rules. "Accepted" means that it was handled
 * by the rules: an email is stored and counted, a code is spent, a token has been issued.
 */
public sealed interface Fault {

    /** None: for scripts like "well, well, reset". */
    record Pass() implements Fault {}

    /** The body is read, this is answered, nothing is accepted. */
    record Answer(Response response) implements Fault {}

    /** Accepted, and the answer is changed. */
    record Change(UnaryOperator<Response> change) implements Fault {}

    /** Accepted, and the connection is reset before the first octet of an answer. */
    record AcceptThenReset() implements Fault {}

    /** Accepted; half of the body comes, then the connection ends. */
    record HalfAnswer() implements Fault {}

    /** The connection is reset when the head has come, and the body is left unread. */
    record ResetBeforeBody() implements Fault {}

    /** Answered when the head has come; the body is left unread, and the connection is reset. */
    record AnswerBeforeBody(Response response) implements Fault {}

    /** The connection is reset when the body was read; nothing is accepted. */
    record ResetAfterBody() implements Fault {}

    /** Once the body was read it takes a while, in real time, before the other happens. */
    record Delay(Duration time, Fault then) implements Fault {}

    /** Once the body was read the gate must open before the other happens. */
    record Hold(Gate gate, Fault then) implements Fault {}

    /** Accepted, and answered when the gate opens. */
    record AcceptThenHold(Gate gate) implements Fault {}

    static Fault answer(Response response) {
        return new Answer(response);
    }

    static Fault acceptThenAnswer(Response response) {
        return new Change(ignored -> response);
    }

    static Fault acceptThenReset() {
        return new AcceptThenReset();
    }

    static Fault answerBeforeBody(Response response) {
        return new AnswerBeforeBody(response);
    }

    static Fault resetBeforeBody() {
        return new ResetBeforeBody();
    }

    static Fault resetAfterBody() {
        return new ResetAfterBody();
    }

    static Fault halfAnswer() {
        return new HalfAnswer();
    }

    static Fault delay(Duration time) {
        return new Delay(time, new Pass());
    }

    static Fault hold(Gate gate) {
        return new Hold(gate, new Pass());
    }

    /** A front end's page instead of JSON. */
    static Fault html(int status) {
        return answer(
                Response.html(
                        status,
                        "<!DOCTYPE html><title>Error " + status + "</title><h1>Try again</h1>"));
    }

    /** JSON of a megabyte and more, in which what belongs there is missing. */
    static Fault megabyte(int status) {
        return answer(Response.json(status, Json.object().put("padding", "x".repeat(1024 * 1024))));
    }

    /** Accepted; the right answer by a wrong name. */
    static Fault wrongType(String contentType) {
        return new Change(response -> response.as(contentType));
    }

    /** Accepted; a field of the answer is another, or gone. */
    static Fault edit(Consumer<ObjectNode> change) {
        return new Change(response -> response.edit(change));
    }
}
