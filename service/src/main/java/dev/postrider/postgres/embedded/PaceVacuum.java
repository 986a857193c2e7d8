package dev.postrider.postgres.embedded;

import dev.postrider.log.Journal;
import dev.postrider.machine.Loop;
import dev.postrider.machine.Machine;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.Wakeups;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/**
 * Has the embedded server look for tables to vacuum and to analyse every ten seconds while emails
 * pass, and seldom while none do: each look is a process for each database, which costs more than
 * all else that an idle program does. An operator's own server is theirs to set.
 */
@Singleton
public final class PaceVacuum implements Machine {
    private static final Journal JOURNAL = Journal.of("postgres");

    private static final String OFTEN = "alter system set autovacuum_naptime = '10s'";
    private static final String SELDOM = "alter system set autovacuum_naptime = '2min'";
    private static final String TAKE_UP = "select pg_reload_conf()";

    private static final Duration EVERY = Duration.ofSeconds(5);

    /**
     * News between two looks that make it busy: an email a second, of which the server's first
     * threshold takes some minutes.
     */
    static final int BUSY = 10;

    /** Looks without, after which it isn't busy any more: what was left then has been vacuumed. */
    static final int QUIET = 4;

    private final Database database;
    private final Wakeups wakeups;
    private final Loop loop =
            Loop.frequent(JOURNAL, "pace-vacuum", "autovacuum can't be paced", EVERY, this::look);

    /** All of the loop's thread. */
    private long news;

    private int quiet = QUIET;

    /** What the server was told last; a killed program may have left either. */
    private Optional<Boolean> isOften = Optional.empty();

    public PaceVacuum(Database database, Wakeups wakeups) {
        this.database = database;
        this.wakeups = wakeups;
    }

    @Override
    public void start() {
        if (database.isEmbedded()) {
            loop.start();
        }
    }

    void look() {
        var now = wakeups.news();
        quiet = now - news >= BUSY ? 0 : Math.min(QUIET, quiet + 1);
        news = now;
        var isBusy = quiet < QUIET;
        if (isOften.isPresent() && isOften.get() == isBusy) {
            return;
        }
        database.statement(handle -> handle.execute(isBusy ? OFTEN : SELDOM));
        var _ = database.read(handle -> handle.createQuery(TAKE_UP).mapTo(Boolean.class).one());
        isOften = Optional.of(isBusy);
    }

    @Override
    public void close() throws InterruptedException {
        loop.close();
    }
}
