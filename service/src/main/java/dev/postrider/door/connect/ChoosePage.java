package dev.postrider.door.connect;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The page that says who asks for what and offers the ways to connect.
 *
 * @param reference what its URL names the link by
 * @param cannot empty when there is nothing to say
 */
public record ChoosePage(
        String title,
        String lead,
        String asker,
        String initial,
        @Nullable Alert alert,
        String canTitle,
        List<String> can,
        List<String> cannot,
        String reference,
        String formToken,
        List<Choice> consents,
        @Nullable PasswordForm password,
        List<String> notes) {
    public ChoosePage {
        can = List.copyOf(can);
        cannot = List.copyOf(cannot);
        consents = List.copyOf(consents);
        notes = List.copyOf(notes);
    }

    /**
     * What went wrong with what was filled in.
     *
     * @param said the server's own words
     */
    public record Alert(String title, String text, String todo, @Nullable String said) {}

    /**
     * Another mailbox's address and server, as they were filled in; never its password.
     *
     * @param open whether it is shown unfolded
     * @param errors by the field's name
     */
    public record PasswordForm(
            boolean open,
            boolean serverOpen,
            String address,
            boolean addressFixed,
            String host,
            String port,
            String username,
            List<Option> tls,
            Map<String, String> errors) {
        public PasswordForm {
            tls = List.copyOf(tls);
            errors = Map.copyOf(errors);
        }
    }

    /** One of a list. */
    public record Option(String value, String label, boolean selected) {}
}
