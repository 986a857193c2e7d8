package dev.postrider.lab.steps;

import dev.postrider.testkit.provider.http.Endpoint;
import dev.postrider.testkit.provider.http.Fault;
import dev.postrider.testkit.provider.http.FaultScript;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftEndpoint;
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
        var endpoint = step.part() == Step.Part.TOKENS ? token : send;
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
            case CONTENT, TOKEN_ASKED -> asked(endpoint, armed);
            case TAKEN, TOKEN_GIVEN -> taken(endpoint, armed);
            case DRAFT_ASKED -> asked(MicrosoftEndpoint.MESSAGE_CREATE, armed);
            case DRAFT_MADE -> taken(MicrosoftEndpoint.MESSAGE_CREATE, armed);
            case RANGE_ASKED -> asked(MicrosoftEndpoint.UPLOAD, armed);
            case RANGE_KEPT -> taken(MicrosoftEndpoint.UPLOAD, armed);
            case FILE_KEPT -> {
                script.next(MicrosoftEndpoint.UPLOAD, new Fault.Pass());
                taken(MicrosoftEndpoint.UPLOAD, armed);
            }
            case SEND_ASKED -> asked(MicrosoftEndpoint.MESSAGE_SEND, armed);
            case SEND_TAKEN -> taken(MicrosoftEndpoint.MESSAGE_SEND, armed);
            case ADMITTED,
                    KEPT,
                    HANDED_OVER,
                    DRAFT_SUBMITTED,
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

    private void asked(Endpoint endpoint, Trap armed) {
        script.next(endpoint, new Fault.Hold(armed.gate(), new Fault.ResetAfterBody()));
    }

    private void taken(Endpoint endpoint, Trap armed) {
        script.next(endpoint, new Fault.AcceptThenHold(armed.gate()));
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
