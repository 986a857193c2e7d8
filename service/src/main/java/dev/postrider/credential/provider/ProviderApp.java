package dev.postrider.credential.provider;

import java.time.LocalDate;
import java.util.Optional;

/**
 * An app that the operator has registered at a provider.
 *
 * @param name unique among those of its provider; {@link #USUAL} for the environment's
 * @param tenant whose accounts may consent: {@code common}, {@code organizations}, {@code
 *     consumers}, or a tenant's id or domain; empty for Google
 * @param messageOctets of the largest message that its mailboxes take by upload; empty: as usual
 * @param secretExpires when the client secret or certificate ends, as far as it is known
 */
public record ProviderApp(
        Provider provider,
        String name,
        String clientId,
        ClientLogin login,
        String tenant,
        Endpoints endpoints,
        AppScopes scopes,
        AppAccess access,
        Optional<Integer> messageOctets,
        Optional<LocalDate> secretExpires) {
    /** The name of the app that the environment's variables describe. */
    public static final String USUAL = "default";

    /** As the journal and the operator's messages call it: {@code google/default}. */
    public String label() {
        return provider.text() + "/" + name;
    }

    public boolean isDelegated() {
        return switch (access) {
            case AppAccess.Delegated() -> true;
            case AppAccess.Application _ -> false;
        };
    }
}
