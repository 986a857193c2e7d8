package dev.postrider.flow.store;

import dev.postrider.email.DueEmail;
import dev.postrider.flow.store.TakenBatch.Wanted;
import dev.postrider.postgres.Column;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.argument.Argument;

/**
 * Takes due emails for many lanes in one transaction: what it returns is marked begun. Each look-up
 * is written so that the plan goes through an index for whatever number of lanes and emails.
 */
public final class TakeDueEmails {
    /** Larger contents are read while they are sent. */
    static final int INLINE_OCTETS = 64 << 10;

    /**
     * What a lane gets at once holds no more than this in memory, and whose caller waits isn't
     * behind more than this. One that is larger goes alone.
     */
    static final int TAKEN_OCTETS = 1 << 20;

    /**
     * The lanes' rows are locked against a takeover, so nothing begins under an epoch that has
     * ended.
     */
    private static final String HOLD =
            """
            select wanted.place, wake.count,
                   mailbox.state = 'active' and mailbox.updated_at = wanted.seen as unchanged
            from unnest(:workspaces, :mailboxes, :epochs, :seen) with ordinality
                as wanted(workspace_id, mailbox_id, epoch, seen, place)
            join lane
              on lane.workspace_id = wanted.workspace_id
             and lane.mailbox_id = wanted.mailbox_id
             and lane.epoch = wanted.epoch
             and lane.leased_until > now()
            join wake
              on wake.workspace_id = wanted.workspace_id
             and wake.mailbox_id = wanted.mailbox_id
            join mailbox
              on mailbox.workspace_id = wanted.workspace_id
             and mailbox.id = wanted.mailbox_id
            order by lane.workspace_id, lane.mailbox_id
            for share of lane
            """;

    private static final String PICK =
            """
            select wanted.place, picked.id, picked.due_at,
                   picked.so_far <= wanted.recipients
                   and (picked.octets_so_far <= :octets or picked.octets_so_far = picked.octets) as fits
            from unnest(:workspaces, :mailboxes, :messages, :recipients) with ordinality
                as wanted(workspace_id, mailbox_id, messages, recipients, place)
            cross join lateral (
                select id, due_at, octets,
                       sum(recipient_count) over so_far as so_far,
                       sum(octets) over so_far as octets_so_far
                from (select email.id, email.priority, email.due_at,
                             email.recipient_count, email.octets
                      from (values (0), (1), (2), (3)) as each(priority)
                      cross join lateral (select id, priority, due_at, recipient_count, octets
                                          from email
                                          where workspace_id = wanted.workspace_id
                                            and mailbox_id = wanted.mailbox_id
                                            and priority = each.priority
                                            and due_at <= now()
                                            and state <> 'sending'
                                          order by due_at, id
                                          limit wanted.messages) as email
                      order by email.priority, email.due_at, email.id
                      limit wanted.messages) as first
                window so_far as (order by priority, due_at, id)
            ) as picked
            """;

    /** What its sender moves in the same moment is as it was picked, or isn't begun. */
    private static final String BEGIN =
            """
            with begun as (
                update email
                set state = 'sending',
                    epoch = picked.epoch,
                    begun_at = now(),
                    attempts = email.attempts + 1
                from unnest(:workspaces, :ids, :epochs, :dueAt)
                    as picked(workspace_id, id, epoch, due_at)
                where email.workspace_id = picked.workspace_id
                  and email.id = picked.id
                  and email.due_at is not distinct from picked.due_at
                  and email.state in ('queued', 'scheduled')
                returning email.*
            )
            select begun.*, content.bytes, open.*
            from begun
            left join lateral (select bytes
                               from email_content
                               where workspace_id = begun.workspace_id
                                 and email_id = begun.id
                                 and begun.octets <= :inline
                               limit 1) as content on true
            cross join lateral (select array_agg(position order by position) filter (where state = 'open') as positions,
                                       array_agg(kind order by position) filter (where state = 'open') as kinds,
                                       array_agg(address order by position) filter (where state = 'open') as addresses,
                                       bool_or(state = 'accepted') as partly_accepted
                                from recipient
                                where workspace_id = begun.workspace_id
                                  and email_id = begun.id) as open
            order by begun.priority, begun.due_at, begun.id
            """;

