package dev.postrider.rig;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What one logger is told, until this is closed. */
public final class LoggedRecords extends Handler implements AutoCloseable {
    private final Logger logger;
    private final Queue<LogRecord> records = new ConcurrentLinkedQueue<>();

    private LoggedRecords(Logger logger) {
        this.logger = logger;
    }

    public static LoggedRecords of(String logger) {
        var logged = new LoggedRecords(Logger.getLogger(logger));
        logged.logger.addHandler(logged);
        return logged;
    }

    public List<LogRecord> all() {
        return List.copyOf(records);
    }

    @Override
    public void publish(LogRecord logged) {
        records.add(logged);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}
