package dev.postrider.rig;

import dev.postrider.postgres.Database;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.jdbi.v3.core.HandleConsumer;

/** What others write between two statements of a reader. */
public final class Meanwhile {
    private Meanwhile() {}

    /**
     * Lets a reader come as far as a table, writes, and lets it go on.
     *
     * @param table at which it waits
     */
    public static <T> T readerWaitsAt(
            Database database,
            String table,
            HandleConsumer<RuntimeException> write,
            Callable<T> reader)
            throws Exception {
        var isLocked = new Semaphore(0);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var writer =
                    threads.submit(() ->
                            database.<Boolean, RuntimeException>inTransaction(handle -> {
                                handle.execute("lock table " + table + " in access exclusive mode");
                                isLocked.release();
                                handle.execute(untilOneWaitsAt(table));
                                write.useHandle(handle);
                                return true;
                            }));
            isLocked.acquire();
            var found = reader.call();
            writer.get();
            return found;
        }
    }

    private static String untilOneWaitsAt(String table) {
        return """
        do $$
        begin
            while not exists (
                select 1
                from pg_locks
                where relation = cast('%s' as regclass)
                  and not granted)
            loop
                perform pg_sleep(0.01);
            end loop;
        end
        $$
        """
                .formatted(table);
    }
}
