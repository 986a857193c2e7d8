package dev.postrider.door.console.choose;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.door.console.Url;
import dev.postrider.door.console.Visit;
import dev.postrider.door.console.call.ApiAnswer;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Finds what somebody may choose, by what the API shows them.
 *
 * @param path of the list in the API, with a query that has no end yet
 * @param one of them, up to its id
 * @param noun what one of them is called
 * @param read the list
 */
public record Choose(
        Visit visit, String path, String one, String noun, Function<JsonNode, List<Named>> read) {
    private static final Pattern ID =
            Pattern.compile("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    public static Choose mailbox(Visit visit) {
        return new Choose(
                visit, "/mailboxes?limit=100", "/mailboxes/", "mailbox", Named::mailboxes);
    }

    /** Somebody who signs in. */
    public static Choose person(Visit visit) {
        return new Choose(
                visit,
                "/users?can_sign_in=true&limit=100",
                "/users/",
                "person who signs in here",
                Named::people);
    }

    /** What might be meant; the newest when nothing was typed. */
    public List<String> suggestions(String typed) {
        var all = search(withoutOwner(typed));
        return all.stream().map(each -> each.label(all)).toList();
    }

    /** What is meant by an id, or by what was typed. */
    public Choice find(String typed) {
        if (ID.matcher(typed).matches()) {
            return byId(typed);
        }
        var address = withoutOwner(typed);
        var all = search(address);
        var meant = all.stream().filter(each -> each.isCalled(address)).toList();
        if (meant.size() > 1) {
            meant = meant.stream().filter(each -> each.label(all).equalsIgnoreCase(typed)).toList();
            return meant.size() == 1
                    ? Choice.of(meant.getFirst().id(), meant.getFirst().label(all))
                    : Choice.none(
                            typed, "is the address of several: choose one of the suggestions");
        }
        return meant.isEmpty()
                ? Choice.none(
                        typed, "is no " + noun + " that you see: choose one of the suggestions")
                : Choice.of(meant.getFirst().id(), meant.getFirst().address());
    }

    /** One that is gone may still be looked for. */
    private Choice byId(String id) {
        return visit.api().get(one + Url.encode(id)) instanceof ApiAnswer.Done(_, var json)
                ? Choice.of(id, json.path("address").asText(json.path("email").asText(id)))
                : Choice.of(id, id);
    }

    private List<Named> search(String words) {
        return visit.api().get(path + Url.and("search", words))
                        instanceof ApiAnswer.Done(_, var list)
                ? read.apply(list)
                : List.of();
    }

    private static String withoutOwner(String typed) {
        var end = typed.indexOf(" (");
        return end < 0 ? typed : typed.substring(0, end);
    }
}
