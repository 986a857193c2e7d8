package dev.postrider.flow.settle;

import static dev.postrider.email.Emails.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.email.Attempt;
import dev.postrider.email.DueEmail;
import dev.postrider.email.EmailState;
import dev.postrider.email.Emails;
import dev.postrider.email.NextStep;
import dev.postrider.email.NextStep.Decided;
import dev.postrider.email.Outcome;
import dev.postrider.email.Outcome.RecipientTurnedAway;
import dev.postrider.email.RecipientState;
import dev.postrider.email.SenderRequest;
import dev.postrider.email.ServerReply;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@SuppressWarnings("EnumOrdinal") // the table has a column for each, in order
final class DecideNextTest {
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(3);
    private static final Duration WAIT = Duration.ofMinutes(1);
    private static final ServerReply OK = new ServerReply(250, Optional.of("2.0.0"), "Ok");
    private static final ServerReply LATER = new ServerReply(450, Optional.of("4.2.1"), "Later");
    private static final ServerReply NO = new ServerReply(550, Optional.of("5.1.1"), "No");

    private final DecideNext decide =
            new DecideNext(new RetrySchedule(WAIT, WAIT), () -> NOW, new Random(1));

    @SuppressWarnings("ImmutableEnumChecker") // its records are immutable
    enum Ending {
        ACCEPTED(new Outcome.Accepted(OK, List.of())),
        DEFERRED(new Outcome.Deferred(LATER, List.of())),
        REFUSED(new Outcome.Refused(NO, List.of(), false)),
        RECIPIENT_REFUSED(
                new Outcome.Refused(NO, List.of(new RecipientTurnedAway(0, NO, true)), true)),
        UNSENDABLE(new Outcome.Unsendable("too large")),
        THROTTLED(new Outcome.Throttled(LATER, Duration.ofHours(1))),
        LOGIN_REFUSED(new Outcome.LoginRefused("535")),
        UNREACHABLE(new Outcome.Unreachable("down")),
        BROKEN(new Outcome.Broken("TLS")),
        UNKNOWN(new Outcome.Unknown("cut")),
        TO_BE_FOUND(new Outcome.Unknown("cut", true)),
        STILL_UNKNOWN(new Outcome.StillUnknown("not there yet", LOOK_AGAIN));

        private final Outcome outcome;

        Ending(Outcome outcome) {
            this.outcome = outcome;
        }
    }

    /**
     * {@code again} waits its turn, {@code resend} is the one resend, {@code pause} the server's;
     * {@code look} and {@code later}: the mailbox is asked before anything is sent.
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            useHeadersInDisplayName = true,
            textBlock =
                    """
                    SITUATION                  | ACCEPTED | DEFERRED | REFUSED | RECIPIENT_REFUSED | UNSENDABLE | THROTTLED | LOGIN_REFUSED | UNREACHABLE | BROKEN  | UNKNOWN | TO_BE_FOUND | STILL_UNKNOWN
                    FIRST                      | sent     | again    | refused | refused           | refused    | pause     | at once       | again       | again   | resend  | look        | later
                    LATER                      | sent     | again    | refused | refused           | refused    | pause     | at once       | again       | again   | resend  | look        | later
                    AWAITED                    | sent     | again    | refused | refused           | refused    | pause     | forgotten     | again       | failed  | resend  | look        | later
                    REPORTED                   | sent     | again    | refused | refused           | refused    | pause     | at once       | again       | again   | unknown | look        | later
                    RESENT                     | sent     | again    | unknown | unknown           | unknown    | pause     | at once       | again       | again   | unknown | look        | later
                    IN_DOUBT                   | sent     | again    | unknown | unknown           | unknown    | pause     | at once       | again       | again   | unknown | look        | later
                    IN_DOUBT_REPORTED          | sent     | again    | unknown | unknown           | unknown    | pause     | at once       | again       | again   | unknown | look        | later
                    IN_DOUBT_AT_ITS_END        | sent     | unknown  | unknown | unknown           | unknown    | unknown   | at once       | unknown     | unknown | unknown | unknown     | unknown
                    CANCELED                   | sent     | again    | unknown | unknown           | unknown    | pause     | at once       | again       | again   | unknown | look        | later
                    RETRIED                    | sent     | again    | unknown | unknown           | unknown    | pause     | at once       | again       | again   | unknown | look        | later
                    RETRIED_BY_SMTP            | sent     | again    | unknown | unknown           | unknown    | pause     | at once       | again       | again   | unknown | look        | later
                    PARTLY_ACCEPTED            | sent     | again    | sent    | sent              | sent       | pause     | at once       | again       | again   | resend  | look        | later
                    AT_ITS_END                 | sent     | failed   | refused | refused           | refused    | failed    | at once       | failed      | failed  | unknown | unknown     | unknown
                    RESENT_AT_ITS_END          | sent     | unknown  | unknown | unknown           | unknown    | unknown   | at once       | unknown     | unknown | unknown | unknown     | unknown
                    PARTLY_ACCEPTED_AT_ITS_END | sent     | failed   | sent    | sent              | sent       | failed    | at once       | failed      | failed  | unknown | unknown     | unknown
                    """)
    void eachOutcomeLeadsToWhatTheTableSays(
            Situation situation,
            String accepted,
            String deferred,
            String refused,
            String recipientRefused,
            String unsendable,
            String throttled,
            String loginRefused,
            String unreachable,
            String broken,
            String unknown,
            String toBeFound,
            String stillUnknown) {
        var expected =
                List.of(
                        accepted,
                        deferred,
                        refused,
                        recipientRefused,
                        unsendable,
                        throttled,
                        loginRefused,
                        unreachable,
                        broken,
                        unknown,
                        toBeFound,
                        stillUnknown);
        for (var ending : Ending.values()) {
            assertThat(named(after(situation.email(), ending.outcome)))
                    .as("%s, %s", situation, ending)
                    .isEqualTo(expected.get(ending.ordinal()));
        }
    }

    /** A begun attempt ends in an arrow that leaves {@code sending}. */
    @ParameterizedTest
    @EnumSource
    void noDecisionTakesAnArrowThatIsNotDrawn(Situation situation) {
        for (var ending : Ending.values()) {
            assertThat(EmailState.SENDING.next())
                    .as("%s", ending)
                    .containsAll(states(after(situation.email(), ending.outcome)));
        }
    }

