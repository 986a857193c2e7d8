package dev.postrider.identity.login;

import java.util.Optional;
import java.util.UUID;

/** The keys that sign access tokens: one makes new ones, several may check old ones. */
public interface SigningKeys {
    SigningKey current();

    Optional<SigningKey> find(UUID id);
}
