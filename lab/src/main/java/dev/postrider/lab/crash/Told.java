package dev.postrider.lab.crash;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What was told of mailboxes and apps, beside what has happened to them: each once.
 *
 * @param happened how often what is to be told has happened: the event's type, and of what
 * @param events that the database has
 * @param received the ids of those that the webhook's receiver has
 */
public record Told(Map<Fact, Integer> happened, List<Event> events, Set<String> received) {
    /** Something that happens to a mailbox, by its id, or to an app, by its provider. */
    public record Fact(String type, String of) {}

    /** An event that is kept for webhooks. */
    record Event(String id, Fact fact) {}

    /** What wasn't told, or too often. */
    public List<String> wrong() {
        var told = new HashMap<Fact, Integer>();
        events.forEach(event -> told.merge(event.fact(), 1, Integer::sum));
        var all = new HashMap<>(told);
        happened.forEach(all::putIfAbsent);
        return all.keySet().stream()
                .filter(fact -> count(told, fact) != count(happened, fact))
                .map(fact ->
                        fact.type()
                                + " of "
                                + fact.of()
                                + ": told "
                                + count(told, fact)
                                + " times, and happened "
                                + count(happened, fact)
                                + " times")
                .sorted()
                .toList();
    }

    private static int count(Map<Fact, Integer> facts, Fact fact) {
        return facts.getOrDefault(fact, 0);
    }

    /** What the receiver has and the database hasn't, or the other way round. */
    public List<String> undelivered() {
        var missing = new ArrayList<String>();
        for (var event : events) {
            if (!received.contains(event.id())) {
                missing.add("not received: " + event);
            }
        }
        var known = events.stream().map(Event::id).toList();
        for (var id : received) {
            if (!known.contains(id)) {
                missing.add("received, and not in the database: " + id);
            }
        }
        return missing;
    }
}
