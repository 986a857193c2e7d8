package dev.postrider.vault;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Optional;

/**
 * A key that seals secrets. What it sealed begins with a 2 and its id, where Tink has a 1 and the
 * id, so that the database too can tell which key seals what.
 */
final class DataKey {
    private static final byte MARK = 2;
    private static final byte TINKS_MARK = 1;

    private final KeysetHandle keyset;
    private final Aead aead;

    private DataKey(KeysetHandle keyset) throws GeneralSecurityException {
        this.keyset = keyset;
        this.aead = keyset.getPrimitive(MasterKey.CONFIGURATION, Aead.class);
    }

    static DataKey random() {
        try {
            return new DataKey(
                    KeysetHandle.generateNew(
                            PredefinedAeadParameters.AES256_GCM, MasterKey.CONFIGURATION));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A data key that a master key has sealed; empty when it isn't one of this master key's. */
    static Optional<DataKey> open(int id, byte[] sealed, MasterKey master) {
        return master.open(sealed, owner(id)).map(DataKey::parse);
    }

    private static DataKey parse(byte[] json) {
        try {
            return new DataKey(
                    TinkJsonProtoKeysetFormat.parseKeyset(
                            new String(json, UTF_8),
                            MasterKey.CONFIGURATION,
                            InsecureSecretKeyAccess.get()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    int id() {
        return keyset.getPrimary().getId();
    }

    byte[] sealedBy(MasterKey master) {
        try {
            var json =
                    TinkJsonProtoKeysetFormat.serializeKeyset(
                            keyset, MasterKey.CONFIGURATION, InsecureSecretKeyAccess.get());
            return master.seal(json.getBytes(UTF_8), owner(id()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    byte[] seal(byte[] secret, byte[] owner) {
        try {
            var sealed = aead.encrypt(secret, owner);
            sealed[0] = MARK;
            return sealed;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    Optional<byte[]> open(byte[] sealed, byte[] owner) {
        var asTinks = sealed.clone();
        asTinks[0] = TINKS_MARK;
        try {
            return Optional.of(aead.decrypt(asTinks, owner));
        } catch (GeneralSecurityException _) {
            return Optional.empty();
        }
    }

    /** Which data key sealed a secret; empty when the master key did. */
    static Optional<Integer> idIn(byte[] sealed) {
        return sealed.length > 5 && sealed[0] == MARK
                ? Optional.of(ByteBuffer.wrap(sealed).getInt(1))
                : Optional.empty();
    }

    private static byte[] owner(int id) {
        return ByteBuffer.allocate(4).putInt(id).array();
    }

    @Override
    public String toString() {
        return "(data key " + Integer.toUnsignedString(id()) + ")";
    }
}
