package dev.postrider.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Properties;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Test;

/** How a line of the log begins, for whoever reads it a week later and elsewhere. */
final class LineFormatTest {
    @Test
    void aLineBeginsWithItsDateAndOffset() throws IOException {
        var line = new PatternFormatter(configured()).format(record());
        var parts = line.split(" ", 2);
        var written = OffsetDateTime.parse(parts[0]);
        assertThat(Duration.between(written.toInstant(), Instant.now()).abs())
                .isLessThan(Duration.of(1, ChronoUnit.MINUTES));
        assertThat(parts[1]).isEqualTo("WARN  boot: sent email=17" + System.lineSeparator());
    }

    private static ExtLogRecord record() {
        var made = new ExtLogRecord(Level.WARN, "sent email=17", LineFormatTest.class.getName());
        made.setLoggerName("boot");
        return made;
    }

    private static String configured() throws IOException {
        var properties = new Properties();
        var file = Path.of("src", "main", "resources", "application.properties");
        properties.load(new StringReader(Files.readString(file)));
        return properties.getProperty("quarkus.log.console.format");
    }
}
