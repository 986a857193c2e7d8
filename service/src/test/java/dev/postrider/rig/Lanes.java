package dev.postrider.rig;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.credential.CredentialTable;
import dev.postrider.email.EmailKey;
import dev.postrider.email.LaneKey;
import dev.postrider.email.OnUnknown;
import dev.postrider.email.Priority;
import dev.postrider.email.Recipient;
import dev.postrider.flow.enqueue.Enqueue;
import dev.postrider.flow.enqueue.Submission;
import dev.postrider.flow.enqueue.Submitted;
import dev.postrider.flow.store.enqueue.NewEmail;
import dev.postrider.mime.encoding.Source;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.NewId;
import dev.postrider.postgres.Wakeups;
import dev.postrider.vault.TestVault;
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
public final class Lanes implements AutoCloseable {
    private final Database database;
    private final Wakeups wakeups;
    private final UUID workspace = NewId.get();
    private final Enqueue enqueue;

    /** Takes away what a former test has left. */
    public Lanes(Database database, Wakeups wakeups) {
        this.database = database;
        this.wakeups = wakeups;
        this.enqueue = new Enqueue(database, wakeups);
        run(
                """
                truncate workspace, email, email_content, recipient, attempt, data_key
                cascade
                """);
        run("insert into workspace (id, name) values (?, 'Test')", workspace);
    }

    public LaneKey sandbox() {
        return connect("sandbox", "{}");
    }

    /** A mailbox whose server is on loopback, without TLS and login. */
    public LaneKey smtp(int port) {
        return connect("smtp", "{\"host\":\"127.0.0.1\",\"port\":" + port + ",\"tls\":\"none\"}");
    }

    /** One that was connected by consent; whoever gives its access tokens is the test's. */
    public LaneKey consented(String provider) {
        var lane = connect(provider, "{}");
        var sealed = TestVault.of(database).seal("grant", lane.mailboxId());
        database.inTransaction(handle -> {
            CredentialTable.put(handle, lane.workspaceId(), lane.mailboxId(), "oauth", sealed);
            return true;
        });
        return lane;
    }