    private static final String NEXT_DUE =
            """
            select asked.place, extract(epoch from min(earliest.due_at) - now()) as seconds
            from unnest(:workspaces, :mailboxes) with ordinality
                as asked(workspace_id, mailbox_id, place)
            cross join (values (0), (1), (2), (3)) as each(priority)
            cross join lateral (select due_at
                                from email
                                where workspace_id = asked.workspace_id
                                  and mailbox_id = asked.mailbox_id
                                  and priority = each.priority
                                  and due_at is not null
                                  and state <> 'sending'
                                order by due_at
                                limit 1) as earliest
            group by asked.place
            """;

    /** With the marks that emails are begun: no crash forgets what a limit has to count. */
    private static final String COUNT_USE =
            """
            insert into mailbox_use (workspace_id, mailbox_id, minute, messages, recipients)
            select *
            from unnest(:workspaces, :mailboxes, :minutes, :messages, :recipients)
            on conflict (workspace_id, mailbox_id, minute) do update
            set messages = mailbox_use.messages + excluded.messages,
                recipients = mailbox_use.recipients + excluded.recipients
            """;

    private TakeDueEmails() {}

    /** A lane that is held, and how often it was woken before the look for due emails. */
    private record Held(Wanted wanted, long wakes) {}

    private record Picked(Wanted wanted, UUID id, Timestamp dueAt, boolean fits) {}

    /** Takes for each lane at most once. */
    public static Map<Wanted, TakenBatch> take(Handle handle, List<Wanted> wanted) {
        var taken = new LinkedHashMap<Wanted, TakenBatch>();
        wanted.forEach(each -> taken.put(each, new TakenBatch.LeaseEnded()));
        var held = hold(handle, wanted, taken);
        if (held.isEmpty()) {
            return taken;
        }
        var picked = pick(handle, held);
        var emails = begin(handle, picked.stream().filter(Picked::fits).toList());
        var tooLarge = lanes(picked, _ -> true);
        tooLarge.removeAll(lanes(picked, Picked::fits));
        var due = nextDue(handle, held, emails);
        for (var each : held) {
            taken.put(
                    each.wanted(),
                    new TakenBatch.Begun(
                            emails.getOrDefault(each.wanted(), List.of()),
                            each.wakes(),
                            Optional.ofNullable(due.get(each.wanted())),
                            tooLarge.contains(each.wanted())));
        }
        countUse(handle, emails);
        return taken;
    }

    private static Set<Wanted> lanes(List<Picked> picked, Predicate<Picked> which) {
        return picked.stream().filter(which).map(Picked::wanted).collect(Collectors.toSet());
    }

