package dev.postrider.lab.crash;

import dev.postrider.lab.crash.Call.Answered;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The counts, and what was broken.
 *
 * @param counts by what they count
 * @param broken what must be zero, with the emails at fault
 */
public record Verdict(Map<String, Long> counts, Map<String, List<String>> broken) {

    /** Compares what was answered, what the database says and what servers took. */
    public static Verdict of(List<Call> calls, List<Email> emails, Received received) {
        var counts = new LinkedHashMap<String, Long>();
        for (var answered : Answered.values()) {
            counts.put(
                    "calls " + answered.name().toLowerCase(java.util.Locale.ROOT),
                    count(calls, call -> call.answered() == answered));
        }
        counts.put("emails in the database", (long) emails.size());
        for (var state : List.of("sent", "unknown", "failed", "refused", "canceled")) {
            counts.put("… " + state, count(emails, email -> email.state().equals(state)));
        }
        counts.put("… marked unknown at some time", count(emails, Email::wasUnknown));
        counts.put("… with on_unknown=report", count(emails, Email::reportOnly));
        counts.put(
                "… of these marked unknown",
                count(emails, email -> email.reportOnly() && email.wasUnknown()));
        counts.put("… with two copies", count(emails, email -> email.copies().size() == 2));
        counts.put("messages in the sink", (long) received.all().size());

        var broken = new LinkedHashMap<String, List<String>>();
        broken.put("accepted, and not in the database", vanished(calls, emails));
        broken.put("rejected, and in the database", keptAnyway(calls, emails));
        broken.put("one call, and more than one email", repeated(emails));
        broken.put("one key, and more than one id", renamed(calls));
        broken.put("in the sink, and not in the database", strays(emails, received));
        for (var promise : Promise.ALL) {
            broken.put(
                    promise.text(),
                    emails.stream().filter(promise.isBrokenBy()).map(Email::toString).toList());
        }
        return new Verdict(counts, broken);
    }

    /** With one more number. */
    public Verdict counting(String what, long count) {
        var all = new LinkedHashMap<>(counts);
        all.put(what, count);
        return new Verdict(all, broken);
    }

    /** With one more that must be nothing. */
    public Verdict with(String what, List<String> which) {
        var all = new LinkedHashMap<>(broken);
        all.put(what, which);
        return new Verdict(counts, all);
    }

    /** Without one that may be broken. */
    public Verdict without(String what) {
        var others = new LinkedHashMap<>(broken);
        others.remove(what);
        return new Verdict(counts, others);
    }

    private static <T> long count(List<T> all, Predicate<T> which) {
        return all.stream().filter(which).count();
    }

    private static List<String> vanished(List<Call> calls, List<Email> emails) {
        var ids = emails.stream().map(Email::id).collect(Collectors.toSet());
        return calls.stream()
                .filter(call -> call.isAccepted() && !ids.contains(call.answer()))
                .map(Call::toString)
                .toList();
    }

    private static List<String> keptAnyway(List<Call> calls, List<Email> emails) {
        var subjects = emails.stream().map(Email::subject).collect(Collectors.toSet());
        return calls.stream()
                .filter(call ->
                        call.answered() == Answered.REJECTED && subjects.contains(call.subject()))
                .map(Call::toString)
                .toList();
    }

    private static List<String> repeated(List<Email> emails) {
        return emails.stream().collect(Collectors.groupingBy(Email::subject)).values().stream()
                .filter(same -> same.size() > 1)
                .map(List::toString)
                .toList();
    }

    /** Accepted again under another id. */
    private static List<String> renamed(List<Call> calls) {
        return calls.stream()
                .filter(Call::isAccepted)
                .collect(
                        Collectors.groupingBy(
                                Call::subject,
                                Collectors.mapping(Call::answer, Collectors.toSet())))
                .entrySet()
                .stream()
                .filter(each -> each.getValue().size() > 1)
                .map(Map.Entry::toString)
                .toList();
    }

    private static List<String> strays(List<Email> emails, Received received) {
        Set<String> strays = new HashSet<>(received.all().keySet());
        emails.forEach(email -> strays.remove(email.name()));
        return new ArrayList<>(strays);
    }

    public boolean isKept() {
        return broken.values().stream().allMatch(List::isEmpty);
    }

    /** For people. */
    public String table() {
        var table = new StringBuilder("| | |\n| --- | ---: |\n");
        counts.forEach((what, count) -> table.append(row(what, count)));
        broken.forEach((what, which) -> table.append(row("**broken:** " + what, which.size())));
        broken.forEach((what, which) ->
                which.stream()
                        .limit(5)
                        .forEach(one -> table.append(what).append(": ").append(one).append('\n')));
        return table.toString();
    }

    private static String row(String what, long count) {
        return "| %s | %,d |\n".formatted(what, count);
    }
}
