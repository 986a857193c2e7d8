package dev.postrider.postgres;

import java.sql.PreparedStatement;
import java.util.concurrent.atomic.LongAdder;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.StatementCustomizer;

/** Counts what the server is asked; what begins and commits a transaction isn't counted. */
final class CountStatements implements StatementCustomizer {
    private final LongAdder count = new LongAdder();

    @Override
    public void beforeExecution(PreparedStatement statement, StatementContext context) {
        count.increment();
    }

    long count() {
        return count.sum();
    }
}
