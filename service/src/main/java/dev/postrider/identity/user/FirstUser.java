package dev.postrider.identity.user;

import dev.postrider.identity.Caller;
import dev.postrider.identity.login.Passwords;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.NewId;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Makes the first user, an owner, of an installation that has none. */
@Singleton
public final class FirstUser {
    private static final String DEFAULT_EMAIL = "admin@localhost";

    public static final UUID FIRST_WORKSPACE = Caller.FIRST_WORKSPACE;

    /** No letter or digit that is mistaken for another: 31 of them, 20 times, is 99 bits. */
    private static final String LEGIBLE = "abcdefghjkmnpqrstuvwxyz23456789";

    /** Whoever comes second waits here until the first one's user is there to be seen. */
    private static final String TAKE_WORKSPACE =
            """
            insert into workspace (id, name)
            values (:id, 'default')
            on conflict (id) do update
            set name = workspace.name
            """;

    private static final String CREATE =
            """
            insert into user_account (workspace_id, id, email, password_hash, role)
            select :workspace_id, :id, :email, :password_hash, 'owner'
            where not exists (select from user_account)
            """;

    private static final String ANY_USER =
            """
            select exists (select from user_account)
            """;

    private final Database database;
    private final Passwords passwords;

    public FirstUser(Database database, Passwords passwords) {
        this.database = database;
        this.passwords = passwords;
    }

    /** What became of the wish for a first user. */
    public sealed interface Result {
        /**
         * The user is there.
         *
         * @param generatedPassword to be shown once; empty when one was given
         */
        record Created(String email, Optional<String> generatedPassword) implements Result {
            @Override
            public String toString() {
                return "Created[email=" + email + "]";
            }
        }

        /** There are users already; nothing has changed, whatever was given. */
        record NotNeeded() implements Result {}

        record BadEmail(String email) implements Result {}

        /**
         * The password can't be chosen.
         *
         * @param fault continues a sentence that begins with its name
         */
        record BadPassword(String fault) implements Result {}
    }

    /**
     * Makes the user unless there is one. Of nodes that start together, one makes it.
     *
     * @param email otherwise {@code admin@localhost}
     * @param password otherwise a generated one
     */
    public Result create(Optional<String> email, Optional<String> password) {
        if (database.read(handle -> handle.createQuery(ANY_USER).mapTo(boolean.class).one())) {
            return new Result.NotNeeded();
        }
        var name = email.orElse(DEFAULT_EMAIL);
        if (!User.isEmail(name)) {
            return new Result.BadEmail(name);
        }
        var fault = password.flatMap(Passwords::fault);
        if (fault.isPresent()) {
            return new Result.BadPassword(fault.get());
        }
        var secret = password.orElseGet(FirstUser::generated);
        var hash = passwords.hash("the first user", secret).orElseThrow();
        return database.inTransaction(handle -> create(handle, name, hash))
                ? new Result.Created(
                        name, password.isPresent() ? Optional.empty() : Optional.of(secret))
                : new Result.NotNeeded();
    }

    private static boolean create(Handle handle, String email, String hash) {
        handle.createUpdate(TAKE_WORKSPACE).bind("id", FIRST_WORKSPACE).execute();
        return handle.createUpdate(CREATE)
                        .bind("workspace_id", FIRST_WORKSPACE)
                        .bind("id", NewId.get())
                        .bind("email", email)
                        .bind("password_hash", hash)
                        .execute()
                == 1;
    }

    /** Four groups of five: long enough to be strong, grouped to be copied by eye. */
    private static String generated() {
        var random = new SecureRandom();
        var password = new StringJoiner("-");
        for (var group = 0; group < 4; group++) {
            var letters = new StringBuilder();
            for (var i = 0; i < 5; i++) {
                letters.append(LEGIBLE.charAt(random.nextInt(LEGIBLE.length())));
            }
            password.add(letters);
        }
        return password.toString();
    }
}