    private static List<Held> hold(
            Handle handle, List<Wanted> wanted, Map<Wanted, TakenBatch> taken) {
        return handle
                .createQuery(HOLD)
                .bind("workspaces", workspaces(wanted))
                .bind("mailboxes", mailboxes(wanted))
                .bind("epochs", Column.of(wanted, Long.class, each -> each.lease().epoch()))
                .bind(
                        "seen",
                        Column.of(wanted, Timestamp.class, each -> Timestamp.from(each.seen())))
                .map((row, _) -> {
                    var each = wanted.get(row.getInt("place") - 1);
                    if (row.getBoolean("unchanged")) {
                        return Optional.of(new Held(each, row.getLong("count")));
                    }
                    taken.put(each, new TakenBatch.MailboxChanged());
                    return Optional.<Held>empty();
                })
                .list()
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private static List<Picked> pick(Handle handle, List<Held> held) {
        var wanted = held.stream().map(Held::wanted).toList();
        return handle.createQuery(PICK)
                .bind("workspaces", workspaces(wanted))
                .bind("mailboxes", mailboxes(wanted))
                .bind("messages", Column.of(wanted, Integer.class, Wanted::messages))
                .bind("recipients", Column.of(wanted, Integer.class, Wanted::recipients))
                .bind("octets", TAKEN_OCTETS)
                .map((row, _) ->
                        new Picked(
                                wanted.get(row.getInt("place") - 1),
                                row.getObject("id", UUID.class),
                                row.getTimestamp("due_at"),
                                row.getBoolean("fits")))
                .list();
    }

    private static Map<Wanted, List<DueEmail>> begin(Handle handle, List<Picked> picked) {
        if (picked.isEmpty()) {
            return Map.of();
        }
        var by = new HashMap<UUID, Wanted>();
        picked.forEach(each -> by.put(each.id(), each.wanted()));
        return handle
                .createQuery(BEGIN)
                .bind(
                        "workspaces",
                        Column.of(
                                picked,
                                UUID.class,
                                each -> each.wanted().lease().lane().workspaceId()))
                .bind("ids", Column.of(picked, UUID.class, Picked::id))
                .bind(
                        "epochs",
                        Column.of(picked, Long.class, each -> each.wanted().lease().epoch()))
                .bind("dueAt", Column.of(picked, Timestamp.class, Picked::dueAt))
                .bind("inline", INLINE_OCTETS)
                .map(new MapDueEmail())
                .list()
                .stream()
                .collect(Collectors.groupingBy(email -> by.get(email.key().id())));
    }

    /** Where the look ended at what was wanted, more may be due now. */
    private static Map<Wanted, Instant> nextDue(
            Handle handle, List<Held> held, Map<Wanted, List<DueEmail>> emails) {
        var due = new HashMap<Wanted, Instant>();
        var exhausted =
                held.stream()
                        .map(Held::wanted)
                        .filter(each -> {
                            var isFull =
                                    emails.getOrDefault(each, List.of()).size() >= each.messages();
                            if (isFull) {
                                due.put(each, each.begunAt());
                            }
                            return !isFull;
                        })
                        .toList();
        if (!exhausted.isEmpty()) {
            handle.createQuery(NEXT_DUE)
                    .bind("workspaces", workspaces(exhausted))
                    .bind("mailboxes", mailboxes(exhausted))
                    .map((row, _) ->
                            Map.entry(
                                    exhausted.get(row.getInt("place") - 1),
                                    due(
                                            exhausted.get(row.getInt("place") - 1),
                                            row.getDouble("seconds"))))
                    .forEach(each -> due.put(each.getKey(), each.getValue()));
        }
        return due;
    }

    /** By this node's clock, which may differ from the database's. */
    private static Instant due(Wanted wanted, double seconds) {
        return wanted.begunAt().plusNanos((long) (seconds * 1e9));
    }

    private static void countUse(Handle handle, Map<Wanted, List<DueEmail>> emails) {
        record Use(Wanted wanted, List<DueEmail> emails) {}
        // in one order, so that two transactions can't wait for each other
        var uses =
                emails.entrySet().stream()
                        .map(each -> new Use(each.getKey(), each.getValue()))
                        .sorted(
                                Comparator.comparing(
                                        use -> use.wanted().lease().lane().mailboxId()))
                        .toList();
        if (uses.isEmpty()) {
            return;
        }
        var lanes = uses.stream().map(Use::wanted).toList();
        handle.createUpdate(COUNT_USE)
                .bind("workspaces", workspaces(lanes))
                .bind("mailboxes", mailboxes(lanes))
                .bind(
                        "minutes",
                        Column.of(
                                lanes,
                                Timestamp.class,
                                each ->
                                        Timestamp.from(
                                                each.begunAt().truncatedTo(ChronoUnit.MINUTES))))
                .bind("messages", Column.of(uses, Integer.class, use -> use.emails().size()))
                .bind("recipients", Column.of(uses, Integer.class, use -> recipients(use.emails())))
                .execute();
    }

    public static int recipients(List<DueEmail> emails) {
        return emails.stream().mapToInt(email -> email.recipients().size()).sum();
    }

    private static Argument workspaces(List<Wanted> wanted) {
        return Column.of(wanted, UUID.class, each -> each.lease().lane().workspaceId());
    }

    private static Argument mailboxes(List<Wanted> wanted) {
        return Column.of(wanted, UUID.class, each -> each.lease().lane().mailboxId());
    }
}
