package dev.postrider.lab.crash;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the API says of all emails.
 *
 * @param listed by their ids, from pages of one node
 * @param shown some of them, by their ids from another
 */
public record ReadBack(Map<String, Shown> listed, Map<String, Shown> shown) {
    private static final int SHOWN_ONE_IN = 50;

    public ReadBack {
        listed = Map.copyOf(listed);
        shown = Map.copyOf(shown);
    }

    /** An email, as far as the lab looks. */
    public record Shown(String subject, String state) {}

    /** Lists all at the first node, and asks the other for some of them. */
    public static ReadBack of(Caller caller, Node lists, Node shows)
            throws IOException, InterruptedException {
        var listed = new HashMap<String, Shown>();
        var shown = new HashMap<String, Shown>();
        var path = "/emails?limit=100";
        for (var more = true; more; ) {
            var page = caller.get(lists.port(), path).body();
            var last = "";
            for (var email : page.path("data")) {
                last = email.path("id").asText();
                listed.put(
                        last,
                        new Shown(email.path("subject").asText(), email.path("state").asText()));
            }
            path = "/emails?limit=100&after=" + last;
            more = page.path("has_more").asBoolean() && !last.isEmpty();
        }
        for (var id : listed.keySet()) {
            if (isShown(id)) {
                var email = caller.get(shows.port(), "/emails/" + id).body();
                shown.put(
                        id,
                        new Shown(email.path("subject").asText(), email.path("state").asText()));
            }
        }
        return new ReadBack(listed, shown);
    }

    private static boolean isShown(String id) {
        return id.hashCode() % SHOWN_ONE_IN == 0;
    }

    /** Emails of which the database says something else. */
    public List<String> differing(List<Email> emails) {
        var differing = new ArrayList<String>();
        for (var email : emails) {
            var expected = new Shown(email.subject(), email.state());
            if (!expected.equals(listed.get(email.id()))
                    || !expected.equals(shown.getOrDefault(email.id(), expected))) {
                differing.add(email.toString());
            }
        }
        return differing;
    }
}
