package dev.postrider.transport.sandbox;

import dev.postrider.mime.raw.RawMessage;
import dev.postrider.page.Keyset;
import dev.postrider.page.Page;
import dev.postrider.transport.Transport.MailboxKey;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** Keeps what sandbox mailboxes "send". */
final class SandboxTable {
    /** Only while the mailbox is there: it may be removed while it sends. */
    private static final String INSERT =
            """
            insert into sandbox_message
                (workspace_id, mailbox_id, id, email_id, sender, recipients, content)
            select workspace_id, id, :id, :email, :sender, :recipients, :content
            from mailbox
            where workspace_id = :workspace
              and id = :mailbox
            for key share
            """;

    private static final String PAGE =
            """
            select id, email_id, sender, recipients, received_at,
                   octet_length(content) as size,
                   substring(content from 1 for 65536) as beginning
            from sandbox_message
            where workspace_id = :workspace
              and mailbox_id = :mailbox
              and id > :above
              and id < :below
            order by id desc
            limit :rows
            """;

    private static final String FIND =
            """
            select id, email_id, sender, recipients, received_at,
                   octet_length(content) as size,
                   substring(content from 1 for 65536) as beginning
            from sandbox_message
            where workspace_id = :workspace
              and mailbox_id = :mailbox
              and id = :id
            """;

    private static final String SIZE =
            """
            select octet_length(content)
            from sandbox_message
            where workspace_id = :workspace
              and mailbox_id = :mailbox
              and id = :id
            """;

    private static final String SLICE =
            """
            select substring(content from cast(:from as integer) for cast(:octets as integer))
            from sandbox_message
            where workspace_id = :workspace
              and mailbox_id = :mailbox
              and id = :id
            """;

    /**
     * The rows are named by where they stand: compared by their ids, each would be compared with
     * each where the plan was made while the table was empty.
     */
    private static final String DELETE_OLDEST =
            """
            delete from sandbox_message
            where ctid = any (array(
                select row
                from (select ctid as row,
                             row_number() over newest as place,
                             sum(octet_length(content)) over newest as octets
                      from sandbox_message
                      where workspace_id = :workspace
                        and mailbox_id = :mailbox
                      window newest as (order by id desc)) as counted
                where place > :messages
                   or octets > :octets))
            """;

    private static final String DELETE_OLDER =
            """
            delete from sandbox_message
            where ctid = any (array(
                select ctid
                from sandbox_message
                where received_at < now() - make_interval(secs => :seconds)
                limit :limit))
            """;

    private static final byte[] HEADER_END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private SandboxTable() {}

    static boolean insert(
            Handle handle,
            MailboxKey mailbox,
            UUID id,
            Optional<UUID> email,
            String sender,
            List<String> recipients,
            byte[] content) {
        return of(handle.createUpdate(INSERT), mailbox)
                        .bind("id", id)
                        .bind("email", email)
                        .bind("sender", sender)
                        .bindArray("recipients", String.class, recipients)
                        .bind("content", content)
                        .execute()
                == 1;
    }

    static Page.Items<SandboxMessage> list(Handle handle, MailboxKey mailbox, Page page) {
        return Keyset.of(page)
                .read(handle, PAGE, query -> of(query, mailbox), (row, _) -> message(row));
    }

    static Optional<SandboxMessage> find(Handle handle, MailboxKey mailbox, UUID id) {
        return of(handle.createQuery(FIND), mailbox)
                .bind("id", id)
                .map((row, _) -> message(row))
                .findOne();
    }

    static Optional<Integer> size(Handle handle, MailboxKey mailbox, UUID id) {
        return of(handle.createQuery(SIZE), mailbox).bind("id", id).mapTo(Integer.class).findOne();
    }

    static byte[] slice(Handle handle, MailboxKey mailbox, UUID id, int from, int octets) {
        return of(handle.createQuery(SLICE), mailbox)
                .bind("id", id)
                .bind("from", from + 1)
                .bind("octets", octets)
                .mapTo(byte[].class)
                .findOne()
                .orElseGet(() -> new byte[0]);
    }

    static int deleteOldest(Handle handle, MailboxKey mailbox, int messages, long octets) {
        return of(handle.createUpdate(DELETE_OLDEST), mailbox)
                .bind("messages", messages)
                .bind("octets", octets)
                .execute();
    }

    static int deleteOlder(Handle handle, long seconds, int limit) {
        return handle.createUpdate(DELETE_OLDER)
                .bind("seconds", seconds)
                .bind("limit", limit)
                .execute();
    }

    private static <T extends SqlStatement<T>> T of(T statement, MailboxKey mailbox) {
        return statement
                .bind("workspace", mailbox.workspaceId())
                .bind("mailbox", mailbox.mailboxId());
    }

    private static SandboxMessage message(ResultSet row) throws SQLException {
        return new SandboxMessage(
                row.getObject("id", UUID.class),
                Optional.ofNullable(row.getObject("email_id", UUID.class)),
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
