package dev.postrider.identity.login;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/**
 * Hashing that costs next to nothing: for tests of other things, and for the program under test.
 */
@Singleton
public final class CheapPasswords {
    private static final Passwords.Cost COST = new Passwords.Cost(64, 1);
    private static final Passwords SHARED = new Passwords(COST);

    @Produces
    Passwords.Cost cost() {
        return COST;
    }

    public static Passwords shared() {
        return SHARED;
    }
}
