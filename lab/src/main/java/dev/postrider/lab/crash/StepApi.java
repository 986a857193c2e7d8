package dev.postrider.lab.crash;

import dev.postrider.testkit.provider.http.Endpoint;
import dev.postrider.testkit.provider.http.Fault;
import dev.postrider.testkit.provider.http.FaultScript;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A provider that at a step that is armed waits for the kill. */
final class StepApi implements StepServer {
    private final FaultScript script;
    private final Endpoint send;
    private final Endpoint token;

    /** Of the lab's thread. */
    private @Nullable Trap trap;

    StepApi(FaultScript script, Endpoint send, Endpoint token) {
        this.script = script;
        this.send = send;
        this.token = token;
    }

    @Override
    public void arm(Step step) {
        var armed = new Trap(step);
        trap = armed;
        var endpoint = step.isOfTokens() ? token : send;
        switch (step) {
            // a script looks at a request's head before its body is read
            case ENVELOPE ->
                    script.next(
                            endpoint,
                            _ -> {
                                armed.stop();
                                return true;
                            },
                            Fault.resetBeforeBody());
            case CONTENT, TOKEN_ASKED ->
                    script.next(endpoint, new Fault.Hold(armed.gate(), new Fault.ResetAfterBody()));
            case TAKEN, TOKEN_GIVEN ->
                    script.next(endpoint, new Fault.AcceptThenHold(armed.gate()));
            case ADMITTED,
                    KEPT,
                    HANDED_OVER,
                    ANSWERED,
                    SETTLED,
                    TOLD,
                    TOKEN_READ,
                    TOKEN_STORED,
                    GRANT_ENDING,
                    GRANT_ENDED ->
                    throw new IllegalArgumentException("the program itself stops at " + step);
        }
    }

    @Override
    public void awaitReached() throws InterruptedException {
        Objects.requireNonNull(trap).awaitReached();
    }

    @Override
    public void killed() {
        Objects.requireNonNull(trap).letGo();
    }
}
