package dev.postrider.vault;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KmsClient;
import java.security.GeneralSecurityException;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/**
 * A key of a key management service, named as Tink does: {@code hcvault://host/transit/keys/name},
 * and, in a build with their libraries, {@code aws-kms://arn:…} and {@code gcp-kms://projects/…}.
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
            throw new GeneralSecurityException(e.getMessage(), e);
        }
    }

    private KmsClient client() throws GeneralSecurityException {
        return Stream.concat(
                        Stream.of(new TransitKms(System::getenv)),
                        ServiceLoader.load(KmsClient.class).stream()
                                .map(ServiceLoader.Provider::get))
                .filter(client -> client.doesSupport(uri))
                .findFirst()
                .orElseThrow(() ->
                        new GeneralSecurityException(
                                "this build knows no such service, see docs/security.md"));
    }
}
