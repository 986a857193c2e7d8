package dev.postrider.flow.store;

import dev.postrider.email.NextStep.Decided;
import dev.postrider.email.ServerReply;
import dev.postrider.postgres.Column;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Writes the next states of a batch of emails, with their recipients and attempts. */
public final class SettleEmails {
    /**
     * The lane's row is locked against a takeover, so nothing is settled under an epoch that has
     * ended. An email that wasn't begun has no epoch of its own; its lane's is what counts. What
     * was decided for a caller who waits counts only while that caller does.
     */
    private static final String SETTLE =
            """
            with attempted as (
                select *
                from unnest(:workspaces, :mailboxes, :ids, :leaseEpochs, :begun, :epochs, :states,
                            :dueAt, :resends, :reasons, :final, :awaited, :counted, :goesOn)
                    as attempted(workspace_id, mailbox_id, id, lease_epoch, begun, epoch, state,
                                 due_at, resends, reason, final, awaited, counted, goes_on)
            ),
            held as (
                select workspace_id, mailbox_id, epoch
                from lane
                where (workspace_id, mailbox_id, epoch)
                    in (select workspace_id, mailbox_id, lease_epoch from attempted)
                order by workspace_id, mailbox_id
                for share
            )
            update email
            set state = attempted.state,
                due_at = attempted.due_at,
                attempts = email.attempts + attempted.counted,
                resends = email.resends + attempted.resends,
                reason = attempted.reason,
                awaited = email.awaited and attempted.goes_on,
                priority = case when email.priority = 0 and not attempted.goes_on then 2
                                else email.priority
                           end,
                finished_at = case when attempted.final then now() end
            from attempted
            join held
              on held.workspace_id = attempted.workspace_id
             and held.mailbox_id = attempted.mailbox_id
             and held.epoch = attempted.lease_epoch
            where email.workspace_id = attempted.workspace_id
              and email.id = attempted.id
              and case when attempted.begun
                       then email.state = 'sending' and email.epoch = attempted.epoch
                       else email.state in ('queued', 'scheduled')
                  end
              and (email.awaited or not attempted.awaited)
            returning email.id, email.attempts
            """;

    private static final String DECIDE_RECIPIENTS =
            """
            update recipient
            set state = decided.state,
                code = decided.code,
                enhanced = decided.enhanced,
                reply = decided.reply
            from unnest(:workspaces, :ids, :positions, :states, :codes, :enhanced, :replies)
                as decided(workspace_id, email_id, position, state, code, enhanced, reply)
            where recipient.workspace_id = decided.workspace_id
              and recipient.email_id = decided.email_id
              and recipient.position = decided.position
            """;

    private static final String INSERT_ATTEMPTS =
            """
            insert into attempt
                (workspace_id, email_id, number, node, epoch, begun_at, outcome, server, tls, code,
                 enhanced, reply)
            select workspace_id, email_id, number, :node, epoch, begun_at, outcome, server, tls, code,
                   enhanced, reply
            from unnest(:workspaces, :ids, :numbers, :epochs, :begunAt, :outcomes, :servers, :tls,
                        :codes, :enhanced, :replies)
                as attempted(workspace_id, email_id, number, epoch, begun_at, outcome, server, tls,
                             code, enhanced, reply)
            """;

    private SettleEmails() {}

