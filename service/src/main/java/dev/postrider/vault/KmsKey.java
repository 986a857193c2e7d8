package dev.postrider.vault;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KmsClient;
import java.security.GeneralSecurityException;

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
            throw new GeneralSecurityException(
                    String.valueOf(e.getMessage()).split("\\R", 2)[0], e);
        }
    }

    private KmsClient client() throws GeneralSecurityException {
        return switch (uri.substring(0, Math.max(0, uri.indexOf(':')))) {
            case TransitKms.TLS, TransitKms.CLEAR -> new TransitKms(System::getenv);
            case "aws-kms" -> builtIn("com.google.crypto.tink.integration.awskms.AwsKmsClient");
            case "gcp-kms" -> builtIn("com.google.crypto.tink.integration.gcpkms.GcpKmsClient");
            case String _ -> throw new GeneralSecurityException("there is no such service");
        };
    }

    /** One of Tink's own, which are in builds for those clouds only: they weigh more than we do. */
    private static KmsClient builtIn(String name) throws GeneralSecurityException {
        try {
            return Class.forName(name).asSubclass(KmsClient.class).getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new GeneralSecurityException(
                    "this build is without that service's library, see docs/security.md", e);
        }
    }
}
