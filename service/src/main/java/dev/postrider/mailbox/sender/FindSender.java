package dev.postrider.mailbox.sender;

import dev.postrider.mailbox.Mailbox;
import dev.postrider.mailbox.MailboxRow;
import dev.postrider.postgres.Column;
import dev.postrider.transport.Kind;
import dev.postrider.transport.Kinds;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Finds the mailboxes that senders name, or leave out. */
public final class FindSender {
    private static final String SENDING_AS =
            """
            select asked.place, false as by_alias, account.id as account_id, mailbox.*
            from unnest(:workspaces, :addresses) with ordinality as asked(workspace_id, sender, place)
            join mailbox
              on mailbox.workspace_id = asked.workspace_id
             and lower(mailbox.address) = asked.sender
            left join user_account account
              on lower(account.email) = asked.sender
             and account.workspace_id = asked.workspace_id
            union all
            select asked.place, true as by_alias, account.id as account_id, mailbox.*
            from unnest(:workspaces, :addresses) with ordinality as asked(workspace_id, sender, place)
            join mailbox
              on mailbox.workspace_id = asked.workspace_id
             and mailbox.aliases @> array[asked.sender]
             and lower(mailbox.address) <> asked.sender
            left join user_account account
              on lower(account.email) = asked.sender
             and account.workspace_id = asked.workspace_id
            """;

    private static final String DEFAULTS =
            """
            select asked.place, chosen.*
            from unnest(:workspaces, :users, :kinds) with ordinality
                as asked(workspace_id, user_id, kinds, place)
            cross join lateral (select *
                                from mailbox
                                where workspace_id = asked.workspace_id
                                  and user_id = asked.user_id
                                  and (asked.kinds = ''
                                       or provider = any(string_to_array(asked.kinds, ',')))
                                order by is_default desc, provider = any(:pretending), id
                                limit 1) as chosen
            """;

    /** An address in a workspace, in lower case. */
    public record Sender(UUID workspaceId, String address) {}

    /**
     * Whose default.
     *
     * @param kinds of transport that it may be of; none for any
     */
    public record Owner(UUID workspaceId, UUID userId, Set<String> kinds) {}

    private FindSender() {}

    /** All that say they send as an address. */
    public static Map<Sender, List<SenderCandidate>> sendingAs(
            Handle handle, Set<Sender> senders, Kinds kinds) {
        var asked = List.copyOf(senders);
        var found = new HashMap<Sender, List<SenderCandidate>>();
        handle.createQuery(SENDING_AS)
                .bind("workspaces", Column.of(asked, UUID.class, Sender::workspaceId))
                .bind("addresses", Column.of(asked, String.class, Sender::address))
                .map((row, _) ->
                        Map.entry(asked.get(row.getInt("place") - 1), candidate(row, kinds)))
                .forEach(each ->
                        found.computeIfAbsent(each.getKey(), _ -> new ArrayList<>())
                                .add(each.getValue()));
        return found;
    }

    /** The one that sends for a user who names none. */
    public static Map<Owner, Mailbox> defaults(Handle handle, Set<Owner> owners, Kinds kinds) {
        var asked = List.copyOf(owners);
        var found = new HashMap<Owner, Mailbox>();
        handle.createQuery(DEFAULTS)
                .bind("workspaces", Column.of(asked, UUID.class, Owner::workspaceId))
                .bindArray("pretending", String.class, pretending(kinds))
                .bind("users", Column.of(asked, UUID.class, Owner::userId))
                .bind(
                        "kinds",
                        Column.of(asked, String.class, each -> String.join(",", each.kinds())))
                .map((row, _) ->
                        Map.entry(asked.get(row.getInt("place") - 1), MailboxRow.read(row, kinds)))
                .forEach(each -> found.put(each.getKey(), each.getValue()));
        return found;
    }

    private static SenderCandidate candidate(ResultSet row, Kinds kinds) throws SQLException {
        return new SenderCandidate(
                MailboxRow.read(row, kinds),
                row.getBoolean("by_alias"),
                !pretending(kinds).contains(row.getString("provider")),
                Optional.ofNullable(row.getObject("account_id", UUID.class)));
    }

    private static List<String> pretending(Kinds kinds) {
        return kinds.all().stream().filter(kind -> !kind.delivers()).map(Kind::name).toList();
    }
}
