package dev.postrider.installation;

import dev.postrider.http.PublicUrl;
import dev.postrider.postgres.Database;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The public URL that an administrator has said, the same for all nodes. A node sees another's
 * change after some seconds. Safe for concurrent use.
 */
@Singleton
public final class StoredPublicUrl {
    private static final Duration FRESH = Duration.ofSeconds(10);

    private static final String FIND =
            """
            select public_url
            from installation
            where public_url is not null
            """;

    private static final String PUT =
            """
            insert into installation (public_url)
            values (:url)
            on conflict (is_only) do update
            set public_url = :url
            """;

    private record Known(Optional<URI> url, Instant until) {}

    private final Database database;
    private final InstantSource clock;

    /** Replaced as a whole by whoever finds it stale; read by all. */
    private volatile Known known = new Known(Optional.empty(), Instant.MIN);

    public StoredPublicUrl(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    public Optional<URI> get() {
        var last = known;
        var now = clock.instant();
        if (now.isBefore(last.until())) {
            return last.url();
        }
        var read =
                database.of(Database.ANYBODY)
                        .read(handle -> handle.createQuery(FIND).mapTo(String.class).findOne())
                        .flatMap(PublicUrl::parse);
        known = new Known(read, now.plus(FRESH));
        return read;
    }

    public void put(URI url) {
        database.of(Database.ANYBODY)
                .inTransaction(
                        handle -> handle.createUpdate(PUT).bind("url", url.toString()).execute());
        known = new Known(Optional.of(url), clock.instant().plus(FRESH));
    }
}
