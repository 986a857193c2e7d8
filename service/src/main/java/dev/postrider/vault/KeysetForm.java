package dev.postrider.vault;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import java.security.GeneralSecurityException;
import java.util.Optional;

/**
 * How the master keyset is written down: in the clear, or encrypted by a key that never leaves its
 * key management service.
 */
public record KeysetForm(Optional<KmsKey> kms) {
    public static final KeysetForm CLEAR = new KeysetForm(Optional.empty());

    /** Nothing more is bound to it: where the keyset lies may change. */
    private static final byte[] NOTHING = {};

    /** A keyset that was read. */
    sealed interface Read {
        record Opened(KeysetHandle keyset) implements Read {}

        /**
         * @param reason the rest of a sentence about the keyset's place, and what to do
         * @param passes whether a later try may read it: the key service doesn't decrypt it now
         */
        record Unusable(String reason, boolean passes) implements Read {
            Unusable(String reason) {
                this(reason, false);
            }
        }
    }

    Read read(String text) {
        var isEncrypted = text.contains("\"encryptedKeyset\"");
        if (kms.isEmpty()) {
            return isEncrypted
                    ? new Read.Unusable(
                            "is encrypted by a key management service: name its key in"
                                    + " POSTRIDER_MASTER_KEY_KMS.")
                    : readClear(text);
        }
        return isEncrypted ? readEncrypted(text, kms.get()) : readForgotten(text);
    }

    private static Read readClear(String text) {
        try {
            return new Read.Opened(
                    TinkJsonProtoKeysetFormat.parseKeyset(
                            text, MasterKey.CONFIGURATION, InsecureSecretKeyAccess.get()));
        } catch (GeneralSecurityException _) {
            return new Read.Unusable("holds no keyset: restore it from a backup.");
        }
    }

    private static Read readForgotten(String text) {
        return switch (readClear(text)) {
            case Read.Opened _ ->
                    new Read.Unusable(
                            "isn't encrypted, but POSTRIDER_MASTER_KEY_KMS is set: encrypt it with"
                                    + " ./postrider keys wrap.");
            case Read.Unusable unusable -> unusable;
        };
    }

    private static Read readEncrypted(String text, KmsKey key) {
        try {
            return new Read.Opened(
                    TinkJsonProtoKeysetFormat.parseEncryptedKeyset(
                            text, key, NOTHING, MasterKey.CONFIGURATION));
        } catch (GeneralSecurityException e) {
            return new Read.Unusable(
                    "isn't opened by "
                            + key.uri()
                            + " ("
                            + e.getMessage()
                            + "): see that this service answers, and that this program may"
                            + " decrypt with this key.",
                    true);
        }
    }

    /**
     * The keyset as text.
     *
     * @throws MasterKeyUnusable when the key management service doesn't encrypt it
     */
    String write(KeysetHandle keyset) {
        try {
            return kms.isEmpty()
                    ? TinkJsonProtoKeysetFormat.serializeKeyset(
                            keyset, MasterKey.CONFIGURATION, InsecureSecretKeyAccess.get())
                    : TinkJsonProtoKeysetFormat.serializeEncryptedKeyset(
                            keyset, kms.get(), NOTHING, MasterKey.CONFIGURATION);
        } catch (GeneralSecurityException e) {
            throw new MasterKeyUnusable(
                    "The master key isn't encrypted by "
                            + kms.map(KmsKey::uri).orElse("nothing")
                            + " ("
                            + e.getMessage()
                            + "): see that this service answers, and that this program may encrypt"
                            + " with this key.");
        }
    }
}
