package dev.postrider.credential.grant;

import dev.postrider.credential.provider.Provider;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jdbi.v3.core.Handle;

/** Remembers what it is told, the committed and what is rolled back. */
final class Told implements GrantListener {
    final List<String> all = new CopyOnWriteArrayList<>();

    @Override
    public void ended(
            Handle handle,
            UUID workspaceId,
            UUID mailboxId,
            long version,
            String code,
            String reason) {
        all.add("ended " + code);
    }

    @Override
    public void expiring(Handle handle, UUID workspaceId, UUID mailboxId, Instant endsAt) {
        all.add("expiring");
    }

    @Override
    public void appFailing(Handle handle, Provider provider, String app, String problem) {
        all.add("failing " + provider.text());
    }

    @Override
    public void appRecovered(Handle handle, Provider provider, String app) {
        all.add("recovered " + provider.text());
    }
}
