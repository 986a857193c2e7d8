package dev.postrider.transport.smtp;

import dev.postrider.email.DueEmail;
import dev.postrider.email.Outcome;
import dev.postrider.email.Outcome.RecipientTurnedAway;
import dev.postrider.email.ServerReply;
import dev.postrider.smtp.message.Content;
import dev.postrider.smtp.message.Envelope;
import dev.postrider.smtp.message.Message;
import dev.postrider.smtp.message.Recipient;
import dev.postrider.smtp.server.Capabilities;
import dev.postrider.transport.ContentSource;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An email on its way to the server, perhaps over several connections.
 *
 * @param email with all recipients of the attempt
 * @param turnedAway those of them that have their answer already
 */
record InFlightEmail(DueEmail email, List<RecipientTurnedAway> turnedAway) {
    private static final String NO_SMTPUTF8 = "The server doesn't offer SMTPUTF8, which %s needs.";

    InFlightEmail {
        turnedAway = List.copyOf(turnedAway);
    }

    static InFlightEmail of(DueEmail email) {
        return new InFlightEmail(email, List.of());
    }

    /** What becomes of it on a connection. */
    sealed interface Prepared {}

    record Ready(InFlightEmail email, Message message) implements Prepared {}

    /** Nothing is left to ask the server. */
    record Decided(Outcome outcome) implements Prepared {}

    /** The same, with more recipients that have their answer. */
    InFlightEmail refused(List<RecipientTurnedAway> more) {
        return new InFlightEmail(email, Stream.concat(turnedAway.stream(), more.stream()).toList());
    }

    /** For the recipients that have none. */
    DueEmail open() {
        return turnedAway.isEmpty()
                ? email
                : email.withRecipients(
                        email.recipients().stream()
                                .filter(one ->
                                        turnedAway.stream()
                                                .noneMatch(
                                                        away -> away.position() == one.position()))
                                .toList());
    }

    /**
     * What is accepted should always be writable; should it not be, that is this email's trouble.
     */
    Prepared prepare(Capabilities capabilities, ContentSource contents) {
        if (email.smtpUtf8() && !capabilities.has("SMTPUTF8")) {
            return new Decided(new Outcome.Unsendable(NO_SMTPUTF8.formatted(international())));
        }
        var reachable = capabilities.has("SMTPUTF8") ? this : withoutInternational();
        var open = reachable.open();
        if (open.recipients().isEmpty()) {
            var all = reachable.turnedAway();
            return new Decided(new Outcome.Refused(all.getFirst().reply(), all, true));
        }
        try {
            var recipients =
                    open.recipients().stream().map(one -> Recipient.of(one.address())).toList();
            var envelope =
                    new Envelope(email.sender(), recipients, email.smtpUtf8(), false, null, null);
            return new Ready(reachable, new Message(envelope, content(contents)));
        } catch (IllegalArgumentException e) {
            return new Decided(
                    new Outcome.Unsendable(
                            "An address can't be written in SMTP: " + e.getMessage() + "."));
        }
    }

    /** One address that this server can't take is no reason not to write to the others. */
    private InFlightEmail withoutInternational() {
        if (!isAscii(email.sender())) {
            return this;
        }
        return refused(
                open().recipients().stream()
                        .filter(one -> !isAscii(one.address()))
                        .map(one ->
                                new RecipientTurnedAway(
                                        one.position(),
                                        // RFC 6531 section 3.5
                                        new ServerReply(
                                                553,
                                                Optional.of("5.6.7"),
                                                NO_SMTPUTF8.formatted("this address")),
                                        true))
                        .toList());
    }

    /** Who needs it, for people; the header may name more than the envelope. */
    private String international() {
        var named =
                email.recipients().stream()
                        .map(dev.postrider.email.Recipient::address)
                        .filter(address -> !isAscii(address))
                        .collect(Collectors.joining(", "));
        return named.isEmpty() ? "an address in its header" : named;
    }

    private static boolean isAscii(String text) {
        return StandardCharsets.US_ASCII.newEncoder().canEncode(text);
    }

    private Content content(ContentSource contents) {
        return switch (email.content()) {
            case dev.postrider.email.Content.InMemory(var octets) -> Content.of(octets);
            case dev.postrider.email.Content.Stored stored ->
                    new Content.Stream(
                            stored.size(), email.eightBit(), () -> contents.open(stored));
        };
    }

    /** The outcome for the open recipients, with the answers that the others have. */
    Outcome combine(Outcome outcome) {
        if (turnedAway.isEmpty()) {
            return outcome;
        }
        return switch (outcome) {
            case Outcome.Accepted(var reply, var others, var ids) ->
                    new Outcome.Accepted(reply, with(others), ids);
            case Outcome.Deferred(var reply, var others) ->
                    new Outcome.Deferred(reply, with(others));
            case Outcome.Refused(var reply, var others, var ofRecipient) ->
                    new Outcome.Refused(reply, with(others), ofRecipient);
            case Outcome.Unsendable _,
                    Outcome.Throttled _,
                    Outcome.LoginRefused _,
                    Outcome.Unreachable _,
                    Outcome.Broken _,
                    Outcome.NotSent _,
                    Outcome.StillUnknown _,
                    Outcome.Unknown _ ->
                    outcome;
        };
    }

    private List<RecipientTurnedAway> with(List<RecipientTurnedAway> others) {
        return Stream.concat(turnedAway.stream(), others.stream()).toList();
    }
}
