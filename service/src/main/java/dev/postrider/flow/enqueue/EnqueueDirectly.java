package dev.postrider.flow.enqueue;

import dev.postrider.email.Content;
import dev.postrider.email.DueEmail;
import dev.postrider.email.LaneKey;
import dev.postrider.flow.direct.Admission;
import dev.postrider.flow.direct.ServedLanes;
import dev.postrider.flow.store.enqueue.Begin;
import dev.postrider.flow.store.enqueue.NewEmail;
import dev.postrider.identity.CallerChanged;
import dev.postrider.machine.StopPoint;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;

/** Keeps an email that somebody waits for, by the short way where its lane allows it. */
@Singleton
public final class EnqueueDirectly {
    private final Enqueue enqueue;
    private final ServedLanes lanes;

    public EnqueueDirectly(Enqueue enqueue, ServedLanes lanes) {
        this.enqueue = enqueue;
        this.lanes = lanes;
    }

    /** Whether this node serves the lane at this moment. */
    public boolean isServed(LaneKey lane) {
        return lanes.isServed(lane);
    }

    /**
     * Keeps a submission of one email, like {@link Enqueue#keep}.
     *
     * @param mailboxSeen when its mailbox had last changed, as its sender knows it
     * @throws CallerChanged when its caller isn't who they were; nothing was kept
     */
    public Submitted keep(NewEmail email, Submission submission, Instant mailboxSeen) {
        var admission = admit(email, mailboxSeen);
        return admission.isPresent()
                ? keep(email, submission, admission.get())
                : enqueue.keep(submission);
    }

    private Optional<Admission> admit(NewEmail email, Instant mailboxSeen) {
        return email.message().isLarge() || email.delivery().dueAt().isPresent()
                ? Optional.empty()
                : lanes.admit(email.lane(), mailboxSeen, email.envelope().recipients().size());
    }

    private Submitted keep(NewEmail email, Submission submission, Admission admission) {
        var isEnded = false;
        try {
            StopPoint.ADMITTED.pass();
            var due = due(email, admission.begin());
            var submitted = enqueue.keep(submission.begunBy(admission.begin()));
            isEnded = true;
            if (submitted instanceof Submitted.Begun) {
                StopPoint.KEPT.pass();
                admission.send(due);
            } else {
                admission.cancel();
            }
            return submitted;
        } catch (CallerChanged e) {
            isEnded = true;
            admission.cancel();
            throw e;
        } finally {
            if (!isEnded) {
                admission.lost();
            }
        }
    }

    /** As it would be read from its row. */
    private static DueEmail due(NewEmail email, Begin begin) {
        return new DueEmail(
                email.key(),
                email.lane(),
                email.message().messageId(),
                email.envelope().sender(),
                email.envelope().recipients(),
                false,
                Content.of(octets(email)),
                email.message().eightBit(),
                email.message().smtpUtf8(),
                0,
                0,
                Optional.empty(),
                Optional.empty(),
                email.delivery().onUnknown(),
                email.delivery().awaited(),
                begin.begunAt(),
                email.delivery().giveUpAt());
    }

    private static byte[] octets(NewEmail email) {
        try (var in = email.message().content().open()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
