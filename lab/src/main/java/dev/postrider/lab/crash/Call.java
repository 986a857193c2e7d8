package dev.postrider.lab.crash;

import java.time.Instant;

/**
 * A call that was made.
 *
 * @param answer the id of the email when it was accepted, else what was answered, if anything
 * @param at when it was answered, or given up
 */
public record Call(String subject, Answered answered, String answer, Instant at) {
    /** What is known of it. */
    public enum Answered {
        /** 2xx: the email is stored. */
        ACCEPTED,
        /** 422: there is no such email. */
        REJECTED,
        /** Any other answer, or none: the email may exist or not. */
        UNCERTAIN
    }

    public boolean isAccepted() {
        return answered == Answered.ACCEPTED;
    }
}
