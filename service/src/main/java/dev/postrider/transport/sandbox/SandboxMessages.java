package dev.postrider.transport.sandbox;

import dev.postrider.log.Journal;
import dev.postrider.mime.read.MessageLimits;
import dev.postrider.mime.read.ParseMessage;
import dev.postrider.mime.read.ParsedMessage;
import dev.postrider.page.Page;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.NewId;
import dev.postrider.transport.Transport.MailboxKey;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What sandbox mailboxes "sent". A mailbox keeps about its newest 1,000 messages, of 256 MiB at
 * most, for 30 days: a test that runs for ever must not fill the disk. Safe for concurrent use.
 */
@Singleton
public final class SandboxMessages {
    private static final int MAX_MESSAGES = 1_000;
    private static final long MAX_OCTETS = 256L << 20;

    /** To count at each message would cost more than to keep it. */
    private static final int COUNTED_EVERY = 50;

    private static final Duration KEPT = Duration.ofDays(30);
    private static final int DELETED_AT_ONCE = 1_000;
    private static final MessageLimits LIMITS = MessageLimits.TAKEN.withText(1 << 20);
    private static final int SLICE_OCTETS = 256 << 10;

    /** Each holds a slice, a text and an HTML. */
    private static final int PARSED_AT_ONCE = 2;

    private static final Journal JOURNAL = Journal.of("flow");

    private final Database database;
    private final int maxMessages;
    private final int countedEvery;
    private final Semaphore parsing = new Semaphore(PARSED_AT_ONCE);
    private final AtomicInteger kept = new AtomicInteger();

    @Inject
    public SandboxMessages(Database database) {
        this(database, MAX_MESSAGES, COUNTED_EVERY);
    }

    SandboxMessages(Database database, int maxMessages, int countedEvery) {
        this.database = database;
        this.maxMessages = maxMessages;
        this.countedEvery = countedEvery;
    }

    /**
     * Keeps a message, and deletes the mailbox's oldest when it has too many.
     *
     * @param email which one it is, as far as it is known
     * @param sender the envelope's
     * @param recipients the envelope's
     * @param content RFC 5322 bytes
     * @return its id; empty when the mailbox is gone
     */
    public Optional<UUID> keep(
            MailboxKey mailbox,
            Optional<UUID> email,
            String sender,
            List<String> recipients,
            byte[] content) {
        var id = NewId.get();
        var isCounted = kept.incrementAndGet() % countedEvery == 0;
        var isKept =
                database.inTransaction(handle -> {
                    var inserted =
                            SandboxTable.insert(
                                    handle, mailbox, id, email, sender, recipients, content);
                    if (inserted && isCounted) {
                        SandboxTable.deleteOldest(handle, mailbox, maxMessages, MAX_OCTETS);
                    }
                    return inserted;
                });
        if (!isKept) {
            return Optional.empty();
        }
        JOURNAL.event(
                "kept", "mailbox", mailbox.mailboxId(), "message", id, "bytes", content.length);
        return Optional.of(id);
    }

    public Page.Items<SandboxMessage> list(MailboxKey mailbox, Page page) {
        return database.of(mailbox.workspaceId())
                .read(handle -> SandboxTable.list(handle, mailbox, page));
    }

    public Optional<SandboxMessage> find(MailboxKey mailbox, UUID message) {
        return database.of(mailbox.workspaceId())
                .read(handle -> SandboxTable.find(handle, mailbox, message));
    }

    /** What a message says, read slice by slice, its texts up to a MiB each. */
    public ParsedMessage parse(MailboxKey mailbox, SandboxMessage message) {
        parsing.acquireUninterruptibly();
        try {
            var parse = new ParseMessage(LIMITS);
            for (var read = 0; read < message.size(); ) {
                var slice = slice(mailbox, message.id(), read, SLICE_OCTETS);
                if (slice.length == 0) {
                    break;
                }
                parse.add(slice, 0, slice.length);
                read += slice.length;
            }
            return parse.end();
        } finally {
            parsing.release();
        }
    }

    /** How large a message is; empty when there is none. */
    public Optional<Integer> size(MailboxKey mailbox, UUID message) {
        return database.of(mailbox.workspaceId())
                .read(handle -> SandboxTable.size(handle, mailbox, message));
    }

    /**
     * A slice of a message, so that no large one is whole in memory.
     *
     * @return fewer octets at its end, none behind it or when it is gone
     */
    public byte[] slice(MailboxKey mailbox, UUID message, int from, int octets) {
        return database.of(mailbox.workspaceId())
                .read(handle -> SandboxTable.slice(handle, mailbox, message, from, octets));
    }

    /** Deletes some that are older than they are kept; for a loop, until it deletes none. */
    public int purge() {
        return database.inTransaction(
                handle -> SandboxTable.deleteOlder(handle, KEPT.toSeconds(), DELETED_AT_ONCE));
    }
}
