package dev.postrider.identity.issuer;

import dev.postrider.vault.Vault;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * What a browser keeps in a cookie while it is at a provider, so that nobody else's answer is taken
 * for its own. Sealed (AES-GCM), so whoever has it can neither read nor change nor make it; any
 * node opens it.
 *
 * @param next where it is led afterwards
 */
record SignInTicket(
        String issuerId,
        String state,
        String nonce,
        String verifier,
        String next,
        URI redirect,
        Instant expiresAt) {
    /** Nothing else is sealed for this owner, so no other sealed secret can pass for a ticket. */
    private static final UUID OWNER = UUID.fromString("5f5c0c6e-2f0b-4c53-8a8e-54b6f0a6c1d2");

    private static final int PARTS = 7;
    private static final int MAX_LENGTH = 3_000;

    String sealed(Vault vault) {
        var text =
                String.join(
                        " ",
                        issuerId,
                        state,
                        nonce,
                        verifier,
                        Long.toString(expiresAt.getEpochSecond()),
                        next,
                        redirect.toString());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(vault.seal(text, OWNER));
    }

    /** The ticket that was sealed; empty when this is none that is good now. */
    static Optional<SignInTicket> open(Vault vault, String sealed, Instant now) {
        if (sealed.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            return vault.open(Base64.getUrlDecoder().decode(sealed), OWNER)
                    .map(SignInTicket::parse)
                    .filter(ticket -> now.isBefore(ticket.expiresAt()));
        } catch (IllegalArgumentException | DateTimeException _) {
            return Optional.empty();
        }
    }

    private static SignInTicket parse(String text) {
        var parts = text.split(" ", PARTS);
        return new SignInTicket(
                parts[0],
                parts[1],
                parts[2],
                parts[3],
                parts[5],
                URI.create(parts[6]),
                Instant.ofEpochSecond(Long.parseLong(parts[4])));
    }

    @Override
    public String toString() {
        return "SignInTicket[issuerId=" + issuerId + "]";
    }
}
