package dev.postrider.flow.store.count;

import dev.postrider.flow.store.find.Visibility;
import dev.postrider.postgres.Database;
import jakarta.inject.Singleton;

/** Counts what waits now, and what of it is held. Safe for concurrent use. */
@Singleton
public final class CountWaiting {
    /** Nobody needs to know more exactly. */
    public static final int MOST = 100_000;

    private static final String WAITING =
            """
            select count(*)
            from (select
                  from email
                  where workspace_id = :workspace
                    and due_at is not null
                    and (cast(:only_user as uuid) is null or user_id = :only_user)
                    and (cast(:only_mailbox as uuid) is null or mailbox_id = :only_mailbox)
                  order by id
                  limit :most) as waiting
            """;

    private static final String HELD =
            """
            select count(*)
            from (select
                  from mailbox
                  cross join lateral (select
                                      from email
                                      where workspace_id = mailbox.workspace_id
                                        and mailbox_id = mailbox.id
                                        and due_at is not null
                                        and (cast(:only_user as uuid) is null or user_id = :only_user)
                                      limit :most) as waiting
                  where mailbox.workspace_id = :workspace
                    and mailbox.state <> 'active'
                    and (cast(:only_mailbox as uuid) is null or mailbox.id = :only_mailbox)
                  limit :most) as held
            """;

    private final Database database;

    public CountWaiting(Database database) {
        this.database = database;
    }

    /**
     * What waits, each up to {@link #MOST}.
     *
     * @param waiting all of it
     * @param held of those what is a held or paused mailbox's
     */
    public record Waiting(int waiting, int held) {}

    public Waiting count(Visibility scope) {
        return database.of(scope.workspaceId())
                .read(handle ->
                        new Waiting(
                                scope.bind(handle.createQuery(WAITING))
                                        .bind("most", MOST)
                                        .mapTo(Integer.class)
                                        .one(),
                                scope.bind(handle.createQuery(HELD))
                                        .bind("most", MOST)
                                        .mapTo(Integer.class)
                                        .one()));
    }
}
