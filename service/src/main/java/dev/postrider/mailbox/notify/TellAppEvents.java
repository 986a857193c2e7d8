package dev.postrider.mailbox.notify;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.postrider.credential.provider.Provider;
import dev.postrider.event.EventType;
import dev.postrider.event.Outbox;
import dev.postrider.postgres.NewId;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Tells each workspace that has mailboxes connected by the operator's app that it is refused, or
 * works again: of them, not of others'.
 */
public final class TellAppEvents {
    private static final String CONCERNED =
            """
            select workspace_id, count(*) as mailboxes
            from oauth_grant
            where provider = :provider
              and app = :app
              and ended_at is null
              and exists (
                  select
                  from webhook
                  where webhook.workspace_id = oauth_grant.workspace_id
                    and webhook.status = 'enabled'
                    and :type = any (webhook.events))
            group by workspace_id
            """;

    private TellAppEvents() {}

    /**
     * In the transaction in which it is known.
     *
     * @param problem what happened and what to do, for the operator
     */
    public static void failing(Handle handle, Provider provider, String app, String problem) {
        tell(handle, EventType.PROVIDER_APP_FAILING, provider, app, Optional.of(problem));
    }

    public static void recovered(Handle handle, Provider provider, String app) {
        tell(handle, EventType.PROVIDER_APP_RECOVERED, provider, app, Optional.empty());
    }

    private static void tell(
            Handle handle,
            EventType type,
            Provider provider,
            String app,
            Optional<String> problem) {
        handle.createQuery(CONCERNED)
                .bind("provider", provider.text())
                .bind("app", app)
                .bind("type", type.text())
                .map((row, _) ->
                        Map.entry(
                                row.getObject("workspace_id", UUID.class),
                                row.getLong("mailboxes")))
                .list()
                .forEach(concerned ->
                        Outbox.insert(
                                handle,
                                new Outbox.Event(
                                        concerned.getKey(),
                                        NewId.get(),
                                        type,
                                        JsonNodeFactory.instance
                                                .objectNode()
                                                .put("object", "provider_app")
                                                .put("provider", provider.text())
                                                .put("app", app)
                                                .put("problem", problem.orElse(null))
                                                .put("mailboxes", concerned.getValue()),
                                        Optional.empty())));
    }
}