    /**
     * Writes a batch in one transaction.
     *
     * @return the emails that were settled; the others' leases have ended
     */
    public static Set<UUID> settle(Handle handle, String node, List<Settlement> batch) {
        var settled =
                handle
                        .createQuery(SETTLE)
                        .bind("workspaces", Column.of(batch, UUID.class, Settlement::workspace))
                        .bind(
                                "mailboxes",
                                Column.of(
                                        batch,
                                        UUID.class,
                                        one -> one.attempt().email().lane().mailboxId()))
                        .bind("ids", Column.of(batch, UUID.class, Settlement::email))
                        .bind("leaseEpochs", Column.of(batch, Long.class, Settlement::leaseEpoch))
                        .bind(
                                "begun",
                                Column.of(batch, Boolean.class, one -> one.attempt().begun()))
                        .bind("epochs", Column.of(batch, Long.class, one -> one.attempt().epoch()))
                        .bind("states", Column.of(batch, String.class, one -> one.state().text()))
                        .bind("dueAt", Column.of(batch, Timestamp.class, Settlement::dueAt))
                        .bind("resends", Column.of(batch, Integer.class, Settlement::resends))
                        .bind("reasons", Column.of(batch, String.class, Settlement::reason))
                        .bind(
                                "final",
                                Column.of(batch, Boolean.class, one -> one.state().isFinal()))
                        .bind(
                                "awaited",
                                Column.of(
                                        batch,
                                        Boolean.class,
                                        one -> one.attempt().email().awaited()))
                        .bind("counted", Column.of(batch, Integer.class, Settlement::counted))
                        .bind("goesOn", Column.of(batch, Boolean.class, Settlement::goesOn))
                        .map((row, _) ->
                                Map.entry(row.getObject("id", UUID.class), row.getInt("attempts")))
                        .stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        var mine = batch.stream().filter(one -> settled.containsKey(one.email())).toList();
        decideRecipients(handle, mine);
        insertAttempts(handle, node, mine.stream().filter(Settlement::isAttempt).toList(), settled);
        RefundMailboxUsage.of(handle, mine.stream().filter(Settlement::isUnsent).toList());
        DeleteEmails.in(
                handle,
                mine.stream()
                        .filter(one -> !one.isKept())
                        .map(one -> one.attempt().email().key())
                        .toList());
        return settled.keySet();
    }

    private static void decideRecipients(Handle handle, List<Settlement> settled) {
        record Row(Settlement of, Decided decided) {
            @Nullable Short code() {
                return decided.reply().map(reply -> (short) reply.code()).orElse(null);
            }

            @Nullable String enhanced() {
                return decided.reply().flatMap(ServerReply::enhanced).orElse(null);
            }

            @Nullable String text() {
                return decided.reply().map(ServerReply::text).orElse(null);
            }
        }
        var rows = new ArrayList<Row>();
        settled.forEach(one -> one.next().decided().forEach(each -> rows.add(new Row(one, each))));
        if (rows.isEmpty()) {
            return;
        }
        handle.createUpdate(DECIDE_RECIPIENTS)
                .bind("workspaces", Column.of(rows, UUID.class, row -> row.of().workspace()))
                .bind("ids", Column.of(rows, UUID.class, row -> row.of().email()))
                .bind(
                        "positions",
                        Column.of(rows, Short.class, row -> (short) row.decided().position()))
                .bind("states", Column.of(rows, String.class, row -> row.decided().state().text()))
                .bind("codes", Column.of(rows, Short.class, Row::code))
                .bind("enhanced", Column.of(rows, String.class, Row::enhanced))
                .bind("replies", Column.of(rows, String.class, Row::text))
                .execute();
    }

    private static void insertAttempts(
            Handle handle, String node, List<Settlement> settled, Map<UUID, Integer> numbers) {
        if (settled.isEmpty()) {
            return;
        }
        handle.createUpdate(INSERT_ATTEMPTS)
                .bind("node", node)
                .bind("workspaces", Column.of(settled, UUID.class, Settlement::workspace))
                .bind("ids", Column.of(settled, UUID.class, Settlement::email))
                .bind("numbers", Column.of(settled, Integer.class, one -> numbers.get(one.email())))
                .bind("epochs", Column.of(settled, Long.class, one -> one.attempt().epoch()))
                .bind(
                        "begunAt",
                        Column.of(settled, Timestamp.class, one -> at(one.attempt().begunAt())))
                .bind(
                        "outcomes",
                        Column.of(settled, String.class, one -> one.attempt().outcome().text()))
                .bind(
                        "servers",
                        Column.of(settled, String.class, one -> orNull(one.attempt().server())))
                .bind("tls", Column.of(settled, String.class, one -> orNull(one.attempt().tls())))
                .bind(
                        "codes",
                        Column.of(
                                settled,
                                Short.class,
                                one -> orNull(one.reply().map(reply -> (short) reply.code()))))
                .bind(
                        "enhanced",
                        Column.of(
                                settled,
                                String.class,
                                one -> orNull(one.reply().flatMap(ServerReply::enhanced))))
                .bind("replies", Column.of(settled, String.class, Settlement::words))
                .execute();
    }

    private static Timestamp at(Instant instant) {
        return Timestamp.from(instant);
    }

    private static <T> @Nullable T orNull(Optional<T> value) {
        return value.orElse(null);
    }
}
