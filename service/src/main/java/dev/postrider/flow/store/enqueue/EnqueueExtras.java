package dev.postrider.flow.store.enqueue;

import dev.postrider.email.EmailKey;
import dev.postrider.postgres.Column;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Writes what only some new emails have: large contents, and tags to be found by. */
final class EnqueueExtras {
    private static final String INSERT_LARGE_CONTENT =
            """
            insert into email_content (workspace_id, email_id, bytes)
            values (:workspace, :id, :content)
            on conflict (workspace_id, email_id) do nothing
            """;

    private static final String INSERT_TAGS =
            """
            insert into email_tag (workspace_id, name, value, email_id)
            select *
            from unnest(:workspaces, :names, :values, :ids)
            on conflict (workspace_id, name, value, email_id) do nothing
            """;

    private EnqueueExtras() {}

    static void insert(Handle handle, List<NewEmail> emails) {
        emails.stream()
                .filter(email -> email.message().isLarge())
                .forEach(email -> insertLarge(handle, email));
        insertTags(handle, emails);
    }

    /** The driver copies the stream to the server piece by piece. */
    private static void insertLarge(Handle handle, NewEmail email) {
        try (var in = email.message().content().open()) {
            handle.createUpdate(INSERT_LARGE_CONTENT)
                    .bind("workspace", email.key().workspaceId())
                    .bind("id", email.key().id())
                    .bindBinaryStream("content", in, email.message().size())
                    .execute();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void insertTags(Handle handle, List<NewEmail> emails) {
        record NewEmailRow(EmailKey email, String name, String value) {}
        var rows = new ArrayList<NewEmailRow>();
        for (var email : emails) {
            email.tags()
                    .forEach((name, value) -> rows.add(new NewEmailRow(email.key(), name, value)));
        }
        if (rows.isEmpty()) {
            return;
        }
        handle.createUpdate(INSERT_TAGS)
                .bind("workspaces", Column.of(rows, UUID.class, row -> row.email().workspaceId()))
                .bind("names", Column.of(rows, String.class, NewEmailRow::name))
                .bind("values", Column.of(rows, String.class, NewEmailRow::value))
                .bind("ids", Column.of(rows, UUID.class, row -> row.email().id()))
                .execute();
    }
}
