package dev.postrider.flow.store.find;

import dev.postrider.email.EmailKey;
import dev.postrider.page.Page;
import dev.postrider.postgres.Database;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The emails that were accepted. Safe for concurrent use. */
@Singleton
public final class Emails {
    private final Database database;
    private final StoredContents contents;
    private final ParseContents parse;

    public Emails(Database database, StoredContents contents) {
        this.database = database;
        this.contents = contents;
        this.parse = new ParseContents(database, contents);
    }

    /**
     * A page of a list.
     *
     * @param lookedUpTo where a search has been given up for now, as a place in the list; empty
     *     when the page is whole
     */
    public record Listed(Page.Items<EmailRows.Row> emails, Optional<UUID> lookedUpTo) {}

    public Listed list(Visibility scope, EmailFilter filter, Page page) {
        return database.of(scope.workspaceId())
                .read(handle -> {
                    var found = ids(handle, scope, filter, page);
                    var ids = found.items();
                    var rows =
                            ids.items().isEmpty()
                                    ? List.<EmailRows.Row>of()
                                    : EmailRows.emails(handle, scope, ids.items());
                    return new Listed(new Page.Items<>(rows, ids.hasMore()), found.lookedUpTo());
                });
    }

    /** The same, but for what is asked of each. */
    public FoundIds ids(Visibility scope, EmailFilter filter, Page page) {
        return database.of(scope.workspaceId()).read(handle -> ids(handle, scope, filter, page));
    }

    private static FoundIds ids(Handle handle, Visibility scope, EmailFilter filter, Page page) {
        return new SearchEmails(handle, scope, filter, page).run();
    }

    public Optional<FoundEmail> find(Visibility scope, UUID id) {
        record Read(
                EmailRows.Row row,
                AcceptedBy by,
                List<EmailRows.AttemptRow> attempts,
                List<EmailChange> changes,
                Seen seen) {}
        return database.of(scope.workspaceId())
                .snapshot(handle ->
                        EmailRows.emails(handle, scope, List.of(id)).stream()
                                .findFirst()
                                .map(row ->
                                        new Read(
                                                row,
                                                AcceptedBy.of(handle, scope.workspaceId(), id),
                                                EmailRows.attempts(handle, scope.workspaceId(), id),
                                                EmailChange.of(handle, scope.workspaceId(), id),
                                                see(handle, scope, id).orElseThrow())))
                .map(read ->
                        new FoundEmail(
                                read.row(),
                                read.by(),
                                read.attempts(),
                                read.changes(),
                                parsed(scope.workspaceId(), id, read.seen())));
    }

    /** An email with all that became of it. */
    public record FoundEmail(
            EmailRows.Row row,
            AcceptedBy by,
            List<EmailRows.AttemptRow> attempts,
            List<EmailChange> changes,
            ParsedContent content) {}

    /** An email's message as it is sent; without octets when it is no longer kept. */
    public Optional<StoredMessage> message(Visibility scope, UUID id) {
        return database.of(scope.workspaceId())
                .read(handle -> EmailRows.octets(handle, scope, id))
                .map(octets -> message(scope.workspaceId(), id, octets));
    }

    /**
     * A message that a user may see.
     *
     * @param reader how the user is called
     */
    public record ReadableMessage(StoredMessage message, String reader) {}

    /** The same for a user of that workspace, while that user may see the email. */
    public Optional<ReadableMessage> messageFor(UUID workspaceId, UUID userId, UUID id) {
        return database.of(workspaceId)
                .read(handle -> EmailRows.readable(handle, workspaceId, userId, id))
                .map(found ->
                        new ReadableMessage(
                                message(workspaceId, id, found.octets()), found.reader()));
    }

    /** What a message says, and what files it has. */
    public ParsedContent parsed(StoredMessage message) {
        var seen =
                new Seen(
                        message.octets(),
                        database.of(message.email().workspaceId())
                                .read(handle ->
                                        ParseContents.find(
                                                handle, message.email(), message.octets())));
        return parsed(message.email().workspaceId(), message.email().id(), seen);
    }

    private StoredMessage message(UUID workspaceId, UUID id, int octets) {
        return new StoredMessage(new EmailKey(workspaceId, id), octets, contents);
    }

    /** How long a message is, and what is known of it. */
    private record Seen(int octets, Optional<ParsedContent> parsed) {}

    private static Optional<Seen> see(Handle handle, Visibility scope, UUID id) {
        var email = new EmailKey(scope.workspaceId(), id);
        return EmailRows.octets(handle, scope, id)
                .map(octets -> new Seen(octets, ParseContents.find(handle, email, octets)));
    }

    private ParsedContent parsed(UUID workspaceId, UUID id, Seen seen) {
        return seen.octets() == 0
                ? ParsedContent.NOTHING
                : seen.parsed()
                        .orElseGet(() -> parse.parse(new EmailKey(workspaceId, id), seen.octets()));
    }
}
