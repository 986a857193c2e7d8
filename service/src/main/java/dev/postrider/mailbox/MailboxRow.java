package dev.postrider.mailbox;

import dev.postrider.credential.Login;
import dev.postrider.transport.OwnLimits;
import dev.postrider.transport.Provider;
import dev.postrider.transport.Transport;
import dev.postrider.transport.smtp.SmtpServer;
import dev.postrider.transport.smtp.Tls;
import dev.postrider.vault.Vault;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A mailbox as it is stored, its secret sealed. */
final class MailboxRow {
    private static final String UNREADABLE =
            "Credentials unreadable: they were sealed with a master key that isn't there any more. Give"
                    + " the password again.";

    private final Mailbox mailbox;
    private final byte[] sealed;

    private MailboxRow(Mailbox mailbox, byte[] sealed) {
        this.mailbox = mailbox;
        this.sealed = sealed;
    }

    static MailboxRow withSecret(ResultSet row) throws SQLException {
        var sealed = row.getBytes("secret");
        return new MailboxRow(read(row), sealed == null ? new byte[0] : sealed);
    }

    static Mailbox read(ResultSet row) throws SQLException {
        return new Mailbox(
                row.getObject("workspace_id", UUID.class),
                row.getObject("id", UUID.class),
                Optional.ofNullable(row.getObject("user_id", UUID.class)),
                row.getString("address"),
                Optional.ofNullable(row.getString("display_name")),
                provider(row),
                state(row.getString("state"), row.getString("reason")),
                conduct(row),
                instant(row, "created_at"),
                instant(row, "updated_at"));
    }

    Mailbox mailbox() {
        return mailbox;
    }

    LoadedMailbox open(Vault vault) {
        return switch (mailbox.provider()) {
            case Provider.Sandbox _ -> new LoadedMailbox.Ready(mailbox, new Transport.Sandbox());
            case Provider.Smtp(var server, var username) -> {
                if (username.isEmpty()) {
                    yield new LoadedMailbox.Ready(
                            mailbox, new Transport.Smtp(server, Optional.empty()));
                }
                yield vault.open(sealed, mailbox.id())
                        .map(password -> new Login(username.get(), password))
                        .map(login -> new Transport.Smtp(server, Optional.of(login)))
                        .<LoadedMailbox>map(
                                transport -> new LoadedMailbox.Ready(mailbox, transport))
                        .orElseGet(() -> new LoadedMailbox.Unreadable(mailbox, UNREADABLE));
            }
        };
    }

    private static MailboxOptions conduct(ResultSet row) throws SQLException {
        return new MailboxOptions(
                row.getBoolean("is_default"),
                List.of((String[]) row.getArray("aliases").getArray()),
                new OwnLimits(
                        limit(row, "messages_per_minute"),
                        limit(row, "messages_per_day"),
                        limit(row, "recipients_per_day"),
                        limit(row, "connections")));
    }

    private static Optional<Integer> limit(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, Integer.class));
    }

    private static Provider provider(ResultSet row) throws SQLException {
        return switch (row.getString("provider")) {
            case "smtp" ->
                    new Provider.Smtp(
                            new SmtpServer(
                                    row.getString("host"),
                                    row.getInt("port"),
                                    Tls.parse(row.getString("tls")).orElseThrow(),
                                    Optional.ofNullable(row.getString("ca"))),
                            Optional.ofNullable(row.getString("username")));
            case "sandbox" -> new Provider.Sandbox();
            case String other -> throw new IllegalStateException("provider " + other);
        };
    }

    private static MailboxState state(String state, String reason) {
        return switch (state) {
            case "active" -> new MailboxState.Active();
            case "held" -> new MailboxState.Held(reason);
            case "paused" -> new MailboxState.Paused(reason);
            case String other -> throw new IllegalStateException("state " + other);
        };
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
