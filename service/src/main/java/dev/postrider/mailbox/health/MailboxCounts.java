package dev.postrider.mailbox.health;

import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * How the mailboxes of the whole installation are doing.
 *
 * @param held by their kind of transport, without the kinds that have none
 * @param paused likewise
 * @param expiring mailboxes whose grants end within a week
 * @param failingApps apps of the operator that their providers refuse
 */
public record MailboxCounts(
        Map<String, Long> held, Map<String, Long> paused, long expiring, long failingApps) {
    private static final String STOPPED =
            """
            select state, provider, count(*) as mailboxes
            from mailbox
            where state <> 'active'
            group by state, provider
            """;

    private static final String GRANTS =
            """
            select (select count(*)
                    from oauth_grant
                    where ended_at is null
                      and ends_at < now() + interval '7 days') as expiring,
                   (select count(*)
                    from provider_app_fault
                    where failing_since is not null) as failing
            """;

    public MailboxCounts {
        held = Map.copyOf(held);
        paused = Map.copyOf(paused);
    }

    public static MailboxCounts read(Handle handle) {
        var held = new HashMap<String, Long>();
        var paused = new HashMap<String, Long>();
        handle.createQuery(STOPPED)
                .map((row, _) ->
                        (row.getString("state").equals("held") ? held : paused)
                                .put(row.getString("provider"), row.getLong("mailboxes")))
                .list();
        return handle.createQuery(GRANTS)
                .map((row, _) ->
                        new MailboxCounts(
                                held, paused, row.getLong("expiring"), row.getLong("failing")))
                .one();
    }
}
