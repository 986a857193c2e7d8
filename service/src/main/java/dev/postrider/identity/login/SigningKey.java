package dev.postrider.identity.login;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** A key that signs access tokens. */
record SigningKey(UUID id, SecretKey key) implements SigningKeys {
    private static final int BYTES = 32;

    static SigningKey random(UUID id) {
        var bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return of(id, bytes);
    }

    static SigningKey parse(UUID id, String text) {
        return of(id, Base64.getDecoder().decode(text));
    }

    private static SigningKey of(UUID id, byte[] bytes) {
        return new SigningKey(id, new SecretKeySpec(bytes, "HmacSHA256"));
    }

    /** As it is sealed. */
    String text() {
        return Base64.getEncoder().encodeToString(key.getEncoded());
    }

    @Override
    public SigningKey current() {
        return this;
    }

    @Override
    public Optional<SigningKey> find(UUID wanted) {
        return Optional.of(this).filter(own -> own.id().equals(wanted));
    }

    @Override
    public String toString() {
        return "(signing key " + id + ")";
    }
}
