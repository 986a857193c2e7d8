package dev.postrider.boot.command;

import dev.postrider.boot.CannotStart;
import dev.postrider.boot.Settings;
import dev.postrider.event.MailboxEvents;
import dev.postrider.flow.store.change.CancelQueuedMail;
import dev.postrider.identity.workspace.Workspace;
import dev.postrider.identity.workspace.Workspaces;
import dev.postrider.mailbox.UserMailboxes;
import dev.postrider.postgres.Database;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * {@code ./postrider workspaces …}: makes and removes tenants, beside the program that serves them.
 * Whoever runs it has the database, so no role in the API need reach over all workspaces.
 *
 * @param environment looks a variable up
 */
@Command(
        name = "workspaces",
        synopsisSubcommandLabel = "COMMAND",
        description = "Lists, makes and removes tenants, beside the program that serves them.")
record WorkspacesCommand(Function<String, Optional<String>> environment, PrintStream terminal) {
    @Command(name = "list", description = "All of them: id and name.")
    void list() {
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

    @Command(
            name = "create",
            description = "Makes one with its owner, and prints the ticket for their password.")
    void create(
            @Parameters(paramLabel = "NAME") String name,
            @Parameters(paramLabel = "OWNER-EMAIL") String email) {
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

    @Command(
            name = "remove",
            description =
                    "Takes one away, with its users, keys, webhooks and mailboxes; waiting mail is"
                            + " canceled.")
    void remove(@Parameters(paramLabel = "ID", description = "See list.") String id) {
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
