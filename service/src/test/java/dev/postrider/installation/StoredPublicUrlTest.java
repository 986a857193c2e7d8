package dev.postrider.installation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.http.PublicUrl;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.TestDatabase;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What one node says all know a little later, unless their environment says otherwise. */
@ExtendWith(TestDatabase.class)
final class StoredPublicUrlTest {
    private static final URI MAIL = URI.create("https://mail.example.com/post");

    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-11-27T12:00:00Z"));
    private final Database database;
    private final StoredPublicUrl here;
    private final StoredPublicUrl elsewhere;

    StoredPublicUrlTest(Database database) {
        this.database = database;
        this.here = new StoredPublicUrl(database, now::get);
        this.elsewhere = new StoredPublicUrl(database, now::get);
    }

    @BeforeEach
    void nothing() {
        database.read(handle -> handle.execute("truncate installation"));
    }

    @Test
    void itCountsAtOnceHereAndSoonElsewhere() {
        assertThat(elsewhere.get()).isEmpty();
        here.put(URI.create("http://localhost:8080"));
        here.put(MAIL);
        assertThat(here.get()).contains(MAIL);
        assertThat(elsewhere.get()).isEmpty();
        now.set(now.get().plusSeconds(11));
        assertThat(elsewhere.get()).contains(MAIL);
    }

    @Test
    void whatTheEnvironmentSaysComesFirst() {
        here.put(MAIL);
        var fixed = URI.create("https://fixed.example.com");
        assertThat(new PublicUrl(Optional.of(fixed)).orStored(here::get).url()).contains(fixed);
        assertThat(new PublicUrl(Optional.empty()).orStored(here::get).url()).contains(MAIL);
    }
}
