package dev.postrider.vault;

import com.google.crypto.tink.Aead;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.UUID;

/** Seals and opens secrets. Safe for concurrent use. */
public final class Vault {
    private final Aead aead;

    Vault(Aead aead) {
        this.aead = aead;
    }

    /**
     * Seals a secret.
     *
     * @param owner the id of what the secret belongs to; its associated data
     */
    public byte[] seal(String secret, UUID owner) {
        try {
            return aead.encrypt(secret.getBytes(StandardCharsets.UTF_8), bytes(owner));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Opens a sealed secret.
     *
     * @return the secret; empty when no key of the keyset opens it for this owner
     */
    public Optional<String> open(byte[] sealed, UUID owner) {
        try {
            return Optional.of(
                    new String(aead.decrypt(sealed, bytes(owner)), StandardCharsets.UTF_8));
        } catch (GeneralSecurityException _) {
            return Optional.empty();
        }
    }

    private static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }
}