    /** The outcomes of attempts that never began leave {@code queued}. */
    @ParameterizedTest
    @EnumSource(names = {"FIRST", "AWAITED", "LATER", "AT_ITS_END"})
    void noDecisionAboutWhatNeverBeganTakesAnArrowThatIsNotDrawn(Situation situation) {
        var neverBegun =
                EnumSet.complementOf(
                        EnumSet.of(
                                Ending.ACCEPTED,
                                Ending.RECIPIENT_REFUSED,
                                Ending.UNKNOWN,
                                Ending.TO_BE_FOUND,
                                Ending.STILL_UNKNOWN));
        for (var ending : neverBegun) {
            assertThat(EmailState.QUEUED.next())
                    .as("%s", ending)
                    .containsAll(states(after(situation.email(), ending.outcome)));
        }
    }

    private static Set<EmailState> states(NextStep next) {
        return switch (next) {
            case NextStep.Ended(var state, _, _) -> Set.of(state);
            case NextStep.Again _, NextStep.PutBack _ -> Set.of(EmailState.QUEUED);
            case NextStep.Discarded _ -> Set.of();
        };
    }

    @Test
    void whoWasTurnedAwayForGoodIsDecidedAndTheOthersStayOpen() {
        var email = Emails.one().to(3).email();
        var others =
                List.of(
                        new RecipientTurnedAway(1, LATER, false),
                        new RecipientTurnedAway(2, NO, true));

        var next = after(email, new Outcome.Accepted(OK, others));

        assertThat(next).isInstanceOf(NextStep.Again.class);
        assertThat(next.decided())
                .containsExactlyInAnyOrder(
                        new Decided(0, RecipientState.ACCEPTED, Optional.of(OK)),
                        new Decided(2, RecipientState.REFUSED, Optional.of(NO)));
    }

    @Test
    void anEmailThatTheServerTookForAllWhomItDidNotRefuseIsSent() {
        var email = Emails.one().to(2).email();

        var next =
                after(
                        email,
                        new Outcome.Accepted(OK, List.of(new RecipientTurnedAway(1, NO, true))));

        assertThat(named(next)).isEqualTo("sent");
        assertThat(next.decided())
                .containsExactlyInAnyOrder(
                        new Decided(0, RecipientState.ACCEPTED, Optional.of(OK)),
                        new Decided(1, RecipientState.REFUSED, Optional.of(NO)));
    }

    @Test
    void eachRefusedRecipientKeepsItsOwnReply() {
        var other = new ServerReply(553, Optional.of("5.1.2"), "No domain");
        var email = Emails.one().to(2).email();

        var next =
                after(
                        email,
                        new Outcome.Refused(
                                NO,
                                List.of(
                                        new RecipientTurnedAway(0, NO, true),
                                        new RecipientTurnedAway(1, other, true)),
                                true));

        assertThat(next.decided())
                .containsExactly(
                        new Decided(0, RecipientState.REFUSED, Optional.of(NO)),
                        new Decided(1, RecipientState.REFUSED, Optional.of(other)));
    }

    @Test
    void aRecipientKeepsItsPlaceInTheEnvelopeWhenOthersAreDone() {
        var email = Emails.one().stillTo(Emails.recipient(4)).email();

        assertThat(after(email, new Outcome.Accepted(OK, List.of())).decided())
                .containsExactly(new Decided(4, RecipientState.ACCEPTED, Optional.of(OK)));
    }

