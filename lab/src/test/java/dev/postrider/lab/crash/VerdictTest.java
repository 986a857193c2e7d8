package dev.postrider.lab.crash;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.lab.crash.Call.Answered;
import dev.postrider.lab.crash.Received.Copy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the lab takes for a broken promise. */
final class VerdictTest {
    private static final Instant END = Instant.parse("2026-11-22T12:00:00Z");
    private static final Copy COPY = new Copy("same", END.minusMillis(5));

    private final Received received = new Received();

    @Test
    void oneCopyOfWhatIsSentKeepsEveryPromise() {
        assertThat(broken(email("sent", false, false, COPY))).isEmpty();
    }

    @Test
    void twoCopiesOfWhatWasUnknownKeepEveryPromise() {
        assertThat(broken(email("sent", false, true, COPY, COPY))).isEmpty();
    }

    @Test
    void whatIsUnknownMayHaveArrivedOrNot() {
        assertThat(broken(email("unknown", true, true))).isEmpty();
        assertThat(broken(email("unknown", true, true, COPY))).isEmpty();
    }

    @Test
    void whatIsSentMustBeInTheSink() {
        assertThat(broken(email("sent", false, false)))
                .containsExactly("sent, and not in the sink");
    }

    @Test
    void everyEmailMustEnd() {
        assertThat(broken(email("queued", false, false))).containsExactly("not final in the end");
    }

    @Test
    void whatFailedMustNotBeInTheSink() {
        assertThat(broken(email("failed", false, false, COPY)))
                .containsExactly("in the sink, and refused, failed or canceled");
    }

    @Test
    void aSecondCopyNeedsAnUnknownOutcome() {
        assertThat(broken(email("sent", false, false, COPY, COPY)))
                .containsExactly("more than one copy, and never marked unknown");
    }

    @Test
    void threeCopiesAreTooMany() {
        assertThat(broken(email("sent", false, true, COPY, COPY, COPY)))
                .containsExactly("more than two copies");
    }

    @Test
    void whoWantsAReportGetsNoSecondCopy() {
        assertThat(broken(email("sent", true, true, COPY, COPY)))
                .containsExactly("more than one copy with on_unknown=report");
    }

    @Test
    void whoMayLookSendsNoSecondCopy() {
        var email = inMailboxToLookInto("sent", COPY, COPY);

        assertThat(broken(email))
                .containsExactly("more than one copy, in a mailbox that could be asked");
    }

    @Test
    void whoMayLookFindsWhatWasTaken() {
        assertThat(broken(inMailboxToLookInto("unknown"))).isEmpty();
        assertThat(broken(inMailboxToLookInto("unknown", COPY)))
                .containsExactly("unknown in the end, and in a mailbox that could be asked");
    }

    @Test
    void copiesAreTheSameMessage() {
        var other = new Copy("other", END.minusMillis(5));

        assertThat(broken(email("sent", false, true, COPY, other)))
                .containsExactly("copies with other bytes");
    }

    @Test
    void nothingIsSentAfterItsEnd() {
        var late = new Copy("same", END.plusSeconds(5));

        assertThat(broken(email("unknown", true, true, late)))
                .containsExactly("sent after its state was final");
    }

    @Test
    void whatWasAcceptedMustBeInTheDatabase() {
        var call = new Call("lab 1", Answered.ACCEPTED, "an id", END);

        assertThat(broken(List.of(call), List.of()))
                .containsExactly("accepted, and not in the database");
    }

    @Test
    void whatWasRejectedMustNotBe() {
        var call = new Call("lab 1", Answered.REJECTED, "422", END);

        assertThat(broken(List.of(call), List.of(email("sent", false, false, COPY))))
                .containsExactly("rejected, and in the database");
    }

    @Test
    void oneCallMakesOneEmail() {
        var email = email("sent", false, false, COPY);

        assertThat(broken(List.of(), List.of(email, email)))
                .containsExactly("one call, and more than one email");
    }

    @Test
    void aRepeatIsAnsweredWithTheSameId() {
        var first = new Call("lab 1", Answered.ACCEPTED, "an id", END);
        var repeat = new Call("lab 1", Answered.ACCEPTED, "another", END);
        var email = email("sent", false, false, COPY);

        assertThat(broken(List.of(first, first), List.of(email))).isEmpty();
        assertThat(broken(List.of(first, repeat), List.of(email)))
                .containsExactly(
                        "accepted, and not in the database", "one key, and more than one id");
    }

    @Test
    void whatIsInTheSinkMustBeInTheDatabase() {
        received.add("Subject: lab 1\r\nMessage-ID: <1@example.com>\r\n\r\n".getBytes(US_ASCII));

        assertThat(broken(List.of(), List.of()))
                .containsExactly("in the sink, and not in the database");
    }

    private List<String> broken(Email email) {
        return broken(List.of(), List.of(email));
    }

    private List<String> broken(List<Call> calls, List<Email> emails) {
        return Verdict.of(calls, emails, received).broken().entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
    }

    private static Email inMailboxToLookInto(String state, Copy... copies) {
        return new Email("an id", "lab 1", "an id", state, END, false, true, true, List.of(copies));
    }

    private static Email email(
            String state, boolean reportOnly, boolean wasUnknown, Copy... copies) {
        return new Email(
                "an id",
                "lab 1",
                "<1@example.com>",
                state,
                END,
                reportOnly,
                false,
                wasUnknown,
                List.of(copies));
    }
}
