package dev.postrider.flow.lease;

import dev.postrider.email.Content;
import dev.postrider.email.EmailKey;
import dev.postrider.email.LaneKey;
import dev.postrider.email.OnUnknown;
import dev.postrider.email.Priority;
import dev.postrider.email.Recipient;
import dev.postrider.flow.enqueue.Enqueue;
import dev.postrider.flow.store.NewEmail;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.NewId;
import dev.postrider.postgres.Wakeups;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/** A workspace whose mailboxes and emails a test makes, and looks at behind the program's back. */
final class Lanes implements AutoCloseable {
    private final Database database;
    private final UUID workspace = NewId.get();
    private final Enqueue enqueue;

    Lanes(Database database, Wakeups wakeups) {
        this.database = database;
        this.enqueue = new Enqueue(database, wakeups);
        run("insert into workspace (id, name) values (?, 'Test')", workspace);
    }

    LaneKey sandbox() {
        var lane = new LaneKey(workspace, NewId.get());
        run(
                """
                insert into mailbox (workspace_id, id, address, provider, state)
                values (?, ?, 'ann@example.org', 'sandbox', 'active')
                """,
                workspace,
                lane.mailboxId());
        return asleep(lane);
    }

    /** A mailbox whose server is on loopback, without TLS and login. */
    LaneKey smtp(int port) {
        var lane = new LaneKey(workspace, NewId.get());
        run(
                """
                insert into mailbox (workspace_id, id, address, provider, settings, state)
                values (?, ?, 'ann@example.org', 'smtp',
                    jsonb_build_object('host', '127.0.0.1', 'port', ?, 'tls', 'none'), 'active')
                """,
                workspace,
                lane.mailboxId(),
                port);
        return asleep(lane);
    }

    private LaneKey asleep(LaneKey lane) {
        run(
                "insert into lane (workspace_id, mailbox_id) values (?, ?)",
                workspace,
                lane.mailboxId());
        run(
                "insert into wake (workspace_id, mailbox_id) values (?, ?)",
                workspace,
                lane.mailboxId());
        return lane;
    }

    EmailKey queue(LaneKey lane) {
        return queue(lane, false, OnUnknown.RESEND, "bob@example.org");
    }

    EmailKey queue(LaneKey lane, boolean awaited, OnUnknown onUnknown, String... to) {
        var key = new EmailKey(workspace, NewId.get());
        var kept = keep(email(key, lane, awaited, onUnknown, to));
        if (kept != Enqueue.Kept.KEPT) {
            throw new AssertionError(kept);
        }
        return key;
    }

    /** Many emails, written at once behind the program's back; returns how many. */
    int queueMany(LaneKey lane, int count) {
        database.inTransaction(handle -> {
            handle.execute(
                    """
                    insert into email (workspace_id, id, mailbox_id, message_id, sender, subject,
                        state, due_at, give_up_at)
                    select ?, gen_random_uuid(), ?, '<' || i || '@example.org>', 'ann@example.org',
                           'Hello', 'queued', now(), now() + interval '3 days'
                    from generate_series(1, ?) as i
                    """,
                    workspace,
                    lane.mailboxId(),
                    count);
            handle.execute(
                    """
                    insert into email_content (workspace_id, email_id, bytes)
                    select workspace_id, id, 'Subject: Hello'
                    from email
                    where mailbox_id = ?
                    """,
                    lane.mailboxId());
            handle.execute(
                    """
                    insert into recipient (workspace_id, email_id, position, kind, address)
                    select workspace_id, id, 0, 'to', 'bob@example.org'
                    from email
                    where mailbox_id = ?
                    """,
                    lane.mailboxId());
            return handle.execute(
                    "update wake set due_at = now(), count = count + 1 where mailbox_id = ?",
                    lane.mailboxId());
        });
        return count;
    }

    /** Lines of text, that many octets in all or a few less. */
    byte[] largeContent(int octets) {
        return ("Subject: Large\r\n\r\n" + "A line of a large message.\r\n".repeat(octets / 28))
                .getBytes(StandardCharsets.UTF_8);
    }

    void queueWith(EmailKey key, LaneKey lane, byte[] content) {
        require(
                keep(
                        email(
                                key,
                                lane,
                                Content.of(content),
                                false,
                                Optional.empty(),
                                OnUnknown.RESEND,
                                "bob@example.org")));
    }

