package dev.postrider.postgres;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds in a migration what would make running nodes wait: locks that are held for as long as a
 * table is read or written. What a migration does to tables that it has made itself stops nobody.
 */
final class StopsNodes {
    private static final Pattern COMMENT = Pattern.compile("--[^\\n]*|/\\*.*?\\*/", Pattern.DOTALL);
    private static final Pattern CREATED =
            Pattern.compile("^create table (?:if not exists )?(\\w+)");
    private static final Pattern TABLE =
            Pattern.compile(
                    "^(?:alter table (?:only )?(?:if exists )?|create (?:unique )?index .*? on (?:only )?"
                            + "|update (?:only )?|delete from (?:only )?)(\\w+)");

    private static final Map<String, Pattern> WHY = new LinkedHashMap<>();

    static {
        say("create index without concurrently", "^create (unique )?index (?!concurrently)");
        say("drop index without concurrently", "^drop index (?!concurrently)");
        say("a column's type is changed: the table is written anew", "^alter table .* type ");
        say(
                "not null without a default fails, or reads the whole table",
                "^alter table .* add column (?!.* default ).* not null");
        say("set not null reads the whole table", "^alter table .* set not null");
        say(
                "a constraint without not valid reads the whole table",
                "^alter table .* add (constraint|check|foreign|unique|primary)(?!.*(not valid|using index))");
        say("lock table", "^lock ");
        say("vacuum full", "^(vacuum full|cluster)");
        say(
                "all rows at once: change them in slices, by the program",
                "^(update|delete)(?!.* where )");
    }

    private StopsNodes() {}

    private static void say(String why, String pattern) {
        WHY.put(why, Pattern.compile(pattern));
    }

    static List<String> in(String migration) {
        var found = new ArrayList<String>();
        var own = new HashSet<String>();
        for (var statement : COMMENT.matcher(migration).replaceAll("").split(";", -1)) {
            var words = statement.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT) + " ";
            var created = CREATED.matcher(words);
            if (created.find()) {
                own.add(created.group(1));
            } else if (!isOf(own, words)) {
                WHY.forEach((why, pattern) -> {
                    if (pattern.matcher(words).find()) {
                        found.add(why + ": " + words.strip());
                    }
                });
            }
        }
        return found;
    }

    private static boolean isOf(Set<String> own, String words) {
        var table = TABLE.matcher(words);
        return table.find() && own.contains(table.group(1));
    }
}
