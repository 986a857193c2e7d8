package dev.postrider.door.console.mailboxes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.door.console.ConsoleForm;
import dev.postrider.door.console.call.Api;
import java.util.List;
import java.util.stream.Stream;

/** Turns what forms of mailboxes have into what the API takes. */
final class MailboxForms {
    static final List<String> LIMITS =
            List.of("messages_per_minute", "messages_per_day", "recipients_per_day", "connections");

    private MailboxForms() {}

    static String[] limitFields() {
        return LIMITS.stream().map(name -> "limits." + name).toArray(String[]::new);
    }

    static String[] serverFields(String... others) {
        return Stream.concat(
                        Stream.of("host", "port", "tls", "username", "password", "ca")
                                .map(name -> "smtp." + name),
                        Stream.of(others))
                .toArray(String[]::new);
    }

    /** The server and the login; what is left empty is left out. */
    static ObjectNode smtp(ConsoleForm form) {
        var smtp = Api.object();
        for (var name : List.of("host", "tls", "username", "ca")) {
            form.text("smtp." + name).ifPresent(text -> smtp.put(name, text));
        }
        number(form, "smtp.port", smtp, "port");
        form.verbatim("smtp.password").ifPresent(password -> smtp.put("password", password));
        return smtp;
    }

    /** What is no number goes as it is: the API says what is wrong with it. */
    static void number(ConsoleForm form, String field, ObjectNode into, String name) {
        form.text(field)
                .ifPresent(text -> {
                    try {
                        into.put(name, Integer.parseInt(text));
                    } catch (NumberFormatException _) {
                        into.put(name, text);
                    }
                });
    }
}
