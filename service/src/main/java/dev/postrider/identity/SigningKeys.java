package dev.postrider.identity;

import java.util.Optional;
import java.util.UUID;

/** The keys that sign access tokens: one makes new ones, several may check old ones. */
interface SigningKeys {
    SigningKey current();

    Optional<SigningKey> find(UUID id);
}
