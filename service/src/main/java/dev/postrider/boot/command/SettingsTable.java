package dev.postrider.boot.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.postrider.boot.Variable;
import dev.postrider.boot.Variable.Group;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** All settings in one table, in the forms that people and programs read. */
final class SettingsTable {
    private static final Pattern LINK = Pattern.compile("\\[([^]]+)]\\(([^)]+)\\)");

    private SettingsTable() {}

    private static List<Variable> of(Group group) {
        return Arrays.stream(Variable.values()).filter(each -> each.group() == group).toList();
    }

    /** As it stands in {@code docs/settings.md}. */
    static String markdown() {
        var table = new StringBuilder();
        for (var group : Group.values()) {
            table.append(table.isEmpty() ? "### " : "\n### ")
                    .append(group.title())
                    .append("\n\n| variable | meaning | default | example | since |\n")
                    .append("| --- | --- | --- | --- | --- |\n");
            for (var each : of(group)) {
                table.append(
                        "| `%s` | %s | %s | `%s` | %s |\n"
                                .formatted(
                                        each.variable(),
                                        each.meaning(),
                                        each.otherwise(),
                                        each.example(),
                                        each.since()));
            }
        }
        return table.toString();
    }

    /** For a terminal, with what is set. */
    static String text(Function<Variable, Optional<String>> given) {
        var text = new StringBuilder();
        for (var group : Group.values()) {
            text.append(group.title()).append('\n');
            for (var each : of(group)) {
                text.append(
                        "  %-36s %s\n      %s\n"
                                .formatted(
                                        each.variable(), now(each, given), plain(each.meaning())));
            }
        }
        return text.toString();
    }

    private static String now(Variable variable, Function<Variable, Optional<String>> given) {
        return given.apply(variable)
                .map(value -> "= " + (variable.isSecret() ? "(set, not shown)" : value))
                .orElse("not set: " + plain(variable.otherwise()));
    }

    /** A program reads names, and whether there is a value; that of a secret is not in it. */
    static String json(Function<Variable, Optional<String>> given) {
        var all = JsonNodeFactory.instance.arrayNode();
        for (var each : Variable.values()) {
            var value = given.apply(each);
            var setting =
                    all.addObject()
                            .put("variable", each.variable())
                            .put("group", each.group().title())
                            .put("meaning", plain(each.meaning()))
                            .put("default", each.standard().orElse(null))
                            .put("otherwise", plain(each.otherwise()))
                            .put("example", each.example())
                            .put("since", each.since())
                            .put("secret", each.isSecret())
                            .put("set", value.isPresent());
            setting.put("value", each.isSecret() ? null : value.orElse(null));
        }
        return JsonNodeFactory.instance.objectNode().set("settings", all).toPrettyString();
    }

    /** A file for systemd's EnvironmentFile or a container's --env-file; nothing is set in it. */
    static String environmentFile() {
        var file =
                new StringBuilder(
                        """
                        # Settings of Postrider: take the # away from a line to set it, then restart.
                        # A value stands as it is, without quotation marks. ./postrider settings tells more.
                        """);
        for (var group : Group.values()) {
            file.append("\n# --- ").append(group.title()).append(" ---\n");
            for (var each : of(group)) {
                file.append("\n# ")
                        .append(plain(each.meaning()))
                        .append(" (otherwise: ")
                        .append(plain(each.otherwise()))
                        .append(")\n#")
                        .append(each.variable())
                        .append('=')
                        .append(each.example())
                        .append('\n');
            }
        }
        return file.toString();
    }

    /** Without Markdown's marks: a link's own words stay, unless they are the name of its page. */
    private static String plain(String markdown) {
        return LINK.matcher(markdown)
                .replaceAll(link ->
                        link.group(2).startsWith(link.group(1))
                                ? "docs/" + link.group(2)
                                : link.group(1) + " (docs/" + link.group(2) + ")")
                .replace("`", "");
    }
}
