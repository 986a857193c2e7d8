package dev.postrider.mailbox;

import dev.postrider.postgres.Column;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Finds the mailboxes that senders name, or leave out. */
final class SenderTable {
    private static final String SENDING_AS =
            """
            select asked.place, false as by_alias, mailbox.*
            from unnest(:workspaces, :addresses) with ordinality as asked(workspace_id, sender, place)
            join mailbox
              on mailbox.workspace_id = asked.workspace_id
             and lower(mailbox.address) = asked.sender
            union all
            select asked.place, true as by_alias, mailbox.*
            from unnest(:workspaces, :addresses) with ordinality as asked(workspace_id, sender, place)
            join mailbox
              on mailbox.workspace_id = asked.workspace_id
             and mailbox.aliases @> array[asked.sender]
             and lower(mailbox.address) <> asked.sender
            order by by_alias, is_default desc, provider, id
            """;

    private static final String DEFAULTS =
            """
            select asked.place, chosen.*
            from unnest(:workspaces, :users) with ordinality as asked(workspace_id, user_id, place)
            cross join lateral (select *
                                from mailbox
                                where workspace_id = asked.workspace_id
                                  and user_id = asked.user_id
                                order by is_default desc, provider = 'sandbox', id
                                limit 1) as chosen
            """;

    /** An address in a workspace, in lower case. */
    record Sender(UUID workspaceId, String address) {}

    record Owner(UUID workspaceId, UUID userId) {}

    private SenderTable() {}

    /** Those of the address itself, then those of which it is an alias; the better choice first. */
    static Map<Sender, List<Mailbox>> sendingAs(Handle handle, Set<Sender> senders) {
        var asked = List.copyOf(senders);
        var found = new HashMap<Sender, List<Mailbox>>();
        handle.createQuery(SENDING_AS)
                .bind("workspaces", Column.of(asked, UUID.class, Sender::workspaceId))
                .bind("addresses", Column.of(asked, String.class, Sender::address))
                .map((row, _) ->
                        Map.entry(asked.get(row.getInt("place") - 1), MailboxRow.read(row)))
                .forEach(each ->
                        found.computeIfAbsent(each.getKey(), _ -> new ArrayList<>())
                                .add(each.getValue()));
        return found;
    }

    /** The one that sends for a user who names none. */
    static Map<Owner, Mailbox> defaults(Handle handle, Set<Owner> owners) {
        var asked = List.copyOf(owners);
        var found = new HashMap<Owner, Mailbox>();
        handle.createQuery(DEFAULTS)
                .bind("workspaces", Column.of(asked, UUID.class, Owner::workspaceId))
                .bind("users", Column.of(asked, UUID.class, Owner::userId))
                .map((row, _) ->
                        Map.entry(asked.get(row.getInt("place") - 1), MailboxRow.read(row)))
                .forEach(each -> found.put(each.getKey(), each.getValue()));
        return found;
    }
}
