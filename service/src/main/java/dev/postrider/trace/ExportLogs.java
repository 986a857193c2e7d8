package dev.postrider.trace;

import io.opentelemetry.api.logs.LoggerProvider;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.regex.Pattern;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.jspecify.annotations.Nullable;

/**
 * Hands the lines of the log to OpenTelemetry: the line itself, its facts as attributes, and where
 * it is about an email that email's trace.
 */
final class ExportLogs extends Handler {
    /** The fact that names an email. */
    private static final String EMAIL = "email";

    /** What exporting itself says stays here: it would never end. */
    private static final String OF_THE_SDK = "io.opentelemetry";

    private static final Pattern UUID_TEXT =
            Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final LoggerProvider loggers;
    private final ExtFormatter format = new PatternFormatter("%s");

    ExportLogs(LoggerProvider loggers) {
        this.loggers = loggers;
    }

    @Override
    public void publish(LogRecord plain) {
        var logger = String.valueOf(plain.getLoggerName());
        if (!isLoggable(plain) || logger.startsWith(OF_THE_SDK)) {
            return;
        }
        var line = ExtLogRecord.wrap(plain);
        var record =
                loggers.get(logger)
                        .logRecordBuilder()
                        .setTimestamp(line.getInstant())
                        .setSeverity(severity(line.getLevel()))
                        .setSeverityText(line.getLevel().getName())
                        .setBody(format.formatMessage(line));
        var facts = line.getMdcCopy();
        facts.forEach(record::setAttribute);
        var thrown = line.getThrown();
        if (thrown != null) {
            record.setAttribute("exception.type", thrown.getClass().getName());
            record.setAttribute("exception.stacktrace", stack(thrown));
        }
        trace(facts.get(EMAIL)).ifPresent(each -> record.setContext(Tracing.in(each)));
        record.emit();
    }

    /** Of an email: the line is about all of its taking. Empty for what is no email's id. */
    private static Optional<SpanContext> trace(@Nullable String email) {
        if (email == null || !UUID_TEXT.matcher(email).matches()) {
            return Optional.empty();
        }
        var id = UUID.fromString(email);
        return Optional.of(
                SpanContext.create(
                        SpanIds.trace(id),
                        SpanIds.accept(id),
                        EmailTrace.of(id).isPresent()
                                ? TraceFlags.getSampled()
                                : TraceFlags.getDefault(),
                        TraceState.getDefault()));
    }

    private static Severity severity(Level level) {
        if (level.intValue() >= Level.SEVERE.intValue()) {
            return Severity.ERROR;
        }
        if (level.intValue() >= Level.WARNING.intValue()) {
            return Severity.WARN;
        }
        if (level.intValue() >= Level.INFO.intValue()) {
            return Severity.INFO;
        }
        return level.intValue() >= Level.FINE.intValue() ? Severity.DEBUG : Severity.TRACE;
    }

    private static String stack(Throwable thrown) {
        var text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    /** The batch goes when it is full, or a moment after its first line. */
    @Override
    public void flush() {}

    @Override
    public void close() {}
}
