package dev.postrider.flow.settle;

import dev.postrider.email.NextStep;
import dev.postrider.email.RecipientState;
import dev.postrider.event.EmailEvent;
import dev.postrider.event.EventType;
import dev.postrider.flow.store.Settlement;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;

/** What webhooks are to be told of an attempt that is settled. */
final class AttemptEvents {
    private AttemptEvents() {}

    static Stream<EmailEvent> of(Settlement one) {
        var email = one.attempt().email().key();
        return types(one).stream().map(type -> EmailEvent.now(email, type, one.reason()));
    }

    private static Set<EventType> types(Settlement one) {
        var types = new LinkedHashSet<EventType>();
        switch (one.next()) {
            case NextStep.Ended(var state, _, _) -> EventType.ofEnd(state).ifPresent(types::add);
            case NextStep.Again again -> {
                // the first delay is news, the later ones are the same news
                if (!again.goesOn() && one.attempt().email().attempts() == 0) {
                    types.add(EventType.EMAIL_DELIVERY_DELAYED);
                }
            }
            case NextStep.Discarded _, NextStep.PutBack _ -> {}
        }
        // some recipients may be refused whatever became of the others
        if (one.next().decided().stream()
                .anyMatch(each -> each.state() == RecipientState.REFUSED)) {
            types.add(EventType.EMAIL_BOUNCED);
        }
        return types;
    }
}
