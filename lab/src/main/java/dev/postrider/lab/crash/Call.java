package dev.postrider.lab.crash;

/**
 * A call that was made.
 *
 * @param id of the email; empty unless it was accepted
 */
record Call(String subject, Answered answered, String id) {
    enum Answered {
        /** 2xx: the email is stored. */
        ACCEPTED,
        /** 4xx: there is no such email. */
        REJECTED,
        /** No answer, or 5xx: the email may exist or not. */
        UNCERTAIN
    }
}
