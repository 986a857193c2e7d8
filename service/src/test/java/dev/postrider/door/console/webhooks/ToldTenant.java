package dev.postrider.door.console.webhooks;

import dev.postrider.door.console.ConsoleTenant;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.NewId;
import java.util.UUID;

/** A workspace with a webhook that was told this and that. */
record ToldTenant(Database database, ConsoleTenant tenant, String webhook) {

    /**
     * One that is told of what tests write down, and of nothing that happens.
     *
     * @param endpoint may be anything's
     */
    static ToldTenant of(Database database, ConsoleTenant tenant, String endpoint) {
        var id =
                tenant.made(
                        "/webhooks",
                        "{\"endpoint\": \"%s\", \"events\": [\"email.sent\", \"email.bounced\", \"mailbox.held\"]}"
                                .formatted(endpoint));
        return new ToldTenant(database, tenant, id);
    }

    /** Where the console has it. */
    String path() {
        return "/console/webhooks/" + webhook;
    }

    /**
     * A delivery that has ended.
     *
     * @param about the email's subject
     * @param status that it was answered with
     * @param answer how that began
     */
    UUID told(String type, String about, String state, int status, String answer) {
        var id = NewId.get();
        database.inTransaction(handle -> {
            handle.execute(
                    """
                    insert into event (workspace_id, id, type, data)
                    values (?, ?, ?, jsonb_build_object('subject', cast(? as text)))
                    """,
                    tenant.workspace,
                    id,
                    type,
                    about);
            return handle.execute(
                    """
                    insert into delivery (workspace_id, webhook_id, event_id, state, due_at, attempts,
                                          last_attempt, last_at, last_millis, last_status, last_error, last_answer)
                    values (?, ?, ?, ?, case when ? = 'pending' then now() + interval '5 minutes' end, 2,
                            2, now(), 87, ?, case when ? >= 300 then 'The endpoint answered ' || ? || '.' end, ?)
                    """,
                    tenant.workspace,
                    UUID.fromString(webhook),
                    id,
                    state,
                    state,
                    status,
                    status,
                    status,
                    answer);
        });
        database.inTransaction(handle ->
                handle.execute(
                        """
                        insert into delivery_attempt (workspace_id, webhook_id, event_id, number, at, millis, error)
                        values (?, ?, ?, 1, now() - interval '5 seconds', 15000,
                                'The endpoint gave no complete answer within 15 seconds.')
                        """,
                        tenant.workspace,
                        UUID.fromString(webhook),
                        id));
        return id;
    }

    /** Its endpoint takes nothing for so many hours. */
    void fails(int hours) {
        database.inTransaction(handle ->
                handle.execute(
                        """
                        update webhook
                        set failures = 24,
                            failing_from = now() - make_interval(hours => ?),
                            failing_told = ? > 1,
                            last_error = 'The endpoint answered 500.'
                        where id = ?
                        """,
                        hours,
                        hours,
                        UUID.fromString(webhook)));
    }

    /** It was given up. */
    void isGivenUp() {
        fails(121);
        database.inTransaction(handle ->
                handle.execute(
                        """
                        update webhook
                        set status = 'disabled',
                            reason = 'The endpoint has accepted no call for 5 days.'
                        where id = ?
                        """,
                        UUID.fromString(webhook)));
    }
}
