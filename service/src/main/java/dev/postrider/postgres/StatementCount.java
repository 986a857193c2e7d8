package dev.postrider.postgres;

import java.sql.PreparedStatement;
import java.util.concurrent.atomic.LongAdder;
import org.jdbi.v3.core.config.JdbiConfig;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.StatementCustomizer;

/**
 * Counts what the server is asked, by all connections; what begins and commits a transaction isn't
 * counted. Safe for concurrent use.
 */
public final class StatementCount implements JdbiConfig<StatementCount> {
    private final LongAdder count = new LongAdder();

    void add() {
        count.increment();
    }

    long sum() {
        return count.sum();
    }

    /** All connections count together. */
    @Override
    public StatementCount createCopy() {
        return this;
    }

    /** For statements of JDBI's; {@link BatchStatement} counts its own. */
    static final class Customizer implements StatementCustomizer {
        @Override
        public void beforeExecution(PreparedStatement statement, StatementContext context) {
            context.getConfig(StatementCount.class).add();
        }
    }
}
