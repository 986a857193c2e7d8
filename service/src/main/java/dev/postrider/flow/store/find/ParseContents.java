package dev.postrider.flow.store.find;

import dev.postrider.email.EmailKey;
import dev.postrider.mime.read.MessageLimits;
import dev.postrider.mime.read.ParsedMessage;
import dev.postrider.postgres.Database;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jdbi.v3.core.Handle;

/**
 * What messages say: read out of each once, slice by slice and outside connections, and kept beside
 * it. Whoever looks at an email again and again costs a row each time, not the message. Safe for
 * concurrent use.
 */
final class ParseContents {
    /** What is shown of a text; the message itself has the rest. */
    private static final MessageLimits LIMITS = MessageLimits.TAKEN.withText(1 << 20);

    /** So many are read at once: each holds a slice, its text and its HTML. */
    private static final int AT_ONCE = 2;

    /** Only of the message as it is now: its Date may have moved. */
    private static final String FIND =
            """
            select text, html, files
            from email_parsed
            where workspace_id = :workspace
              and email_id = :id
              and octets = :octets
            """;

    private static final String KEEP =
            """
            insert into email_parsed (workspace_id, email_id, octets, text, html, files)
            select workspace_id, email_id, :octets, :text, :html, :files
            from email_content
            where workspace_id = :workspace
              and email_id = :id
            on conflict (workspace_id, email_id) do update
            set octets = excluded.octets,
                text = excluded.text,
                html = excluded.html,
                files = excluded.files
            """;

    private final Database database;
    private final StoredContents contents;
    private final Semaphore parsing = new Semaphore(AT_ONCE);

    ParseContents(Database database, StoredContents contents) {
        this.database = database;
        this.contents = contents;
    }

    /**
     * What was read before.
     *
     * @param octets how long the message is now
     */
    static Optional<ParsedContent> find(Handle handle, EmailKey email, int octets) {
        return handle.createQuery(FIND)
                .bind("workspace", email.workspaceId())
                .bind("id", email.id())
                .bind("octets", octets)
                .map((row, _) ->
                        new ParsedContent(
                                Optional.ofNullable(row.getString("text")),
                                Optional.ofNullable(row.getString("html")),
                                ParsedContent.files((String[]) row.getArray("files").getArray())))
                .findOne();
    }

    /** Reads the message, unless somebody has meanwhile. */
    ParsedContent parse(EmailKey email, int octets) {
        parsing.acquireUninterruptibly();
        try {
            return database.of(email.workspaceId())
                    .read(handle -> find(handle, email, octets))
                    .orElseGet(() -> parseNow(email, octets));
        } finally {
            parsing.release();
        }
    }

    private ParsedContent parseNow(EmailKey email, int octets) {
        ParsedMessage message;
        try (var in = contents.open(email, octets)) {
            message = ParsedMessage.of(in, LIMITS);
        } catch (FileNotFoundException _) {
            return ParsedContent.NOTHING;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var parsed = new ParsedContent(message.text(), message.html(), message.files());
        database.of(email.workspaceId())
                .inTransaction(handle ->
                        handle.createUpdate(KEEP)
                                .bind("workspace", email.workspaceId())
                                .bind("id", email.id())
                                .bind("octets", octets)
                                .bind("text", parsed.text())
                                .bind("html", parsed.html())
                                .bindArray("files", String.class, parsed.words())
                                .execute());
        return parsed;
    }
}
