package dev.postrider.flow.settle;

import dev.postrider.email.DueEmail;
import dev.postrider.email.Emails;
import dev.postrider.email.SenderRequest;

/** What is known of an email when an attempt of it ends. */
@SuppressWarnings("ImmutableEnumChecker") // the emails are immutable
enum Situation {
    FIRST(Emails.one()),
    LATER(Emails.one().after(5)),
    AWAITED(Emails.one().awaited()),
    REPORTED(Emails.one().reported()),
    RESENT(Emails.one().after(1).resent()),
    IN_DOUBT(Emails.one().after(1).inDoubt()),
    IN_DOUBT_REPORTED(Emails.one().after(1).inDoubt().reported()),
    IN_DOUBT_AT_ITS_END(Emails.one().after(9).inDoubt().atItsEnd()),
    CANCELED(Emails.one().after(1).inDoubtAnd(SenderRequest.CANCEL)),
    RETRIED(Emails.one().after(2).resent().inDoubtAnd(SenderRequest.RETRY)),
    RETRIED_BY_SMTP(Emails.one().after(2).resent()),
    PARTLY_ACCEPTED(Emails.one().after(1).partlyAccepted()),
    AT_ITS_END(Emails.one().after(9).atItsEnd()),
    RESENT_AT_ITS_END(Emails.one().after(9).resent().atItsEnd()),
    PARTLY_ACCEPTED_AT_ITS_END(Emails.one().after(9).partlyAccepted().atItsEnd());

    private final Emails emails;

    Situation(Emails emails) {
        this.emails = emails;
    }

    DueEmail email() {
        return emails.email();
    }
}
