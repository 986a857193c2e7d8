package dev.postrider.transport.sandbox;

import dev.postrider.http.Page;
import dev.postrider.mime.RawMessage;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Keeps what sandbox mailboxes "send". */
public final class SandboxTable {
    /** Only while the mailbox is there: it may be removed while it sends. */
    private static final String INSERT =
            """
            insert into sandbox_message
                (workspace_id, mailbox_id, id, sender, recipients, content)
            select workspace_id, id, :id, :sender, :recipients, :content
            from mailbox
            where workspace_id = :workspace
              and id = :mailbox
            for key share
            """;

    private static final String PAGE_AFTER =
            """
            select id, sender, recipients, received_at,
                   octet_length(content) as size,
                   substring(content from 1 for 65536) as beginning
            from sandbox_message
            where workspace_id = :workspace
              and mailbox_id = :mailbox
              and (cast(:cursor as uuid) is null or id < :cursor)
            order by id desc
            limit :limit
            """;

    private static final String PAGE_BEFORE =
            """
            select id, sender, recipients, received_at,
                   octet_length(content) as size,
                   substring(content from 1 for 65536) as beginning
            from sandbox_message
            where workspace_id = :workspace
              and mailbox_id = :mailbox
              and id > :cursor
            order by id
            limit :limit
            """;

    private static final String CONTENT =
            """
            select content
            from sandbox_message
            where workspace_id = :workspace
              and mailbox_id = :mailbox
              and id = :id
            """;

    private static final byte[] HEADER_END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private SandboxTable() {}

    public static boolean insert(
            Handle handle,
            UUID workspaceId,
            UUID mailboxId,
            UUID id,
            String sender,
            List<String> recipients,
            byte[] content) {
        return handle.createUpdate(INSERT)
                        .bind("workspace", workspaceId)
                        .bind("mailbox", mailboxId)
                        .bind("id", id)
                        .bind("sender", sender)
                        .bindArray("recipients", String.class, recipients)
                        .bind("content", content)
                        .execute()
                == 1;
    }

    public static List<SandboxMessage> list(
            Handle handle, UUID workspaceId, UUID mailboxId, Page page) {
        return handle.createQuery(page.isBackward() ? PAGE_BEFORE : PAGE_AFTER)
                .bind("workspace", workspaceId)
                .bind("mailbox", mailboxId)
                .bind("cursor", page.cursor())
                .bind("limit", page.limit() + 1)
                .map((row, _) -> message(row))
                .list();
    }

    public static Optional<byte[]> content(
            Handle handle, UUID workspaceId, UUID mailboxId, UUID id) {
        return handle.createQuery(CONTENT)
                .bind("workspace", workspaceId)
                .bind("mailbox", mailboxId)
                .bind("id", id)
                .mapTo(byte[].class)
                .findOne();
    }

    private static SandboxMessage message(ResultSet row) throws SQLException {
        return new SandboxMessage(
                row.getObject("id", UUID.class),
                row.getString("sender"),
                List.of((String[]) row.getArray("recipients").getArray()),
                row.getObject("received_at", OffsetDateTime.class).toInstant(),
                subject(row.getBytes("beginning")),
                row.getInt("size"));
    }

    private static Optional<String> subject(byte[] beginning) {
        return RawMessage.check(header(beginning)) instanceof RawMessage message
                ? Optional.of(message.subject()).filter(subject -> !subject.isEmpty())
                : Optional.empty();
    }

    private static byte[] header(byte[] beginning) {
        for (var i = 0; i + HEADER_END.length <= beginning.length; i++) {
            if (Arrays.equals(
                    beginning, i, i + HEADER_END.length, HEADER_END, 0, HEADER_END.length)) {
                return Arrays.copyOf(beginning, i + HEADER_END.length);
            }
        }
        return beginning;
    }
}
