package dev.postrider.boot;

import dev.postrider.identity.user.FirstUser;
import dev.postrider.log.Journal;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.PrintStream;

/**
 * Makes the first user that the settings ask for. A generated password is printed this once, to the
 * terminal and not to the log, which others may keep and read.
 */
@Singleton
final class CreateFirstUser {
    private static final Journal JOURNAL = Journal.of("boot");

    private final Settings settings;
    private final FirstUser firstUser;
    private final PrintStream terminal;

    @Inject
    CreateFirstUser(Settings settings, FirstUser firstUser) {
        this(settings, firstUser, System.out);
    }

    CreateFirstUser(Settings settings, FirstUser firstUser, PrintStream terminal) {
        this.settings = settings;
        this.firstUser = firstUser;
        this.terminal = terminal;
    }

    void create() {
        var result =
                firstUser.create(
                        settings.adminEmail(),
                        settings.adminPassword().map(Settings.Secret::value));
        switch (result) {
            case FirstUser.Result.Created(var email, var generated) -> {
                JOURNAL.event("first user created", "email", email);
                generated.ifPresent(password -> show(email, password));
            }
            case FirstUser.Result.NotNeeded _ -> sayIgnored();
            case FirstUser.Result.BadEmail(var email) ->
                    throw new CannotStart(
                            "POSTRIDER_ADMIN_EMAIL is \""
                                    + email
                                    + "\": give an email address, which the first user logs in with.");
            case FirstUser.Result.BadPassword(var fault) ->
                    throw new CannotStart("POSTRIDER_ADMIN_PASSWORD " + fault + ".");
        }
    }

    private void show(String email, String password) {
        terminal.println("First user:  " + email);
        terminal.println("Password:    " + password + "   (shown this once)");
    }

    private void sayIgnored() {
        if (settings.adminEmail().isPresent() || settings.adminPassword().isPresent()) {
            JOURNAL.event(
                    "POSTRIDER_ADMIN_EMAIL and POSTRIDER_ADMIN_PASSWORD are ignored: there are users"
                            + " already");
        }
    }
}
