package dev.postrider.credential.grant;

import dev.postrider.credential.provider.Provider;
import dev.postrider.credential.provider.ProviderApps;
import dev.postrider.credential.provider.token.ProviderCalls;
import dev.postrider.postgres.Database;
import dev.postrider.vault.TestVault;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The program's grants, without the program. */
public final class TestGrants {
    private static final Duration LEASE = Duration.ofMinutes(1);

    private TestGrants() {}

    /** Nobody is told of what becomes of them. */
    public static Grants of(Database database, ProviderApps apps, InstantSource clock) {
        var nobody = new Nobody();
        return new Grants(
                database,
                TestVault.of(database),
                apps,
                () -> nobody,
                new AppFaults(database, () -> nobody, clock),
                clock,
                new ProviderCalls(),
                LEASE);
    }

    private static final class Nobody implements GrantListener {
        @Override
        public void ended(
                Handle handle,
                UUID workspaceId,
                UUID mailboxId,
                long version,
                String code,
                String reason) {}

        @Override
        public void expiring(Handle handle, UUID workspaceId, UUID mailboxId, Instant endsAt) {}

        @Override
        public void appFailing(Handle handle, Provider provider, String app, String problem) {}

        @Override
        public void appRecovered(Handle handle, Provider provider, String app) {}
    }
}
