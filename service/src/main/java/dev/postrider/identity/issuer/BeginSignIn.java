package dev.postrider.identity.issuer;

import dev.postrider.identity.OpaqueToken;
import dev.postrider.identity.OpaqueToken.Kind;
import dev.postrider.log.Journal;
import dev.postrider.vault.Vault;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Sends a browser to a provider's sign-in page, and away from it. Nothing is written: what the
 * answer is known by, the browser keeps sealed for ten minutes.
 */
@Singleton
public final class BeginSignIn {
    public static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Journal JOURNAL = Journal.of("http");

    private final Issuers issuers;
    private final Vault vault;
    private final InstantSource clock;

    public BeginSignIn(Issuers issuers, Vault vault, InstantSource clock) {
        this.issuers = issuers;
        this.vault = vault;
        this.clock = clock;
    }

    /** What came of a wish to sign in. */
    public sealed interface Begun {
        /**
         * Where to go.
         *
         * @param ticket for a cookie that only this browser sends, over TLS where there is some
         */
        record Elsewhere(URI page, String ticket) implements Begun {
            @Override
            public String toString() {
                return "Elsewhere[" + page.getHost() + "]";
            }
        }

        record NoSuchProvider() implements Begun {}

        /**
         * The provider doesn't answer.
         *
         * @param sentence for who wants to sign in
         */
        record NotNow(String sentence) implements Begun {}
    }

    /** By which people may sign in. */
    public List<Issuers.Choice> choices() {
        return issuers.signIns();
    }

    /**
     * Begins.
     *
     * @param id the provider's, of {@link #choices}
     * @param redirect where it leads back to
     * @param next where to go then; without a blank
     */
    public Begun begin(String id, URI redirect, String next) {
        var found = issuers.signIn(id);
        if (found.isEmpty()) {
            return new Begun.NoSuchProvider();
        }
        var ticket =
                new SignInTicket(
                        id,
                        OpaqueToken.random(Kind.STATE).text(),
                        OpaqueToken.random(Kind.STATE).text(),
                        OpaqueToken.random(Kind.STATE).text(),
                        next,
                        redirect,
                        clock.instant().plus(PATIENCE));
        try {
            var page =
                    found.get().page(ticket.state(), ticket.nonce(), ticket.verifier(), redirect);
            return new Begun.Elsewhere(page, ticket.sealed(vault));
        } catch (IOException e) {
            JOURNAL.warning(
                    "sign-in provider does not answer",
                    "issuer",
                    found.get().issuer().name(),
                    "reason",
                    String.valueOf(e.getMessage()));
            return new Begun.NotNow(
                    found.get().how().label()
                            + " does not answer just now: try again in a minute, or tell your operator.");
        }
    }

    /**
     * The provider's page that signs out there, too; empty when it has none, or doesn't say it.
     *
     * @param redirect where it leads back to, if the provider has been told of it
     */
    public Optional<URI> endPage(String id, URI redirect) {
        return issuers.signIn(id)
                .flatMap(provider -> {
                    try {
                        return provider.endPage(redirect);
                    } catch (IOException _) {
                        return Optional.empty();
                    }
                });
    }
}
