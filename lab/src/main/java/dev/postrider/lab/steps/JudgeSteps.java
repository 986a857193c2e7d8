package dev.postrider.lab.steps;

import dev.postrider.lab.crash.Email;
import dev.postrider.lab.crash.Promise;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether each email became what it must.
 *
 * @param ways that emails went
 * @param wrong what is wrong beside the emails
 */
record JudgeSteps(List<Way> ways, List<Email> emails, List<String> wrong) {

    static String subject(Way way, Step step) {
        return "killed at " + step + " through " + way;
    }

    /** Prints a table, and what isn't as it must be; returns whether all is. */
    boolean print() {
        var isKept = wrong.isEmpty();
        System.out.println("| through | killed when | state | unknown | copies | |");
        System.out.println("| --- | --- | --- | --- | ---: | --- |");
        for (var way : ways) {
            for (var step : way.steps()) {
                isKept &= print(way, step);
            }
        }
        for (var promise : Promise.ALL) {
            for (var email : emails.stream().filter(promise.isBrokenBy()).toList()) {
                isKept = false;
                System.out.println(promise.text() + ": " + email);
            }
        }
        wrong.forEach(System.out::println);
        return isKept;
    }

    private boolean print(Way way, Step step) {
        var email = find(way, step);
        var expected = step.expected(way.mayLook());
        var isSo = expected.is(email);
        System.out.printf(
                "| %s | %s | %s | %s | %s | %s |%n",
                way,
                step.text(),
                email == null ? "none" : email.state(),
                email != null && email.wasUnknown() ? "yes" : "no",
                email == null ? 0 : email.copies().size(),
                isSo ? "" : "**not " + expected + "**");
        return isSo;
    }

    private @Nullable Email find(Way way, Step step) {
        return emails.stream()
                .filter(email -> email.subject().equals(subject(way, step)))
                .findFirst()
                .orElse(null);
    }
}
