package dev.postrider.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.log.Journal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class TellOutageTest {
    private static final Logger LOGGER = Logger.getLogger("outage");
    private final TellOutage tell = new TellOutage(Journal.of("outage"), "nothing is done");
    private final List<LogRecord> lines = new ArrayList<>();
    private final Handler handler =
            new Handler() {
                @Override
                public void publish(LogRecord line) {
                    lines.add(line);
                }

                @Override
                public void flush() {}

                @Override
                public void close() {}
            };

    @BeforeEach
    void listen() {
        LOGGER.addHandler(handler);
    }

    @AfterEach
    void listenNoMore() {
        LOGGER.removeHandler(handler);
    }

    @Test
    void anOutageIsOneLineWhenItBeginsAndOneWhenItEnds() {
        tell.success();
        assertThat(lines).isEmpty();
        for (var i = 0; i < 100; i++) {
            tell.failure(new DatabaseAway(new SQLException("refused", "08001")));
        }
        assertThat(lines).hasSize(1);
        assertThat(lines.getFirst().getThrown()).isNull();
        assertThat(lines.getFirst().getMessage())
                .startsWith("nothing is done reason=\"The database is away: refused");
        tell.success();
        tell.success();
        assertThat(lines).hasSize(2);
        assertThat(lines.getLast().getMessage()).startsWith("the database is back");
        tell.failure(new DatabaseAway(new SQLException("refused", "08001")));
        assertThat(lines).hasSize(3);
    }

    @Test
    void aBugIsToldEachTimeWithItsTrace() {
        tell.failure(new IllegalStateException("a bug"));
        tell.failure(new IllegalStateException("a bug"));
        assertThat(lines).hasSize(2).allMatch(line -> line.getThrown() != null);
    }
}
