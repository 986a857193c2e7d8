package dev.postrider.vault;

import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * The rows of one table that hold secrets, each sealed for its row's id.
 *
 * @param next some rows that the current key didn't seal, in the order of their ids
 * @param replace only if the secret is still the one that was read
 */
record SecretRows(String next, String replace) {
    private static final String CREDENTIALS =
            """
            select mailbox_id as id, secret as sealed
            from credential
            where secret_key is distinct from :current
              and mailbox_id > :after
            order by mailbox_id
            limit 100
            """;

    /** Not a new secret: its version stays. */
    private static final String REPLACE_CREDENTIAL =
            """
            update credential
            set secret = :resealed
            where mailbox_id = :id
              and secret = :sealed
            """;

    private static final String WEBHOOKS =
            """
            select id, secret as sealed
            from webhook
            where secret_key is distinct from :current
              and id > :after
            order by id
            limit 100
            """;

    private static final String REPLACE_WEBHOOK =
            """
            update webhook
            set secret = :resealed
            where id = :id
              and secret = :sealed
            """;

    /** Those before, which still sign. */
    private static final String PREVIOUS_OF_WEBHOOKS =
            """
            select id, previous_secret as sealed
            from webhook
            where previous_secret_key is not null
              and previous_secret_key <> :current
              and id > :after
            order by id
            limit 100
            """;

    private static final String REPLACE_PREVIOUS_OF_WEBHOOK =
            """
            update webhook
            set previous_secret = :resealed
            where id = :id
              and previous_secret = :sealed
            """;

    private static final String EVENTS =
            """
            select id, secret as sealed
            from event
            where secret_key is not null
              and secret_key <> :current
              and id > :after
            order by id
            limit 100
            """;

    private static final String REPLACE_EVENT =
            """
            update event
            set secret = :resealed
            where id = :id
              and secret = :sealed
            """;

    static final List<SecretRows> ALL =
            List.of(
                    new SecretRows(CREDENTIALS, REPLACE_CREDENTIAL),
                    new SecretRows(WEBHOOKS, REPLACE_WEBHOOK),
                    new SecretRows(PREVIOUS_OF_WEBHOOKS, REPLACE_PREVIOUS_OF_WEBHOOK),
                    new SecretRows(EVENTS, REPLACE_EVENT));

    /** A secret as it is stored. */
    static final class Row {
        private final UUID id;
        private final byte[] sealed;

        private Row(UUID id, byte[] sealed) {
            this.id = id;
            this.sealed = sealed;
        }

        UUID id() {
            return id;
        }

        byte[] sealed() {
            return sealed.clone();
        }
    }

    List<Row> next(Handle handle, int current, UUID after) {
        return handle.createQuery(next)
                .bind("current", current)
                .bind("after", after)
                .map((row, _) -> new Row(row.getObject("id", UUID.class), row.getBytes("sealed")))
                .list();
    }

    int replace(Handle handle, Row row, byte[] resealed) {
        return handle.createUpdate(replace)
                .bind("id", row.id())
                .bind("sealed", row.sealed())
                .bind("resealed", resealed)
                .execute();
    }
}
