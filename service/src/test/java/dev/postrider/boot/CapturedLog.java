package dev.postrider.boot;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;

/** All that the program logs, at the most verbose level, facts and stack traces included. */
public final class CapturedLog extends Handler implements AutoCloseable {
    private static final List<String> OURS =
            List.of("smtp", "http", "flow", "boot", "dev.postrider");

    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final List<Logger> loggers = OURS.stream().map(Logger::getLogger).toList();
    private final Logger root = Logger.getLogger("");

    public static CapturedLog start() {
        var log = new CapturedLog();
        log.setLevel(Level.ALL);
        log.root.addHandler(log);
        log.loggers.forEach(logger -> logger.setLevel(Level.ALL));
        return log;
    }

    public List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void publish(LogRecord logged) {
        var line = new StringWriter();
        line.append(logged.getLoggerName()).append(' ').append(logged.getMessage()).append(' ');
        line.append(Arrays.toString(logged.getParameters()));
        if (logged instanceof ExtLogRecord extended) {
            line.append(' ').append(String.valueOf(extended.getMdcCopy()));
        }
        if (logged.getThrown() != null) {
            logged.getThrown().printStackTrace(new PrintWriter(line, true));
        }
        lines.add(line.toString());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        root.removeHandler(this);
        loggers.forEach(logger -> logger.setLevel(null));
    }
}
