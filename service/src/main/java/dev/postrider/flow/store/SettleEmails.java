package dev.postrider.flow.store;

import dev.postrider.email.NextStep.Decided;
import dev.postrider.email.ProviderIds;
import dev.postrider.email.ServerReply;
import dev.postrider.postgres.BatchStatement;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Writes the next states of a batch of emails, with their recipients and attempts. */
public final class SettleEmails {
    /**
     * The lane's row is locked against a takeover, so nothing is settled under an epoch that has
     * ended. An email that wasn't begun has no epoch of its own; its lane's is what counts. What
     * was decided for a caller who waits counts only while that caller does.
     *
     * <p>One statement, so that one round trip settles. It may be all of its transaction, where no
     * webhook is to be told: then it leaves alone what some webhook may want. What is settled is
     * asked for in {@code coalesce}: as a join it would be compared pair by pair, as this it is
     * hashed. The lane's workspace is no equality: from one the planner concludes that it may go
     * from the lane to all emails of that workspace.
     */
    private static final String SETTLE =
            """
            with attempted as (
                select *
                from unnest(:workspaces, :mailboxes, :ids, :leaseEpochs, :begun, :epochs, :states,
                            :dueAt, :resends, :unknownSince, :providerMessages, :providerThreads, :reasons, :final, :awaited, :counted, :goesOn,
                            :made, :numbers, :begunAt, :outcomes, :servers, :tls, :codes, :enhanced,
                            :replies)
                    as attempted(workspace_id, mailbox_id, id, lease_epoch, begun, epoch, state,
                                 due_at, resends, unknown_since, provider_message, provider_thread,
                                 reason, final, awaited, counted, goes_on,
                                 made, number, begun_at, outcome, server, tls, code, enhanced,
                                 reply)
            ),
            held as (
                select workspace_id, mailbox_id, epoch
                from lane
                where (workspace_id, mailbox_id, epoch)
                    in (select workspace_id, mailbox_id, lease_epoch from attempted)
                order by workspace_id, mailbox_id
                for share
            ),
            settled as (
                update email
                set state = attempted.state,
                    due_at = attempted.due_at,
                    attempts = email.attempts + attempted.counted,
                    resends = email.resends + attempted.resends,
                    asked = nullif(email.asked, case when attempted.resends > 0 then 'retry' end),
                    unknown_since = coalesce(attempted.unknown_since, email.unknown_since),
                    provider_message = coalesce(attempted.provider_message, email.provider_message),
                    provider_thread = coalesce(attempted.provider_thread, email.provider_thread),
                    reason = attempted.reason,
                    awaited = email.awaited and attempted.goes_on,
                    priority = case when email.priority = 0 and not attempted.goes_on then 2
                                    else email.priority
                               end,
                    finished_at = case when attempted.final then now() end
                from attempted
                join held
                  on held.workspace_id is not distinct from attempted.workspace_id
                 and held.mailbox_id = attempted.mailbox_id
                 and held.epoch = attempted.lease_epoch
                where email.workspace_id = attempted.workspace_id
                  and email.id = attempted.id
                  and case when attempted.begun
                           then email.state = 'sending' and email.epoch = attempted.epoch
                           else email.state in ('queued', 'scheduled')
                      end
                  and (email.awaited or not attempted.awaited)
                  and not (:alone
                           and exists (select 1
                                       from webhook
                                       where webhook.workspace_id = attempted.workspace_id
                                         and webhook.status = 'enabled'))
                returning email.workspace_id, email.id
            ),
            decided as (
                update recipient
                set state = decided.state,
                    code = decided.code,
                    enhanced = decided.enhanced,
                    reply = decided.reply
                from unnest(:decidedWorkspaces, :decidedIds, :positions, :decidedStates, :decidedCodes,
                            :decidedEnhanced, :decidedReplies)
                    as decided(workspace_id, email_id, position, state, code, enhanced, reply)
                where recipient.workspace_id = decided.workspace_id
                  and recipient.email_id = decided.email_id
                  and recipient.position = decided.position
                  and coalesce(decided.email_id in (select id from settled), false)
            ),
            written as (
                insert into attempt
                    (workspace_id, email_id, number, node, epoch, begun_at, outcome, server, tls,
                     code, enhanced, reply)
                select workspace_id, id, number, :node, epoch, begun_at, outcome, server, tls, code,
                       enhanced, reply
                from attempted
                where made
                  and coalesce(id in (select id from settled), false)
            )
            select id,
                   not :alone
                   and exists (select 1
                               from webhook
                               where webhook.workspace_id = settled.workspace_id
                                 and webhook.status = 'enabled') as is_told
            from settled
            """;

    private static final BatchStatement SETTLE_ALL = BatchStatement.of(SETTLE);

    private SettleEmails() {}

    /**
     * What was settled; the others' leases have ended.
     *
     * @param told those of workspaces with webhooks
     */
    public record Settled(Map<UUID, Settlement> all, List<Settlement> told) {}

