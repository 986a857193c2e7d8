package dev.postrider.flow.store;

import dev.postrider.email.Content;
import dev.postrider.email.DueEmail;
import dev.postrider.email.EmailKey;
import dev.postrider.email.LaneKey;
import dev.postrider.email.OnUnknown;
import dev.postrider.email.Recipient;
import dev.postrider.email.SenderRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * An email whose turn it is, from its row with its open recipients and, when small, its content.
 */
final class MapDueEmail implements RowMapper<DueEmail> {
    @Override
    public DueEmail map(ResultSet row, StatementContext context) throws SQLException {
        var workspace = row.getObject("workspace_id", UUID.class);
        var key = new EmailKey(workspace, row.getObject("id", UUID.class));
        return new DueEmail(
                key,
                new LaneKey(workspace, row.getObject("mailbox_id", UUID.class)),
                row.getString("message_id"),
                row.getString("sender"),
                recipients(row),
                row.getBoolean("partly_accepted"),
                content(key, row),
                row.getBoolean("eight_bit"),
                row.getBoolean("smtputf8"),
                row.getInt("attempts") - (row.getString("state").equals("sending") ? 1 : 0),
                row.getInt("resends"),
                Optional.ofNullable(row.getTimestamp("unknown_since")).map(Timestamp::toInstant),
                Optional.ofNullable(row.getString("asked")).map(SenderRequest::of),
                OnUnknown.of(row.getString("on_unknown")),
                row.getBoolean("awaited"),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("give_up_at").toInstant());
    }

    private static Content content(EmailKey key, ResultSet row) throws SQLException {
        var bytes = row.getBytes("bytes");
        return bytes == null ? new Content.Stored(key, row.getInt("octets")) : Content.of(bytes);
    }

    private static List<Recipient> recipients(ResultSet row) throws SQLException {
        var positions = (Short[]) row.getArray("positions").getArray();
        var kinds = (String[]) row.getArray("kinds").getArray();
        var addresses = (String[]) row.getArray("addresses").getArray();
        var recipients = new ArrayList<Recipient>(positions.length);
        for (var i = 0; i < positions.length; i++) {
            recipients.add(
                    new Recipient(
                            positions[i],
                            Recipient.Kind.valueOf(kinds[i].toUpperCase(Locale.ROOT)),
                            addresses[i]));
        }
        return recipients;
    }
}
