package dev.postrider.audit;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;

/**
 * Writes down who reads what others wrote, before it is shown: whoever polls, from the same
 * address, once an hour on each node. Safe for concurrent use.
 */
@Singleton
public final class AuditReads {
    private static final Duration ONCE = Duration.ofHours(1);
    private static final int MANY = 10_000;

    private final AuditLog log;
    private final InstantSource clock;

    /** When each was written, the oldest first; guarded by itself. */
    private final LinkedHashMap<Read, Instant> written = new LinkedHashMap<>();

    public AuditReads(AuditLog log, InstantSource clock) {
        this.log = log;
        this.clock = clock;
    }

    private record Read(Actor reader, String action, AuditLog.Subject subject) {}

    public void add(Actor reader, String action, AuditLog.Subject subject) {
        var read = new Read(reader, action, subject);
        var now = clock.instant();
        if (isWritten(read, now)) {
            return;
        }
        log.add(reader, action, subject, AuditOutcome.DONE);
        synchronized (written) {
            written.putLast(read, now);
            if (written.size() > MANY) {
                var _ = written.pollFirstEntry();
            }
        }
    }

    private boolean isWritten(Read read, Instant now) {
        synchronized (written) {
            var last = written.get(read);
            return last != null && now.isBefore(last.plus(ONCE));
        }
    }
}
