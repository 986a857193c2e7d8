package dev.postrider.mailbox.http;

import dev.postrider.http.Fields;
import dev.postrider.identity.Caller;
import dev.postrider.mailbox.Mailbox;
import dev.postrider.mailbox.MailboxChange;
import dev.postrider.mailbox.MailboxState;
import dev.postrider.transport.Provider;
import dev.postrider.transport.smtp.KnownProviders;
import dev.postrider.transport.smtp.ReadSmtp;
import dev.postrider.transport.smtp.SmtpSettings;
import java.util.Optional;

/** Reads what a mailbox is to become. */
final class ParseChange {
    private final Fields fields;
    private final KnownProviders providers;

    ParseChange(Fields fields, KnownProviders providers) {
        this.fields = fields;
        this.providers = providers;
    }

    MailboxChange of(Mailbox mailbox, Caller caller) {
        for (var fixed : new String[] {"address", "provider"}) {
            if (fields.has(fixed)) {
                fields.error(fixed, "can't be changed: connect another mailbox");
            }
        }
        var settings = settings(mailbox);
        return new MailboxChange(
                mailbox,
                fields.has("display_name")
                        ? ParseIdentity.displayName(fields)
                        : mailbox.displayName(),
                settings.<Provider>map(SmtpSettings::provider).orElse(mailbox.provider()),
                settings.flatMap(SmtpSettings::password),
                state(mailbox, settings.isPresent(), caller),
                new ParseOptions(fields).changing(mailbox.conduct()));
    }

    private Optional<SmtpSettings> settings(Mailbox mailbox) {
        if (!fields.has("smtp")) {
            return Optional.empty();
        }
        return switch (mailbox.provider()) {
            case Provider.Smtp before ->
                    Optional.of(
                            new ReadSmtp(fields.object("smtp"), mailbox.address(), providers)
                                    .changing(before));
            case Provider.Sandbox _ -> {
                fields.error("smtp", "belongs to the provider smtp, not to a sandbox");
                yield Optional.empty();
            }
        };
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