    @Test
    void whatIsGivenUpAfterAResendIsUnknownForAllWhoAreOpen() {
        var email = Emails.one().to(2).resent().atItsEnd().email();

        var next =
                after(
                        email,
                        new Outcome.Deferred(LATER, List.of(new RecipientTurnedAway(0, NO, true))));

        assertThat(named(next)).isEqualTo("unknown");
        assertThat(next.decided())
                .containsExactly(
                        new Decided(0, RecipientState.REFUSED, Optional.of(NO)),
                        new Decided(1, RecipientState.UNKNOWN, Optional.empty()));
    }

    /** Some servers refuse a copy because they have the first. */
    @Test
    void aResendThatIsRefusedLeavesItUnknownAndKeepsTheReply() {
        var email = Emails.one().to(2).resent().email();

        var next = after(email, new Outcome.Refused(NO, List.of(), false));

        assertThat(next)
                .isEqualTo(
                        new NextStep.Ended(
                                EmailState.UNKNOWN,
                                "Refused, but an earlier attempt may have reached the server. The"
                                        + " server refused the message: 550 5.1.1 No",
                                List.of(
                                        new Decided(0, RecipientState.UNKNOWN, Optional.of(NO)),
                                        new Decided(1, RecipientState.UNKNOWN, Optional.of(NO)))));
    }

    @Test
    void aLookThatFindsNothingAtTheEndOfItsTimeLeavesItUnknownForAll() {
        var email = Emails.one().to(2).inDoubt().atItsEnd().email();

        var next = after(email, new Outcome.StillUnknown("Not there yet.", LOOK_AGAIN));

        assertThat(next)
                .isEqualTo(
                        new NextStep.Ended(
                                EmailState.UNKNOWN,
                                "Not there yet.",
                                List.of(
                                        new Decided(0, RecipientState.UNKNOWN, Optional.empty()),
                                        new Decided(1, RecipientState.UNKNOWN, Optional.empty()))));
    }

    @Test
    void whatWasCanceledMeanwhileSaysSoWhateverComesOfTheLook() {
        var email = Emails.one().inDoubtAnd(SenderRequest.CANCEL).email();

        assertThat(reason(after(email, new Outcome.Accepted(OK, List.of()))))
                .isEqualTo("Canceled, but it had been sent. 250 2.0.0 Ok");
        assertThat(reason(after(email, new Outcome.Unknown("It isn't there."))))
                .isEqualTo("Canceled, but it may have been sent. It isn't there.");
        assertThat(reason(after(email, new Outcome.StillUnknown("Not yet.", LOOK_AGAIN))))
                .isEqualTo(
                        "Canceled, but it may have been sent: that is still to be"
                                + " found out. Not yet.");
    }

    private static String reason(NextStep next) {
        return switch (next) {
            case NextStep.Ended ended -> ended.reason();
            case NextStep.Again again -> again.reason();
            case NextStep.PutBack back -> back.reason();
            case NextStep.Discarded discarded -> discarded.reason();
        };
    }

    @Test
    void recipientsOfTheNextTransactionFollowAtOnceAndTheirCallerGoesOnWaiting() {
        var email = Emails.one().to(2).email();
        var next =
                after(
                        email,
                        new Outcome.Accepted(
                                OK, List.of(new RecipientTurnedAway(1, LATER, false, true))));

        assertThat(next)
                .isInstanceOfSatisfying(
                        NextStep.Again.class,
                        again -> {
                            assertThat(again.dueAt()).isEqualTo(NOW);
                            assertThat(again.goesOn()).isTrue();
                            assertThat(again.decided())
                                    .containsExactly(
                                            new Decided(
                                                    0, RecipientState.ACCEPTED, Optional.of(OK)));
                        });
    }

    @Test
    void whatNeverLeftIsPutBackDueAtOnce() {
        assertThat(after(Emails.one().email(), new Outcome.NotSent("ended")))
                .isEqualTo(new NextStep.PutBack(NOW, "ended"));
    }

    private NextStep after(DueEmail email, Outcome outcome) {
        return decide.after(
                new Attempt(email, 1, true, NOW, Optional.empty(), Optional.empty(), outcome));
    }

    private static String named(NextStep next) {
        return switch (next) {
            case NextStep.Ended(var state, _, _) -> state.text();
            case NextStep.Discarded _ -> "forgotten";
            case NextStep.PutBack(var dueAt, _) ->
                    dueAt.equals(NOW.plus(LOOK_AGAIN)) ? "later" : "put back";
            case NextStep.Again(var dueAt, var resend, _, _, _, var unknownSince) -> {
                var wait = Duration.between(NOW, dueAt);
                if (wait.isZero()) {
                    yield "at once";
                }
                if (wait.equals(Duration.ofHours(1))) {
                    yield "pause";
                }
                assertThat(wait).isBetween(Duration.ofSeconds(5), WAIT);
                yield unknownSince.isPresent() ? "look" : resend ? "resend" : "again";
            }
        };
    }
}
