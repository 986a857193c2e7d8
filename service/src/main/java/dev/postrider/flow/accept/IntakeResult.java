package dev.postrider.flow.accept;

import java.util.List;
import java.util.UUID;

/** What became of a request to send emails. */
public sealed interface IntakeResult {
    /**
     * Emails are kept: committed, and sent from now on.
     *
     * @param ids those of the good ones, in their order
     * @param others those that weren't, when only the good ones were asked to be kept
     */
    record Kept(List<UUID> ids, List<NotKept> others) implements IntakeResult {
        public Kept {
            ids = List.copyOf(ids);
            others = List.copyOf(others);
        }
    }

    /** It was done before, and answered like this. */
    record Repeated(String answer) implements IntakeResult {}

    /** Nothing is kept. */
    record Rejected(NotKept why) implements IntakeResult {
        public Rejection rejection() {
            return why.rejection();
        }
    }

    /** One of a request's emails that isn't kept; its index counts from 0. */
    record NotKept(int index, Rejection rejection) {}
}