    void schedule(EmailKey key, LaneKey lane, Instant due) {
        require(
                keep(
                        email(
                                key,
                                lane,
                                small(key),
                                false,
                                Optional.of(due),
                                OnUnknown.RESEND,
                                "bob@example.org")));
    }

    private static void require(Enqueue.Kept kept) {
        if (kept != Enqueue.Kept.KEPT) {
            throw new AssertionError(kept);
        }
    }

    /** Waits until the lane rests and nobody has it. */
    void awaitRest(LaneKey lane) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() ->
                        one(
                                        """
                                        select 1
                                        from lane
                                        where mailbox_id = ?
                                          and rests_until > now()
                                          and leased_by is null
                                        """,
                                        lane.mailboxId())
                                .isPresent());
    }

    Enqueue.Kept keep(NewEmail email) {
        return enqueue.keep(email);
    }

    NewEmail email(EmailKey key, LaneKey lane, boolean awaited, OnUnknown onUnknown, String... to) {
        return email(key, lane, small(key), awaited, Optional.empty(), onUnknown, to);
    }

    private static Content.InMemory small(EmailKey key) {
        return Content.of(
                ("Message-ID: " + messageId(key) + "\r\nSubject: Hello\r\n\r\nHello\r\n")
                        .getBytes(StandardCharsets.UTF_8));
    }

    private static String messageId(EmailKey key) {
        return "<" + key.id() + "@example.org>";
    }

    private static NewEmail email(
            EmailKey key,
            LaneKey lane,
            Content.InMemory content,
            boolean awaited,
            Optional<Instant> dueAt,
            OnUnknown onUnknown,
            String... to) {
        return new NewEmail(
                key,
                lane,
                NewId.get(),
                messageId(key),
                "ann@example.org",
                "Hello",
                IntStream.range(0, to.length)
                        .mapToObj(i -> new Recipient(i, Recipient.Kind.TO, to[i]))
                        .toList(),
                content,
                false,
                false,
                awaited,
                Priority.NORMAL,
                dueAt,
                onUnknown,
                Instant.now().plus(Duration.ofDays(3)));
    }

    /** As if the lease's time were over, in database time. */
    void endLease(LaneKey lane) {
        run(
                """
                update lane
                set leased_until = now() - interval '1 second'
                where mailbox_id = ?
                """,
                lane.mailboxId());
    }

    void makeDue(EmailKey email) {
        run("update email set due_at = now() where id = ?", email.id());
        run(
                """
                update wake
                set due_at = now(),
                    count = count + 1
                where mailbox_id = (select mailbox_id from email where id = ?)
                """,
                email.id());
    }

    void run(String statement, Object... values) {
        database.inTransaction(handle -> handle.execute(statement, values));
    }

    /** When the lane's mailbox had last changed. */
    Instant changedAt(LaneKey lane) {
        return database.read(handle ->
                handle.select("select updated_at from mailbox where id = ?", lane.mailboxId())
                        .mapTo(Instant.class)
                        .one());
    }

    Map<String, Object> row(EmailKey email) {
        return one("select * from email where id = ?", email.id()).orElseThrow();
    }

    String state(EmailKey email) {
        return String.valueOf(row(email).get("state"));
    }

    Map<String, Object> lane(LaneKey lane) {
        return one(
                        """
                        select lane.*, wake.count, wake.due_at,
                               wake.due_at is not null and wake.due_at <= now() as is_due
                        from lane
                        join wake using (workspace_id, mailbox_id)
                        where mailbox_id = ?
                        """,
                        lane.mailboxId())
                .orElseThrow();
    }

    Optional<Map<String, Object>> one(String query, Object... values) {
        return database.read(handle -> handle.select(query, values).mapToMap().findOne());
    }

    /** One column, as texts. */
    List<String> texts(String query, Object... values) {
        return database.read(handle -> handle.select(query, values).mapTo(String.class).list());
    }

    /** Number and outcome of each attempt. */
    List<String> attempts(EmailKey email) {
        return texts(
                "select number || ' ' || outcome from attempt where email_id = ? order by number",
                email.id());
    }

    List<String> recipients(EmailKey email) {
        return texts(
                "select state from recipient where email_id = ? order by position", email.id());
    }

    @Override
    public void close() throws InterruptedException {
        enqueue.close();
    }
}
