package dev.postrider.transport.smtp.reply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.email.DueEmail;
import dev.postrider.email.Emails;
import dev.postrider.email.Outcome;
import dev.postrider.email.Outcome.RecipientTurnedAway;
import dev.postrider.email.ServerReply;
import dev.postrider.smtp.connect.Opening;
import dev.postrider.smtp.connect.TlsTrouble;
import dev.postrider.smtp.message.Recipient;
import dev.postrider.smtp.reply.EnhancedCode;
import dev.postrider.smtp.reply.Reply;
import dev.postrider.smtp.reply.Stage;
import dev.postrider.smtp.send.Cause;
import dev.postrider.smtp.send.RecipientResult;
import dev.postrider.smtp.send.Result;
import dev.postrider.smtp.wire.Trouble;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class InterpretResultTest {
    private static final Reply OK = reply(250, "2.0.0", "Ok");
    private static final Reply NO = reply(550, "5.1.1", "No such user");
    private static final Reply LATER = reply(450, "4.2.1", "Later");
    private static final Reply LIMIT = reply(550, "5.4.5", "Daily limit");
    private static final Reply LOGIN = reply(530, "5.7.0", "Authentication Required");

    private final InterpretResult read = new InterpretResult(ReplyRules.load());
    private final DueEmail two = Emails.one().to(2).email();

    @Test
    void noConnectionSaysWhy() {
        assertThat(of(new Opening.Unreachable(Stage.CONNECT, Trouble.REFUSED, "refused")))
                .isEqualTo(new Outcome.Unreachable("refused"));
        assertThat(of(new Opening.TlsFailed(TlsTrouble.UNTRUSTED, "not trusted")))
                .isEqualTo(new Outcome.Broken("not trusted"));
        assertThat(of(new Opening.ProtocolBroken(Stage.GREETING, "HTTP/1.1")))
                .isEqualTo(new Outcome.Broken("HTTP/1.1"));
        assertThat(of(new Opening.Refused(Stage.GREETING, reply(554, "5.7.1", "Go away"))))
                .isInstanceOf(Outcome.Broken.class);
        assertThat(of(new Opening.NoMechanism(Set.of(), "no way to log in")))
                .isEqualTo(new Outcome.LoginRefused("no way to log in"));
    }

    @ParameterizedTest
    @CsvSource({
        "535, 5.7.8, Not accepted, login_refused",
        "535, , Not accepted, login_refused",
        "550, 5.4.5, Daily limit, throttled"
    })
    void aRefusedLoginWaitsForTheOwner(int code, String enhanced, String text, String outcome) {
        assertThat(of(new Opening.LoginRefused("PLAIN", reply(code, enhanced, text))).text())
                .isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource({
        "421, 4.3.0, Busy, deferred",
        "454, 4.7.0, Too many login attempts, throttled",
        "432, 4.3.2, Concurrent connections limit exceeded, throttled"
    })
    void aServerThatWantsNoConnectionNowIsAskedLater(
            int code, String enhanced, String text, String outcome) {
        assertThat(of(new Opening.Deferred(Stage.LOGIN, reply(code, enhanced, text))).text())
                .isEqualTo(outcome);
    }

    @Test
    void aMessageThatWasTakenIsAcceptedForAllWhoWereNotTurnedAway() {
        assertThat(of(settled(Stage.END_OF_DATA, OK, OK, LATER)))
                .isEqualTo(new Outcome.Accepted(words(OK), List.of(away(1, LATER, false))));
        assertThat(of(settled(Stage.END_OF_DATA, OK, NO, OK)))
                .isEqualTo(new Outcome.Accepted(words(OK), List.of(away(0, NO, true))));
    }

    @Test
    void aLimitOfOneRecipientIsNotForGood() {
        assertThat(of(settled(Stage.END_OF_DATA, OK, OK, LIMIT)))
                .isEqualTo(new Outcome.Accepted(words(OK), List.of(away(1, LIMIT, false))));
    }

    @Test
    void aRefusedMessageGoesByTheReply() {
        assertThat(of(settled(Stage.END_OF_DATA, NO, null, null)))
                .isEqualTo(new Outcome.Refused(words(NO), List.of(), false));
        assertThat(of(settled(Stage.MAIL, NO, null, null)))
                .isEqualTo(new Outcome.Refused(words(NO), List.of(), false));
        assertThat(of(settled(Stage.DATA, LATER, null, NO)))
                .isEqualTo(new Outcome.Deferred(words(LATER), List.of(away(1, NO, true))));
        assertThat(of(settled(Stage.MAIL, LIMIT, null, null)))
                .isEqualTo(new Outcome.Throttled(words(LIMIT), Duration.ofHours(1)));
        assertThat(of(settled(Stage.MAIL, LOGIN, null, null)))
                .isInstanceOf(Outcome.LoginRefused.class);
    }

    @Test
    void aRefusedMessageLeavesEachRefusedRecipientItsOwnReply() {
        var message = reply(554, "5.7.1", "Spam");

        assertThat(of(settled(Stage.END_OF_DATA, message, null, NO)))
                .isEqualTo(new Outcome.Refused(words(message), List.of(away(1, NO, true)), false));
    }

    @Test
    void whenNobodyIsTakenOneWhoMayBeLaterKeepsTheEmailOpen() {
        assertThat(of(settled(Stage.RCPT, NO, NO, NO)))
                .isEqualTo(
                        new Outcome.Refused(
                                words(NO), List.of(away(0, NO, true), away(1, NO, true)), true));
        assertThat(of(settled(Stage.RCPT, NO, NO, LATER)))
                .isEqualTo(
                        new Outcome.Deferred(
                                words(LATER), List.of(away(0, NO, true), away(1, LATER, false))));
        assertThat(of(settled(Stage.RCPT, NO, NO, LIMIT)))
                .isEqualTo(new Outcome.Throttled(words(LIMIT), Duration.ofHours(1)));
    }

    @Test
    void whatIsSaidOfTheLoginHoldsTheMailboxOnlyBeforeTheRecipients() {
        assertThat(of(settled(Stage.MAIL, LOGIN, OK, OK))).isInstanceOf(Outcome.LoginRefused.class);
        assertThat(of(settled(Stage.MAIL, reply(530, null, "Log in first"), OK, OK)))
                .isInstanceOf(Outcome.LoginRefused.class);
        for (var stage : List.of(Stage.RCPT, Stage.DATA, Stage.END_OF_DATA)) {
            assertThat(of(settled(stage, LOGIN, LOGIN, LOGIN))).isInstanceOf(Outcome.Refused.class);
        }
    }

    @Test
    void aServerThatWantsALoginWhereNoneIsStoredHoldsTheMailboxAndSaysSo() {
        for (var stage : List.of(Stage.MAIL, Stage.RCPT, Stage.DATA)) {
            for (var reply :
                    List.of(
                            reply(530, null, "Log in first"),
                            reply(554, "5.7.1", "Relay access denied"),
                            reply(550, null, "Authentication is required for relay"))) {
                assertThat(read.of(two, settled(stage, reply, reply, reply), true))
                        .asString()
                        .contains("The server requires a login, and this mailbox has none");
            }
        }
        assertThat(read.of(two, settled(Stage.RCPT, NO, NO, NO), true))
                .isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void aSenderThatIsRefusedAtRcptIsNotTheRecipientsFault() {
        var sender =
                reply(553, "5.7.1", "<a@b.test>: Sender address rejected: not owned by user c");
        assertThat(of(settled(Stage.RCPT, sender, sender, sender)))
                .isEqualTo(new Outcome.Refused(words(sender), List.of(), false));
    }

    @Test
    void recipientsBeyondWhatTheServerTakesAtOnceGoInTheNextTransactionIfSomeWereTaken() {
        for (var tooMany :
                List.of(
                        reply(452, "4.5.3", "Too many recipients"),
                        reply(552, null, "Too many recipients"))) {
            assertThat(of(settled(Stage.END_OF_DATA, OK, OK, tooMany)))
                    .isEqualTo(
                            new Outcome.Accepted(
                                    words(OK),
                                    List.of(
                                            new RecipientTurnedAway(
                                                    1, words(tooMany), false, true))));
            assertThat(of(settled(Stage.RCPT, tooMany, tooMany, tooMany)))
                    .isInstanceOf(Outcome.Deferred.class);
        }
    }

    @Test
    void positionsAreThoseOfTheWholeEnvelope() {
        var last = Emails.one().stillTo(Emails.recipient(7)).email();
        var result =
                new Result.Settled(Stage.RCPT, NO, List.of(at("r7@example.org", Stage.RCPT, NO)));

        assertThat(read.of(last, result, false))
                .isEqualTo(new Outcome.Refused(words(NO), List.of(away(7, NO, true)), true));
    }

    @Test
    void whatNeverBeganIsSafeToTryAgainUnlessThisServerCanNeverTakeIt() {
        assertThat(notBegun(new Cause.Lost(Stage.MAIL, Trouble.RESET, "reset")))
                .isEqualTo(new Outcome.Unreachable("reset"));
        assertThat(notBegun(new Cause.Withdrawn("withdrawn")))
                .isEqualTo(new Outcome.NotSent("withdrawn"));
        assertThat(notBegun(new Cause.ContentFailed("unread")))
                .isInstanceOf(Outcome.Unreachable.class);
        assertThat(notBegun(new Cause.Broken(Stage.MAIL, "nonsense")))
                .isEqualTo(new Outcome.Broken("nonsense"));
        assertThat(notBegun(new Cause.Unsupported("SMTPUTF8")))
                .isInstanceOf(Outcome.Unsendable.class);
        assertThat(notBegun(new Cause.TooLarge(2, 1))).isInstanceOf(Outcome.Unsendable.class);
    }

    @Test
    void aServerThatClosesAsksToComeBackLaterUnlessItNamesALimit() {
        assertThat(notBegun(new Cause.Closing(reply(421, "4.4.2", "Timeout"))))
                .isInstanceOf(Outcome.Deferred.class);
        assertThat(notBegun(new Cause.Closing(reply(421, "4.7.0", "Error: too many errors"))))
                .isInstanceOf(Outcome.Deferred.class);
        assertThat(notBegun(new Cause.Closing(reply(421, "4.7.0", "Too many messages"))))
                .isInstanceOf(Outcome.Throttled.class);
    }

    @Test
    void noReplyAfterTheEndOfDataIsUnknown() {
        assertThat(
                        of(
                                new Result.Unknown(
                                        new Cause.Lost(Stage.END_OF_DATA, Trouble.RESET, "reset"))))
                .isInstanceOf(Outcome.Unknown.class);
    }

    private Outcome of(Opening.Failed failed) {
        return read.of(failed);
    }

    private Outcome of(Result result) {
        return read.of(two, result, false);
    }

    private Outcome notBegun(Cause cause) {
        return of(new Result.NotBegun(cause));
    }

    /** The replies to each RCPT; null for one that was taken there and shares the message's end. */
    private static Result settled(Stage stage, Reply reply, @Nullable Reply... recipients) {
        var results = new ArrayList<RecipientResult>();
        for (var one : recipients) {
            var address = "r" + results.size() + "@example.org";
            results.add(
                    one == null || one.equals(OK)
                            ? at(address, stage, reply)
                            : at(address, Stage.RCPT, one));
        }
        return new Result.Settled(stage, reply, results);
    }

    private static RecipientResult at(String address, Stage stage, Reply reply) {
        return new RecipientResult(Recipient.of(address), stage, reply);
    }

    private static RecipientTurnedAway away(int position, Reply reply, boolean forGood) {
        return new RecipientTurnedAway(position, words(reply), forGood);
    }

    private static ServerReply words(Reply reply) {
        return new ServerReply(
                reply.code(),
                Optional.ofNullable(reply.enhanced()).map(Object::toString),
                reply.text());
    }

    private static Reply reply(int code, @Nullable String enhanced, String text) {
        if (enhanced == null) {
            return new Reply(code, null, List.of(text));
        }
        var numbers = Arrays.stream(enhanced.split("\\.")).mapToInt(Integer::parseInt).toArray();
        return new Reply(code, new EnhancedCode(numbers[0], numbers[1], numbers[2]), List.of(text));
    }
}
