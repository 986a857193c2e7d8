package dev.postrider.mailbox.http;

import dev.postrider.http.Fields;
import dev.postrider.identity.Caller;
import dev.postrider.mailbox.Mailbox;
import dev.postrider.mailbox.MailboxChange;
import dev.postrider.mailbox.MailboxState;
import dev.postrider.transport.Kinds;
import dev.postrider.transport.TransportSetup;
import java.util.Optional;

/** Reads what a mailbox is to become. */
final class ParseChange {
    private final Fields fields;
    private final Kinds kinds;

    ParseChange(Fields fields, Kinds kinds) {
        this.fields = fields;
        this.kinds = kinds;
    }

    MailboxChange of(Mailbox mailbox, Caller caller) throws InterruptedException {
        for (var fixed : new String[] {"address", "provider"}) {
            if (fields.has(fixed)) {
                fields.error(fixed, "can't be changed: connect another mailbox");
            }
        }
        var settings = settings(mailbox);
        return new MailboxChange(
                mailbox,
                fields.has("display_name")
                        ? ParseIdentity.displayName(fields, mailbox.address())
                        : mailbox.displayName(),
                settings.map(TransportSetup::transport).orElse(mailbox.transport()),
                settings.flatMap(TransportSetup::secret),
                state(mailbox, settings.isPresent(), caller),
                new ParseOptions(fields).changing(mailbox.options()));
    }

    private Optional<TransportSetup> settings(Mailbox mailbox) throws InterruptedException {
        var transport = mailbox.transport();
        ParseTransport.refuseOthers(fields, kinds, transport.kind());
        return fields.has(transport.kind())
                ? Optional.of(
                        transport.change(
                                mailbox.workspaceId(),
                                fields.object(transport.kind()),
                                mailbox.address()))
                : Optional.empty();
    }

    private MailboxState state(Mailbox mailbox, boolean hasNewSettings, Caller caller) {
        var before = mailbox.state();
        var wanted = fields.optionalText("state", 16);
        if (wanted.isEmpty()) {
            return before instanceof MailboxState.Held && hasNewSettings
                    ? new MailboxState.Active()
                    : before;
        }
        return switch (wanted.get()) {
            case "active" -> new MailboxState.Active();
            case "paused" ->
                    before instanceof MailboxState.Paused ? before : paused(mailbox, caller);
            case String _ -> {
                fields.error("state", "must be \"active\" or \"paused\"");
                yield before;
            }
        };
    }

    private static MailboxState paused(Mailbox mailbox, Caller caller) {
        var isOwn = mailbox.userId().equals(Optional.of(caller.userId()));
        return new MailboxState.Paused(
                isOwn ? "Paused by its user." : "Paused by an admin of the workspace.");
    }
}
