package dev.postrider.flow.store;

import dev.postrider.email.EmailKey;
import dev.postrider.email.EmailState;
import dev.postrider.event.EmailEvent;
import dev.postrider.event.EventType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.stream.Stream;

/**
 * An email that was canceled.
 *
 * @param state canceled; or sent, where some recipients had got it before
 */
record CanceledEmail(EmailKey email, EmailState state, String reason) {
    static CanceledEmail of(EmailKey email, ResultSet row) throws SQLException {
        return new CanceledEmail(
                email, EmailState.of(row.getString("state")), row.getString("reason"));
    }

    /** What webhooks are to be told: that it is canceled, and that it was sent where it was. */
    Stream<EmailEvent> events() {
        return Stream.concat(
                state == EmailState.SENT
                        ? Stream.of(EmailEvent.now(email, EventType.EMAIL_SENT, reason))
                        : Stream.empty(),
                Stream.of(EmailEvent.now(email, EventType.EMAIL_CANCELED, reason)));
    }
}