    private LaneKey connect(String provider, String settings) {
        var lane = new LaneKey(workspace, NewId.get());
        run(
                """
                insert into mailbox (workspace_id, id, address, provider, settings, state)
                values (?, ?, 'ann@example.org', ?, ?::jsonb, 'active')
                """,
                workspace,
                lane.mailboxId(),
                provider,
                settings);
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

    public EmailKey newKey() {
        return new EmailKey(workspace, NewId.get());
    }

    /** Queues an email to Bob, or to these. */
    public EmailKey queue(LaneKey lane, String... to) {
        return queue(lane, false, OnUnknown.RESEND, to);
    }

    /** One whose caller waits for its first attempt. */
    public EmailKey queueAwaited(LaneKey lane) {
        return queue(lane, true, OnUnknown.RESEND);
    }

    public EmailKey queueReported(LaneKey lane) {
        return queue(lane, false, OnUnknown.REPORT);
    }

    private EmailKey queue(LaneKey lane, boolean awaited, OnUnknown onUnknown, String... to) {
        var key = newKey();
        var email = email(key, lane, small(key), awaited, Optional.empty(), onUnknown, to);
        assertThat(keep(email)).isEqualTo(new Submitted.Kept());
        return key;
    }

    /** Many emails, written at once behind the program's back; returns how many. */
    public int queueMany(LaneKey lane, int count) {
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
                    on conflict do nothing
                    """,
                    lane.mailboxId());
            handle.execute(
                    """
                    insert into recipient (workspace_id, email_id, position, kind, address)
                    select workspace_id, id, 0, 'to', 'bob@example.org'
                    from email
                    where mailbox_id = ?
                    on conflict do nothing
                    """,
                    lane.mailboxId());
            return handle.execute(
                    "update wake set due_at = now(), count = count + 1 where mailbox_id = ?",
                    lane.mailboxId());
        });
        return count;
    }

    /** Lines of text, that many octets in all or a few less. */
    public byte[] largeContent(int octets) {
        return ("Subject: Large\r\n\r\n" + "A line of a large message.\r\n".repeat(octets / 28))
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Waits until the lane rests and nobody has it. */
    public void awaitRest(LaneKey lane) {
        Awaitility.await()
                .atMost(FlowRig.PATIENCE)
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

    /** One attempt more, although the lane rests. In this order, or there may be two. */
    public void again(LaneKey lane, EmailKey email) {
        makeDue(email);
        endRest(lane);
    }

    /** Its rest is over now, and what is due there is tried. */
    public void endRest(LaneKey lane) {
        run("update lane set rests_until = null where mailbox_id = ?", lane.mailboxId());
        wakeups.laneWoken(lane);
    }

    Enqueue enqueue() {
        return enqueue;
    }

    public Submitted keep(NewEmail email) {
        return enqueue.keep(new Submission(List.of(email), Optional.empty()));
    }

    public NewEmail email(EmailKey key, LaneKey lane, boolean awaited, String... to) {
        return email(key, lane, small(key), awaited, Optional.empty(), OnUnknown.RESEND, to);
    }

    public NewEmail email(EmailKey key, LaneKey lane, byte[] content, String... to) {
        return email(key, lane, Source.of(content), false, Optional.empty(), OnUnknown.RESEND, to);
    }

    public NewEmail email(EmailKey key, LaneKey lane, Instant due) {
        return email(key, lane, small(key), false, Optional.of(due), OnUnknown.RESEND);
    }

    private static Source small(EmailKey key) {
        return Source.of(
                ("Message-ID: " + messageId(key) + "\r\nSubject: Hello\r\n\r\nHello\r\n")
                        .getBytes(StandardCharsets.UTF_8));
    }

    private static String messageId(EmailKey key) {
        return "<" + key.id() + "@example.org>";
    }

    private static NewEmail email(
            EmailKey key,
            LaneKey lane,
            Source content,
            boolean awaited,
            Optional<Instant> dueAt,
            OnUnknown onUnknown,
            String... to) {
        var addresses = to.length == 0 ? List.of("bob@example.org") : List.of(to);
        return new NewEmail(
                key,
                lane,
                NewId.get(),
                Optional.empty(),
                new NewEmail.Envelope(
                        "ann@example.org",
                        IntStream.range(0, addresses.size())
                                .mapToObj(
                                        i -> new Recipient(i, Recipient.Kind.TO, addresses.get(i)))
                                .toList()),
                new NewEmail.Message(messageId(key), content, false, false, false),
                new NewEmail.Header("Hello", Optional.empty(), List.of(), List.of()),
                new NewEmail.Delivery(
                        awaited,
                        Priority.NORMAL,
                        dueAt,
                        onUnknown,
                        Instant.now().plus(Duration.ofDays(3))),
                Map.of());
    }

    /** As if the lease's time were over, in database time. */
    public void endLease(LaneKey lane) {
        run(
                """
                update lane
                set leased_until = now() - interval '1 second'
                where mailbox_id = ?
                """,
                lane.mailboxId());
    }

    /** What is final stays so. */
    public void makeDue(EmailKey email) {
        run("update email set due_at = now() where id = ? and due_at is not null", email.id());
        run(
                """
                update wake
                set due_at = now(),
                    count = count + 1
                where mailbox_id = (select mailbox_id from email where id = ?)
                """,
                email.id());
        database.read(handle ->
                        handle.createQuery(
                                        """
                                        select workspace_id, mailbox_id
                                        from email
                                        where id = ?
                                        """)
                                .bind(0, email.id())
                                .map((row, _) ->
                                        new LaneKey(
                                                row.getObject("workspace_id", UUID.class),
                                                row.getObject("mailbox_id", UUID.class)))
                                .findOne())
                .ifPresent(wakeups::laneWoken);
    }

    public void run(String statement, Object... values) {
        database.inTransaction(handle -> handle.execute(statement, values));
    }

    /** When the lane's mailbox had last changed. */
    public Instant changedAt(LaneKey lane) {
        return database.read(handle ->
                handle.select("select updated_at from mailbox where id = ?", lane.mailboxId())
                        .mapTo(Instant.class)
                        .one());
    }

    public Map<String, Object> row(EmailKey email) {
        return one("select * from email where id = ?", email.id()).orElseThrow();
    }

    public String state(EmailKey email) {
        return String.valueOf(row(email).get("state"));
    }

    public Map<String, Object> lane(LaneKey lane) {
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

    public Optional<Map<String, Object>> one(String query, Object... values) {
        return database.read(handle -> handle.select(query, values).mapToMap().findOne());
    }

    /** One column, as texts. */
    public List<String> texts(String query, Object... values) {
        return database.read(handle -> handle.select(query, values).mapTo(String.class).list());
    }

    /** Number and outcome of each attempt. */
    public List<String> attempts(EmailKey email) {
        return texts(
                "select number || ' ' || outcome from attempt where email_id = ? order by number",
                email.id());
    }

    public List<String> recipients(EmailKey email) {
        return texts(
                "select state from recipient where email_id = ? order by position", email.id());
    }

    @Override
    public void close() throws InterruptedException {
        enqueue.close();
    }
}
