package dev.postrider.boot;

import dev.postrider.event.MailboxEvents;
import dev.postrider.flow.store.change.CancelQueuedMail;
import dev.postrider.identity.workspace.Workspace;
import dev.postrider.identity.workspace.Workspaces;
import dev.postrider.mailbox.UserMailboxes;
import dev.postrider.postgres.Database;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * {@code ./postrider workspaces …}: makes and removes tenants, beside the program that serves them.
 * Whoever runs it has the database, so no role in the API need reach over all workspaces.
 *
 * @param environment looks a variable up
 */
record WorkspacesCommand(Function<String, Optional<String>> environment, PrintStream terminal) {
    void run(List<String> words) {
        switch (words) {
            case List<String> given when given.equals(List.of("list")) -> list();
            case List<String> given when given.size() == 3 && given.getFirst().equals("create") ->
                    create(given.get(1), given.get(2));
            case List<String> given when given.size() == 2 && given.getFirst().equals("remove") ->
                    remove(given.get(1));
            case List<String> given ->
                    throw new CannotStart(
                            "\"workspaces "
                                    + String.join(" ", given)
                                    + "\" is not understood: see ./postrider help.");
        }
    }

    private void list() {
        try (var database = database()) {
            workspaces(database)
                    .all()
                    .forEach(workspace ->
                            terminal.println(
                                    workspace.id() + "  " + workspace.name() + from(workspace)));
        }
    }

    private static String from(Workspace workspace) {
        return workspace.externalName().map(name -> "  (" + name + " elsewhere)").orElse("");
    }

    private void create(String name, String email) {
        try (var database = database()) {
            switch (workspaces(database).create(name, email)) {
                case Workspaces.Creation.Done(var created) ->
                        terminal.println(
                                created.workspace().id()
                                        + "  "
                                        + name
                                        + "\nIts owner, "
                                        + email
                                        + ", chooses a password until "
                                        + created.expiresAt()
                                        + " by POST /password with this ticket:\n"
                                        + created.ticket());
                case Workspaces.Creation.BadName _ ->
                        throw new CannotStart("The name is empty, too long, or has several lines.");
                case Workspaces.Creation.BadEmail _ ->
                        throw new CannotStart("\"" + email + "\" is not an email address.");
                case Workspaces.Creation.EmailTaken _ ->
                        throw new CannotStart(
                                "There is a user "
                                        + email
                                        + " already, and a user belongs to one workspace.");
            }
        }
    }

    private void remove(String id) {
        try (var database = database()) {
            switch (workspaces(database).remove(uuid(id))) {
                case DONE ->
                        terminal.println(
                                "The workspace has been removed with its users, keys, webhooks and"
                                        + " mailboxes; waiting mail is canceled. The history of its emails is deleted"
                                        + " when its retention ends; its audit log stays.");
                case NOT_FOUND ->
                        throw new CannotStart(
                                "There is no workspace " + id + ": see workspaces list.");
                case IS_SENDING ->
                        throw new CannotStart(
                                "Some of its mail is being sent right now: try again in a moment.");
            }
        }
    }

    private static UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException _) {
            throw new CannotStart("\"" + text + "\" is not an id: see workspaces list.");
        }
    }

    private Database database() {
        return AttachedDatabase.database(Settings.read(environment));
    }

    private static Workspaces workspaces(Database database) {
        return new Workspaces(
                database,
                new UserMailboxes(new CancelQueuedMail(), MailboxEvents.NONE),
                InstantSource.system());
    }
}
