package dev.postrider.vault;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KmsClient;
import java.security.GeneralSecurityException;

/**
 * A key of Vault's transit engine, named as Tink does: {@code hcvault://host/transit/keys/name}.
 */
public record KmsKey(String uri) implements Aead {
    @Override
    public byte[] encrypt(byte[] plaintext, byte[] associatedData) throws GeneralSecurityException {
        return call(key -> key.encrypt(plaintext, associatedData));
    }

    @Override
    public byte[] decrypt(byte[] ciphertext, byte[] associatedData)
            throws GeneralSecurityException {
        return call(key -> key.decrypt(ciphertext, associatedData));
    }

    /** What is to be done by the service. */
    private interface Call {
        byte[] by(Aead key) throws GeneralSecurityException;
    }

    /** Some clients throw exceptions of their own when their service is away. */
    private byte[] call(Call call) throws GeneralSecurityException {
        try {
            return call.by(client().withDefaultCredentials().getAead(uri));
        } catch (RuntimeException e) {
            throw new GeneralSecurityException(
                    String.valueOf(e.getMessage()).split("\\R", 2)[0], e);
        }
    }

    private KmsClient client() throws GeneralSecurityException {
        return switch (uri.substring(0, Math.max(0, uri.indexOf(':')))) {
            case TransitKms.TLS, TransitKms.CLEAR -> new TransitKms(System::getenv);
            case String _ -> throw new GeneralSecurityException("there is no such service");
        };
    }
}
