package dev.postrider.mailbox.connect;

import dev.postrider.credential.provider.Provider;
import java.util.Optional;

/** A way in which a link lets a mailbox be connected. */
public sealed interface ConnectOption {

    /** By a provider's consent page. */
    record Consent(Provider provider, String app) implements ConnectOption {}

    /** By an address and a password, at any server. */
    record Password() implements ConnectOption {}

    /** What requests call {@link Password}. */
    String SMTP = "smtp";

    /** As it is stored and answered: {@code smtp}, {@code google/crm}. */
    default String text() {
        return switch (this) {
            case Consent(var provider, var app) -> provider.text() + "/" + app;
            case Password _ -> SMTP;
        };
    }

    /** The name that events and mailboxes have for what it makes: {@code gmail}. */
    static String kind(Provider provider) {
        return switch (provider) {
            case GOOGLE -> "gmail";
            case MICROSOFT -> "microsoft";
        };
    }

    /** Whose mailboxes a kind has; empty for one that is connected otherwise. */
    static Optional<Provider> provider(String kind) {
        return switch (kind) {
            case "gmail" -> Optional.of(Provider.GOOGLE);
            case "microsoft" -> Optional.of(Provider.MICROSOFT);
            case String _ -> Optional.empty();
        };
    }

    /** What {@link #text} gave. */
    static ConnectOption of(String stored) {
        return switch (WantedOption.parse(stored).orElseThrow()) {
            case WantedOption.App(var provider, var app) ->
                    new Consent(provider, app.orElseThrow());
            case WantedOption.AnyServer _ -> new Password();
        };
    }
}
