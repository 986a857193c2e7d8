package dev.postrider.flow.store.find;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.http.Page;
import dev.postrider.postgres.Database;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The emails that were accepted. Safe for concurrent use. */
@Singleton
public final class Emails {
    private final Database database;

    public Emails(Database database) {
        this.database = database;
    }

    public Page.Items<EmailRows.Row> list(Scope scope, Filter filter, Page page) {
        return database.read(handle -> {
            var ids = page.of(PageOfEmails.ids(handle, scope, filter, page));
            var rows =
                    ids.items().isEmpty()
                            ? List.<EmailRows.Row>of()
                            : EmailRows.emails(handle, scope, ids.items());
            return new Page.Items<>(rows, ids.hasMore());
        });
    }

    public Optional<FoundEmail> find(Scope scope, UUID id) {
        return database.read(handle ->
                EmailRows.emails(handle, scope, List.of(id)).stream()
                        .findFirst()
                        .map(row ->
                                new FoundEmail(
                                        row,
                                        EmailRows.attempts(handle, scope.workspaceId(), id),
                                        EmailRows.content(handle, scope.workspaceId(), id))));
    }

    /** An email with all that became of it. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record FoundEmail(EmailRows.Row row, JsonNode attempts, byte[] content) {}

    /** An email's bytes as they are sent. */
    public Optional<byte[]> content(Scope scope, UUID id) {
        return database.read(handle ->
                EmailRows.isVisible(handle, scope, id)
                        ? Optional.of(EmailRows.content(handle, scope.workspaceId(), id))
                        : Optional.empty());
    }

    /** The same for a user of that workspace, while that user may see the email. */
    public Optional<byte[]> contentFor(UUID workspaceId, UUID userId, UUID id) {
        return database.read(handle -> EmailRows.contentFor(handle, workspaceId, userId, id));
    }
}
