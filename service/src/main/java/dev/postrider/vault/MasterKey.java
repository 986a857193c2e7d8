package dev.postrider.vault;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.Configuration;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.aead.AeadConfig2026;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The keyset of a master key source. It seals the data keys; what is older than they are, it sealed
 * by itself. While a new key replaces an old one the keyset has both.
 */
public final class MasterKey {
    static final Configuration CONFIGURATION = AeadConfig2026.get();

    private final KeysetHandle keyset;
    private final Aead aead;

    private MasterKey(KeysetHandle keyset) throws GeneralSecurityException {
        this.keyset = keyset;
        this.aead = keyset.getPrimitive(CONFIGURATION, Aead.class);
    }

    static MasterKey of(KeysetHandle keyset) {
        try {
            return new MasterKey(keyset);
        } catch (GeneralSecurityException _) {
            throw new MasterKeyUnusable(
                    "The master keyset is for something else than sealing: restore it from a"
                            + " backup.");
        }
    }

    /** The key that seals from now on. */
    int id() {
        return keyset.getPrimary().getId();
    }

    KeysetHandle keyset() {
        return keyset;
    }

    byte[] seal(byte[] secret, byte[] owner) {
        try {
            return aead.encrypt(secret, owner);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Empty when no key of the keyset opens it. */
    Optional<byte[]> open(byte[] sealed, byte[] owner) {
        try {
            return Optional.of(aead.decrypt(sealed, owner));
        } catch (GeneralSecurityException _) {
            return Optional.empty();
        }
    }

    /** Each key by itself, for what must open with any of them. */
    Map<Integer, MasterKey> each() {
        var each = new HashMap<Integer, MasterKey>();
        try {
            for (var i = 0; i < keyset.size(); i++) {
                var entry = keyset.getAt(i);
                each.put(entry.getId(), new MasterKey(alone(entry)));
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        return each;
    }

    /** The same without its older keys. */
    KeysetHandle withoutOldKeys() {
        try {
            return alone(keyset.getPrimary());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeysetHandle alone(KeysetHandle.Entry entry) throws GeneralSecurityException {
        return KeysetHandle.newBuilder()
                .addEntry(
                        KeysetHandle.importKey(entry.getKey())
                                .withFixedId(entry.getId())
                                .makePrimary())
                .build();
    }
}
