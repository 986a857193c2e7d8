package dev.postrider.door.connect;

import dev.postrider.http.Problem;
import dev.postrider.mailbox.connect.ConnectOption;
import dev.postrider.mailbox.connect.ConnectVisit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The form of another mailbox, as its user has filled it in; its password is never put back. */
record FillForm(
        Texts texts, ConnectVisit visit, Map<String, String> given, Map<String, String> errors) {
    private static final Set<String> OF_SERVER = Set.of("host", "port", "tls", "username");

    FillForm {
        given = Map.copyOf(given);
        errors = Map.copyOf(errors);
    }

    /** Unfolded when there is no other way. */
    ChoosePage.PasswordForm empty() {
        return form(visit.options().equals(List.of(new ConnectOption.Password())), false);
    }

    /**
     * @param isAboutServer whether the server's settings may be what is wrong
     */
    ChoosePage.PasswordForm again(boolean isAboutServer) {
        var hasServer =
                OF_SERVER.stream().anyMatch(given::containsKey)
                        || errors.keySet().stream().anyMatch(OF_SERVER::contains);
        return form(true, hasServer || isAboutServer);
    }

    private ChoosePage.PasswordForm form(boolean open, boolean serverOpen) {
        return new ChoosePage.PasswordForm(
                open,
                serverOpen,
                visit.address().orElseGet(() -> value("address")),
                visit.address().isPresent(),
                value("host"),
                value("port"),
                value("username"),
                Stream.of("", "starttls", "implicit")
                        .map(tls ->
                                new ChoosePage.Option(
                                        tls,
                                        texts.of("tls." + (tls.isEmpty() ? "auto" : tls)),
                                        tls.equals(value("tls"))))
                        .toList(),
                errors);
    }

    private String value(String name) {
        return given.getOrDefault(name, "");
    }

    /** What is wrong with each field, in the browser's language. */
    static Map<String, String> words(
            Texts texts, ConnectVisit visit, List<Problem.FieldError> errors) {
        var words = new HashMap<String, String>();
        for (var error : errors) {
            var field = error.field().replaceFirst("^smtp\\.", "");
            words.put(
                    field,
                    switch (field) {
                        case "address" ->
                                visit.address()
                                        .map(only -> texts.of("error.address.other", only))
                                        .orElseGet(() -> texts.of("error.address"));
                        case "password", "host", "port", "tls", "username" ->
                                texts.of("error." + field);
                        case String _ -> error.message();
                    });
        }
        return words;
    }
}
