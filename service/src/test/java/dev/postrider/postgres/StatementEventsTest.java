package dev.postrider.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.jdbi.v3.core.statement.internal.JfrSupport;
import org.junit.jupiter.api.Test;

final class StatementEventsTest {
    /** Another version of JDBI may ask for more than ours has; then nothing would run at all. */
    @Test
    void areNotMade() {
        assertThat(JfrSupport.isFlightRecorderAvailable()).isFalse();
        assertThat(JfrSupport.newStatementEvent().shouldCommit()).isFalse();
    }
}
