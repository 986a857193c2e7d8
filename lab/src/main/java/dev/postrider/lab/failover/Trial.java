package dev.postrider.lab.failover;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What became of one fault.
 *
 * @param emails that the database has
 * @param accepted calls that were answered 2xx, repeats among them
 * @param uncertain calls that gave up without an answer, or with 503
 * @param unanswered the longest time without a 2xx
 * @param unsent the longest time in which no mail server got a message
 * @param whole from the fault until all servers were there again
 * @param drained from the end of the calls until each email was final
 * @param held mailboxes that were held in the end
 * @param marked emails that an attempt left unknown
 * @param twice emails with more than one copy; one that isn't marked unknown breaks a promise
 * @param broken how many promises
 */
record Trial(
        Fault fault,
        int round,
        long emails,
        long accepted,
        long uncertain,
        Pause unanswered,
        Pause unsent,
        Duration whole,
        Duration drained,
        long held,
        long marked,
        long twice,
        long broken) {

    private static final String HEAD =
            """
            | fault | round | emails | 2xx | given up | no 2xx for | nothing sent for | whole after | drained after | held | unknown | twice | broken |
            | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
            """;

    /** For people; times in seconds. */
    static String table(List<Trial> trials) {
        return trials.stream().map(Trial::row).collect(Collectors.joining("", HEAD, ""));
    }

    private String row() {
        return "| %s | %d | %,d | %,d | %,d | %s | %s | %.1f | %.1f | %,d | %,d | %,d | %,d |\n"
                .formatted(
                        fault,
                        round,
                        emails,
                        accepted,
                        uncertain,
                        unanswered.text(),
                        unsent.text(),
                        whole.toMillis() / 1_000.0,
                        drained.toMillis() / 1_000.0,
                        held,
                        marked,
                        twice,
                        broken);
    }
}
