package dev.postrider.door.api.change;

import dev.postrider.http.Fields;
import dev.postrider.http.Id;
import dev.postrider.identity.Caller;
import dev.postrider.mailbox.Mailbox;
import dev.postrider.mailbox.Mailboxes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Reads to which mailbox emails are to move. */
@Singleton
final class MoveTargets {
    private static final int UUID_LENGTH = 36;

    private final Mailboxes mailboxes;

    MoveTargets(Mailboxes mailboxes) {
        this.mailboxes = mailboxes;
    }

    /**
     * A mailbox that the caller may use.
     *
     * @param addresses which it sends as, in lower case
     */
    record Target(UUID mailbox, List<String> addresses) {
        static Target of(Mailbox mailbox) {
            var addresses = new ArrayList<>(mailbox.options().aliases());
            addresses.add(mailbox.address().toLowerCase(Locale.ROOT));
            return new Target(mailbox.id(), List.copyOf(addresses));
        }
    }

    /** Empty beside an error. */
    Optional<Target> in(Fields fields, Caller caller) {
        var id = Id.parse(fields.text("mailbox_id", UUID_LENGTH));
        var target =
                id.flatMap(uuid -> mailboxes.find(caller.workspaceId(), uuid))
                        .filter(mailbox -> caller.mayUse(mailbox.id(), mailbox.userId()))
                        .map(Target::of);
        if (target.isEmpty() && !fields.names("mailbox_id")) {
            fields.error("mailbox_id", "is no mailbox that you may use: GET /mailboxes lists them");
        }
        return target;
    }
}
