package dev.postrider.mailbox.connect;

import dev.postrider.credential.provider.Provider;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a request names of a link's options, before it is known which apps there are. */
public sealed interface WantedOption {
    /** Kinds of mailboxes are called otherwise than their provider's apps. */
    Pattern FORM = Pattern.compile("(google|gmail|microsoft)(?:/([A-Za-z0-9._-]{1,64}))?");

    /**
     * @param name empty for the provider's usual one
     */
    record App(Provider provider, Optional<String> name) implements WantedOption {}

    record AnyServer() implements WantedOption {}

    static Optional<WantedOption> parse(String text) {
        if (text.equals(ConnectOption.SMTP)) {
            return Optional.of(new AnyServer());
        }
        var named = FORM.matcher(text);
        return named.matches()
                ? Optional.of(
                        new App(
                                named.group(1).equals("microsoft")
                                        ? Provider.MICROSOFT
                                        : Provider.GOOGLE,
                                Optional.ofNullable(named.group(2))))
                : Optional.empty();
    }
}