    /** What became of a recipient. */
    private record Row(Settlement of, Decided decided) {
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

    /**
     * Writes a batch by a statement that commits itself, but for what webhooks may want to be told,
     * and for what has changed meanwhile.
     *
     * @param batch what {@link Settlement#isPlain} alone
     */
    public static Map<UUID, Settlement> settlePlain(
            Handle handle, String node, List<Settlement> batch) {
        return write(handle, node, batch, true).all();
    }

    /** Writes a batch in one transaction. */
    public static Settled settle(Handle handle, String node, List<Settlement> batch) {
        var settled = write(handle, node, batch, false);
        RefundMailboxUsage.of(
                handle, settled.all().values().stream().filter(Settlement::isUnsent).toList());
        DeleteEmails.in(
                handle,
                settled.all().values().stream()
                        .filter(one -> !one.isKept())
                        .map(one -> one.attempt().email().key())
                        .toList());
        return settled;
    }

    private static Settled write(
            Handle handle, String node, List<Settlement> batch, boolean alone) {
        record Written(UUID id, boolean isTold) {}
        var of = new HashMap<UUID, Settlement>();
        batch.forEach(one -> of.put(one.email(), one));
        var settled = new LinkedHashMap<UUID, Settlement>();
        var told = new ArrayList<Settlement>();
        for (var written :
                call(handle, node, batch)
                        .value("alone", alone)
                        .list(row ->
                                new Written(
                                        row.getObject("id", UUID.class),
                                        row.getBoolean("is_told")))) {
            var one = Objects.requireNonNull(of.get(written.id()));
            settled.put(one.email(), one);
            if (written.isTold()) {
                told.add(one);
            }
        }
        return new Settled(settled, told);
    }

    private static BatchStatement.Call call(Handle handle, String node, List<Settlement> batch) {
        var rows =
                batch.stream()
                        .flatMap(one ->
                                one.next().decided().stream().map(each -> new Row(one, each)))
                        .toList();
        return SETTLE_ALL
                .on(handle)
                .value("node", node)
                .column("workspaces", batch, UUID.class, Settlement::workspace)
                .column("mailboxes", batch, UUID.class, Settlement::mailbox)
                .column("ids", batch, UUID.class, Settlement::email)
                .column("leaseEpochs", batch, Long.class, Settlement::leaseEpoch)
                .column("begun", batch, Boolean.class, one -> one.attempt().begun())
                .column("epochs", batch, Long.class, one -> one.attempt().epoch())
                .column("states", batch, String.class, one -> one.state().text())
                .column("dueAt", batch, Timestamp.class, Settlement::dueAt)
                .column("resends", batch, Integer.class, Settlement::resends)
                .column("unknownSince", batch, Timestamp.class, Settlement::unknownSince)
                .column(
                        "providerMessages",
                        batch,
                        String.class,
                        one -> orNull(one.ids().map(ProviderIds::message)))
                .column(
                        "providerThreads",
                        batch,
                        String.class,
                        one -> orNull(one.ids().flatMap(ProviderIds::thread)))
                .column("reasons", batch, String.class, Settlement::reason)
                .column("final", batch, Boolean.class, one -> one.state().isFinal())
                .column("awaited", batch, Boolean.class, one -> one.attempt().email().awaited())
                .column("counted", batch, Integer.class, Settlement::counted)
                .column("goesOn", batch, Boolean.class, Settlement::goesOn)
                .column("made", batch, Boolean.class, Settlement::isAttempt)
                .column("numbers", batch, Integer.class, Settlement::number)
                .column(
                        "begunAt",
                        batch,
                        Timestamp.class,
                        one -> Timestamp.from(one.attempt().begunAt()))
                .column("outcomes", batch, String.class, one -> one.attempt().outcome().text())
                .column("servers", batch, String.class, one -> orNull(one.attempt().server()))
                .column("tls", batch, String.class, one -> orNull(one.attempt().tls()))
                .column(
                        "codes",
                        batch,
                        Short.class,
                        one -> orNull(one.reply().map(reply -> (short) reply.code())))
                .column(
                        "enhanced",
                        batch,
                        String.class,
                        one -> orNull(one.reply().flatMap(ServerReply::enhanced)))
                .column("replies", batch, String.class, Settlement::words)
                .column("decidedWorkspaces", rows, UUID.class, row -> row.of().workspace())
                .column("decidedIds", rows, UUID.class, row -> row.of().email())
                .column("positions", rows, Short.class, row -> (short) row.decided().position())
                .column("decidedStates", rows, String.class, row -> row.decided().state().text())
                .column("decidedCodes", rows, Short.class, Row::code)
                .column("decidedEnhanced", rows, String.class, Row::enhanced)
                .column("decidedReplies", rows, String.class, Row::text);
    }

    private static <T> @Nullable T orNull(Optional<T> value) {
        return value.orElse(null);
    }
}
