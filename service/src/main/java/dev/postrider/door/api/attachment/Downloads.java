package dev.postrider.door.api.attachment;

import dev.postrider.http.PublicUrl;
import dev.postrider.identity.Caller;
import dev.postrider.vault.Vault;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/** Makes and checks the URLs of attachments, which are good for an hour and without a token. */
@Singleton
public final class Downloads {
    static final String PATH = "/attachments/download";
    private static final Duration GOOD_FOR = Duration.ofHours(1);

    private final Vault vault;
    private final PublicUrl publicUrl;
    private final InstantSource clock;

    public Downloads(Vault vault, PublicUrl publicUrl, InstantSource clock) {
        this.vault = vault;
        this.publicUrl = publicUrl;
        this.clock = clock;
    }

    /** A URL, and when it ends to be good. */
    record Link(String url, Instant expiresAt) {}

    Link link(Caller caller, UUID emailId, UUID attachmentId, URI asked) {
        var expiresAt = clock.instant().plus(GOOD_FOR).truncatedTo(ChronoUnit.SECONDS);
        var ticket =
                new DownloadTicket(
                        caller.workspaceId(), caller.userId(), emailId, attachmentId, expiresAt);
        var base = publicUrl.or(asked);
        return new Link(base + PATH + "?ticket=" + ticket.sealed(vault), expiresAt);
    }

    Optional<DownloadTicket> ticket(String sealed) {
        return DownloadTicket.open(vault, sealed, clock.instant());
    }
}
