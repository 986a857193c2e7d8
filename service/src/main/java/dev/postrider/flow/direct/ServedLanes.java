package dev.postrider.flow.direct;

import dev.postrider.email.LaneKey;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The lanes that this node serves at this moment. Safe for concurrent use. */
@Singleton
public final class ServedLanes {
    private final Map<LaneKey, ServedLane> served = new ConcurrentHashMap<>();

    /** A lane that takes emails by the short way. */
    @FunctionalInterface
    public interface ServedLane {
        /**
         * Leave for one email, if it would be sent at once.
         *
         * @param mailboxSeen when the mailbox had last changed, as the email's sender knows it
         */
        Optional<Admission> admit(Instant mailboxSeen, int recipients);
    }

    /** The lane is served from now on. */
    public void begin(LaneKey key, ServedLane lane) {
        served.put(key, lane);
    }

    /** The lane is served no more. */
    public void end(LaneKey key, ServedLane lane) {
        served.remove(key, lane);
    }

    public boolean isServed(LaneKey key) {
        return served.containsKey(key);
    }

    /** Leave for an email, if this node serves its lane and would send it at once. */
    public Optional<Admission> admit(LaneKey key, Instant mailboxSeen, int recipients) {
        var lane = served.get(key);
        return lane == null ? Optional.empty() : lane.admit(mailboxSeen, recipients);
    }
}
