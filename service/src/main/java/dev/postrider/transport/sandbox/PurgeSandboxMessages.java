package dev.postrider.transport.sandbox;

import dev.postrider.purge.Purge;
import jakarta.inject.Singleton;
import java.time.Instant;

/** Deletes what sandbox mailboxes "sent" long ago. */
@Singleton
public final class PurgeSandboxMessages implements Purge {
    private final SandboxMessages messages;

    public PurgeSandboxMessages(SandboxMessages messages) {
        this.messages = messages;
    }

    @Override
    public String what() {
        return "sandbox messages";
    }

    @Override
    public int some(Instant now) {
        return messages.purge();
    }
}
