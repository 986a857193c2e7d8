package dev.postrider.mailbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.postrider.credential.Credential;
import dev.postrider.transport.Kinds;
import dev.postrider.transport.LimitOverrides;
import dev.postrider.transport.Transport;
import dev.postrider.vault.Vault;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A mailbox as it is stored, its secret sealed. */
public final class MailboxRow {
    private static final String UNREADABLE =
            "Credentials unreadable: they were encrypted with a master key that isn't"
                    + " there any more. Give the password again.";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Mailbox mailbox;
    private final long version;
    private final byte[] sealed;

    private MailboxRow(Mailbox mailbox, long version, byte[] sealed) {
        this.mailbox = mailbox;
        this.version = version;
        this.sealed = sealed;
    }

    static MailboxRow withSecret(ResultSet row, Kinds kinds) throws SQLException {
        var sealed = row.getBytes("secret");
        return new MailboxRow(
                read(row, kinds),
                row.getLong("credential_version"),
                sealed == null ? new byte[0] : sealed);
    }

    public static Mailbox read(ResultSet row, Kinds kinds) throws SQLException {
        return new Mailbox(
                row.getObject("workspace_id", UUID.class),
                row.getObject("id", UUID.class),
                Optional.ofNullable(row.getObject("user_id", UUID.class)),
                row.getString("address"),
                Optional.ofNullable(row.getString("display_name")),
                transport(row, kinds),
                state(row),
                instant(row, "state_since"),
                options(row),
                instant(row, "created_at"),
                instant(row, "updated_at"));
    }

    public Mailbox mailbox() {
        return mailbox;
    }

    LoadedMailbox open(Vault vault) {
        if (!mailbox.transport().needsCredential()) {
            return new LoadedMailbox.Ready(mailbox, Optional.empty());
        }
        return vault.open(sealed, mailbox.id())
                .map(secret -> new Credential(secret, version))
                .<LoadedMailbox>map(
                        credential -> new LoadedMailbox.Ready(mailbox, Optional.of(credential)))
                .orElseGet(() -> new LoadedMailbox.Unreadable(mailbox, version, UNREADABLE));
    }

    private static MailboxOptions options(ResultSet row) throws SQLException {
        return new MailboxOptions(
                row.getBoolean("is_default"),
                List.of((String[]) row.getArray("aliases").getArray()),
                new LimitOverrides(
                        limit(row, "messages_per_minute"),
                        limit(row, "messages_per_day"),
                        limit(row, "recipients_per_day"),
                        limit(row, "connections")));
    }

    private static Optional<Integer> limit(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, Integer.class));
    }

    private static Transport transport(ResultSet row, Kinds kinds) throws SQLException {
        var name = row.getString("provider");
        var kind =
                kinds.named(name).orElseThrow(() -> new IllegalStateException("provider " + name));
        try {
            return kind.restore(JSON.readTree(row.getString("settings")));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static MailboxState state(ResultSet row) throws SQLException {
        var reason = row.getString("reason");
        return switch (row.getString("state")) {
            case "active" -> new MailboxState.Active();
            case "held" ->
                    new MailboxState.Held(new HoldReason(row.getString("reason_code"), reason));
            case "paused" -> new MailboxState.Paused(reason);
            case String other -> throw new IllegalStateException("state " + other);
        };
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
