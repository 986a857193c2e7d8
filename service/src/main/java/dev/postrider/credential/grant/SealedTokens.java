package dev.postrider.credential.grant;

import dev.postrider.vault.Vault;
import java.util.Optional;
import java.util.UUID;

/** Tokens as they are stored. */
final class SealedTokens {
    private final byte[] octets;

    SealedTokens(byte[] octets) {
        this.octets = octets.clone();
    }

    static SealedTokens of(StoredTokens tokens, UUID mailboxId, Vault vault) {
        return new SealedTokens(vault.seal(tokens.json(), mailboxId));
    }

    byte[] octets() {
        return octets.clone();
    }

    /** Empty when no key opens them: another master key sealed them. */
    Optional<StoredTokens> open(UUID mailboxId, Vault vault) {
        return vault.open(octets, mailboxId).map(StoredTokens::parse);
    }
}
