package dev.postrider.credential.grant;

import dev.postrider.credential.grant.Grants.Leaving;
import dev.postrider.credential.provider.ProviderApps;
import dev.postrider.credential.provider.token.ProviderCalls;
import dev.postrider.log.Journal;
import dev.postrider.postgres.Database;
import dev.postrider.vault.Vault;
import java.util.Map;
import java.util.Optional;

/** Takes back grants of mailboxes that are removed, where a provider lets it (RFC 7009). */
record RevokeGrant(Database database, Vault vault, ProviderApps apps, ProviderCalls calls) {
    private static final Journal JOURNAL = Journal.of("flow");

    Optional<Leaving> leaving(GrantRow.Key key) {
        return database.read(handle -> GrantTable.find(handle, key))
                .flatMap(row ->
                        row.sealed()
                                .open(key.mailboxId(), vault)
                                .flatMap(StoredTokens::refreshToken)
                                .map(token -> new Leaving(row.info(), token)));
    }

    /** For a thread that nobody waits for. */
    void revokeOrSay(Leaving leaving) {
        try {
            revoke(leaving);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            JOURNAL.failure("a grant can't be revoked", e);
        }
    }

    void revoke(Leaving leaving) throws InterruptedException {
        var info = leaving.info();
        var app = apps.find(info.provider(), Optional.of(info.app()));
        var endpoint = app.flatMap(each -> each.endpoints().revoke());
        if (endpoint.isEmpty() || database.read(handle -> GrantTable.isHeld(handle, info))) {
            return;
        }
        var reply = calls.post(endpoint.get(), Map.of("token", leaving.refreshToken()));
        JOURNAL.event(
                isDone(reply) ? "grant revoked" : "grant not revoked",
                "app",
                app.get().label(),
                "address",
                info.account().address().orElse(""));
    }

    private static boolean isDone(ProviderCalls.Reply reply) {
        return switch (reply) {
            case ProviderCalls.Reply.Answer answer -> answer.status() == 200;
            case ProviderCalls.Reply.None _ -> false;
        };
    }
}
