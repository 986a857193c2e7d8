package dev.postrider.flow.store.change;

import dev.postrider.email.EmailState;

/** What became of a wish to cancel. */
public sealed interface Cancellation {
    /**
     * Nothing more is sent. What may have been sent before isn't called canceled: it is {@code
     * unknown}, or waits until its mailbox has been asked.
     */
    record Done(EmailState state, String reason) implements Cancellation {}

    record NotFound() implements Cancellation {}

    /** It is being sent, or has ended. */
    record TooLate() implements Cancellation {}
}
