package dev.postrider.trace;

import dev.postrider.log.Journal;
import dev.postrider.machine.Machine;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/**
 * Exports traces and logs while the program runs, if that is wanted; otherwise nothing of
 * OpenTelemetry is loaded. What is wrong with it never keeps mail from being sent.
 */
@Singleton
public final class Telemetry implements Machine {
    private static final Journal JOURNAL = Journal.of("boot");

    /** How long the stop waits for a collector. */
    private static final Duration STOP_WAIT = Duration.ofSeconds(5);

    private final TelemetrySettings settings;
    private final Duration stopWait;

    /** Written and read by the thread that starts and stops the program. */
    private Optional<Exporting> exporting = Optional.empty();

    @Inject
    public Telemetry(TelemetrySettings settings) {
        this(settings, STOP_WAIT);
    }

    Telemetry(TelemetrySettings settings, Duration stopWait) {
        this.settings = settings;
        this.stopWait = stopWait;
        ExportCounts.SPANS.show();
        ExportCounts.LOGS.show();
    }

    @Override
    public void start() {
        if (settings.isOn()) {
            try {
                exporting = Optional.of(Exporting.start(settings));
            } catch (ConfigurationException e) {
                JOURNAL.warning(
                        "no traces and logs are exported: OpenTelemetry's settings can't be used",
                        "reason",
                        String.valueOf(e.getMessage()));
            }
        }
    }

    /** Sends what waits, for a few seconds at most. */
    @Override
    public void close() {
        exporting.ifPresent(each -> each.stop(stopWait));
        exporting = Optional.empty();
    }
}
