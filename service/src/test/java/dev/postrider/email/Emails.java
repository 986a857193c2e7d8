package dev.postrider.email;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/** An email whose turn it is, as a test wants it. */
public record Emails(DueEmail email) {
    public static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    /** Its first attempt, to one recipient, nobody waits, three days to go. */
    public static Emails one() {
        var workspace = UUID.randomUUID();
        return new Emails(
                new DueEmail(
                        new EmailKey(workspace, UUID.randomUUID()),
                        new LaneKey(workspace, UUID.randomUUID()),
                        "<1@example.org>",
                        "ann@example.org",
                        recipients(1),
                        false,
                        Content.of(new byte[] {'x', '\r', '\n'}),
                        false,
                        false,
                        0,
                        0,
                        Optional.empty(),
                        Optional.empty(),
                        OnUnknown.RESEND,
                        false,
                        NOW,
                        NOW.plus(Duration.ofDays(3))));
    }

    public Emails to(int recipients) {
        return with(
                recipients(recipients), email.partlyAccepted(), email.attempts(), email.resends());
    }

    /** To these open ones, where others have been accepted before. */
    public Emails stillTo(Recipient... open) {
        return with(List.of(open), true, email.attempts(), email.resends());
    }

    public Emails partlyAccepted() {
        return with(email.recipients(), true, email.attempts(), email.resends());
    }

    public Emails after(int attempts) {
        return with(email.recipients(), email.partlyAccepted(), attempts, email.resends());
    }

    public Emails resent() {
        return with(email.recipients(), email.partlyAccepted(), email.attempts(), 1);
    }

    /** An earlier attempt's outcome is to be found out. */
    public Emails inDoubt() {
        return with(Optional.of(NOW.minus(Duration.ofMinutes(1))), Optional.empty());
    }

    /** The same, and its sender has asked for this meanwhile. */
    public Emails inDoubtAnd(SenderRequest asked) {
        return with(inDoubt().email.unknownSince(), Optional.of(asked));
    }

    public Emails awaited() {
        return with(email.onUnknown(), true, email.giveUpAt());
    }

    public Emails reported() {
        return with(OnUnknown.REPORT, email.awaited(), email.giveUpAt());
    }

    /** No attempt is made later than now. */
    public Emails atItsEnd() {
        return with(email.onUnknown(), email.awaited(), NOW);
    }

    public static Recipient recipient(int position) {
        return new Recipient(position, Recipient.Kind.TO, "r" + position + "@example.org");
    }

    private static List<Recipient> recipients(int count) {
        return IntStream.range(0, count).mapToObj(Emails::recipient).toList();
    }

    private Emails with(
            List<Recipient> recipients, boolean partlyAccepted, int attempts, int resends) {
        return new Emails(
                new DueEmail(
                        email.key(),
                        email.lane(),
                        email.messageId(),
                        email.sender(),
                        recipients,
                        partlyAccepted,
                        email.content(),
                        email.eightBit(),
                        email.smtpUtf8(),
                        attempts,
                        resends,
                        email.unknownSince(),
                        email.asked(),
                        email.onUnknown(),
                        email.awaited(),
                        email.createdAt(),
                        email.giveUpAt()));
    }

    private Emails with(Optional<Instant> unknownSince, Optional<SenderRequest> asked) {
        return new Emails(
                new DueEmail(
                        email.key(),
                        email.lane(),
                        email.messageId(),
                        email.sender(),
                        email.recipients(),
                        email.partlyAccepted(),
                        email.content(),
                        email.eightBit(),
                        email.smtpUtf8(),
                        email.attempts(),
                        email.resends(),
                        unknownSince,
                        asked,
                        email.onUnknown(),
                        email.awaited(),
                        email.createdAt(),
                        email.giveUpAt()));
    }

    private Emails with(OnUnknown onUnknown, boolean awaited, Instant giveUpAt) {
        return new Emails(
                new DueEmail(
                        email.key(),
                        email.lane(),
                        email.messageId(),
                        email.sender(),
                        email.recipients(),
                        email.partlyAccepted(),
                        email.content(),
                        email.eightBit(),
                        email.smtpUtf8(),
                        email.attempts(),
                        email.resends(),
                        email.unknownSince(),
                        email.asked(),
                        onUnknown,
                        awaited,
                        email.createdAt(),
                        giveUpAt));
    }
}
