package dev.postrider.flow.store.find;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.postrider.email.EmailKey;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.NewId;
import java.util.Optional;

/** A kept email of 36 MB, an attachment but for its text. */
final class LargeEmail {
    static final int ATTACHMENT_OCTETS = 27_000_000;

    private static final String HEAD =
            """
            From: ann@a.example
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary=b

            --b
            Content-Type: text/plain

            Hello.
            --b
            Content-Type: application/pdf
            Content-Disposition: attachment; filename=a.pdf
            Content-Transfer-Encoding: base64

            """;

    private LargeEmail() {}

    static EmailKey in(Database database) {
        var email = new EmailKey(NewId.get(), NewId.get());
        database.inTransaction(handle -> {
            handle.createUpdate(
                            """
                            insert into email (workspace_id, id, mailbox_id, message_id, sender,
                                subject, state, give_up_at, finished_at)
                            values (:workspace, :id, :workspace, '<1@a.example>', 'ann@a.example',
                                'Hello', 'sent', now(), now())
                            """)
                    .bind("workspace", email.workspaceId())
                    .bind("id", email.id())
                    .execute();
            handle.createUpdate(
                            """
                            insert into recipient (workspace_id, email_id, position, kind, address)
                            values (:workspace, :id, 0, 'to', 'bob@b.example')
                            """)
                    .bind("workspace", email.workspaceId())
                    .bind("id", email.id())
                    .execute();
            return handle.createUpdate(
                            """
                            insert into email_content (workspace_id, email_id, bytes)
                            values (:workspace, :id,
                                    :head || convert_to(repeat(:line, :lines), 'UTF8') || :tail)
                            """)
                    .bind("workspace", email.workspaceId())
                    .bind("id", email.id())
                    .bind("head", HEAD.replace("\n", "\r\n").getBytes(US_ASCII))
                    .bind("line", "QUJD".repeat(15) + "\r\n")
                    .bind("lines", ATTACHMENT_OCTETS / 45)
                    .bind("tail", "--b--\r\n".getBytes(US_ASCII))
                    .execute();
        });
        return email;
    }

    static Visibility scope(EmailKey email) {
        return new Visibility(email.workspaceId(), Optional.empty(), Optional.empty());
    }
}
