package dev.postrider.identity.login;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** What hashing costs, unless a test has a cheaper one produced. */
@Singleton
final class ProvideHashingCost {
    @Produces
    @DefaultBean
    Passwords.Cost cost() {
        return Passwords.Cost.STANDARD;
    }
}
