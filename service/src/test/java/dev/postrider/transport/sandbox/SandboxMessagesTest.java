package dev.postrider.transport.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.page.Page;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.NewId;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.transport.Transport.MailboxKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
final class SandboxMessagesTest {
    private static final List<String> RECIPIENTS = List.of("b@example.org", "c@example.org");

    private final Database database;
    private final SandboxMessages messages;
    private final MailboxKey mailbox = new MailboxKey(NewId.get(), NewId.get());

    SandboxMessagesTest(Database database) {
        this.database = database;
        this.messages = new SandboxMessages(database, 3, 1);
        database.inTransaction(handle -> {
            handle.execute(
                    "insert into workspace (id, name) values (?, 'Tests')", mailbox.workspaceId());
            return handle.execute(
                    """
                    insert into mailbox (workspace_id, id, address, provider, state)
                    values (?, ?, 'ann@example.org', 'sandbox', 'active')
                    """,
                    mailbox.workspaceId(),
                    mailbox.mailboxId());
        });
    }

    @Test
    void itShowsWhatItKeptNewestFirst() {
        keep("no header at all");
        var newest =
                keep(
                        "From: a@example.org\r\nSubject: =?UTF-8?Q?Gr=C3=BC=C3=9Fe?=\r\n\r\nHello\r\n");
        assertThat(list())
                .extracting(SandboxMessage::subject)
                .containsExactly(Optional.of("Grüße"), Optional.empty());
        var first = list().getFirst();
        assertThat(first.id()).isEqualTo(newest);
        assertThat(first.sender()).isEqualTo("a@example.org");
        assertThat(first.recipients()).isEqualTo(RECIPIENTS);
    }

    @Test
    void aMessageIsReadInSlices() {
        var message = keep("0123456789");
        assertThat(messages.size(mailbox, message)).contains(10);
        assertThat(new String(messages.slice(mailbox, message, 0, 4), StandardCharsets.UTF_8))
                .isEqualTo("0123");
        assertThat(new String(messages.slice(mailbox, message, 8, 4), StandardCharsets.UTF_8))
                .isEqualTo("89");
        assertThat(messages.slice(mailbox, message, 10, 4)).isEmpty();
        assertThat(messages.size(mailbox, NewId.get())).isEmpty();
        assertThat(messages.size(new MailboxKey(NewId.get(), mailbox.mailboxId()), message))
                .isEmpty();
    }

    @Test
    void whatIsMoreThanAMailboxMayKeepGoesTheOldestFirst() {
        for (var i = 0; i < 5; i++) {
            keep("From: a@example.org\r\nSubject: " + i + "\r\n\r\n");
        }
        assertThat(list())
                .extracting(SandboxMessage::subject)
                .containsExactly(Optional.of("4"), Optional.of("3"), Optional.of("2"));
    }

    @Test
    void whatIsOldIsPurged() {
        keep("new");
        var old = keep("old");
        database.inTransaction(handle ->
                handle.execute(
                        """
                        update sandbox_message
                        set received_at = now() - interval '31 days'
                        where id = ?
                        """,
                        old));
        assertThat(messages.purge()).isEqualTo(1);
        assertThat(messages.purge()).isZero();
        assertThat(list()).hasSize(1);
    }

    @Test
    void aMailboxThatIsGoneKeepsNothing() {
        assertThat(
                        messages.keep(
                                new MailboxKey(NewId.get(), mailbox.mailboxId()),
                                Optional.empty(),
                                "a@example.org",
                                RECIPIENTS,
                                new byte[0]))
                .isEmpty();
    }

    private UUID keep(String content) {
        return messages.keep(
                        mailbox,
                        Optional.empty(),
                        "a@example.org",
                        RECIPIENTS,
                        content.getBytes(StandardCharsets.UTF_8))
                .orElseThrow();
    }

    private List<SandboxMessage> list() {
        return messages.list(mailbox, new Page(10, Optional.empty(), Optional.empty())).items();
    }
}
