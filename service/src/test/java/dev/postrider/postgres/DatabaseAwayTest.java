package dev.postrider.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DatabaseAwayTest {
    @ParameterizedTest
    @CsvSource({
        "08006, connection reset, AWAY",
        "57P01, terminating connection, AWAY",
        "58030, could not fsync, AWAY",
        "57014, canceling statement due to statement timeout, BUSY",
        "40P01, deadlock detected, BUSY",
        "53300, too many clients, BUSY",
        ",'Sorry, acquisition timeout!', BUSY",
        "25006, cannot execute INSERT in a read-only transaction, AWAY",
        "08007, canceling wait for synchronous replication, UNCONFIRMED",
        "53100, could not extend file, FULL",
        "58030, 'could not write: No space left on device', FULL",
    })
    void whatPassesIsCalledByItsName(
            @Nullable String state, String message, DatabaseAway.Kind kind) {
        assertThat(DatabaseAway.kind(new IllegalStateException(new SQLException(message, state))))
                .contains(kind);
    }

    @Test
    void aConnectionThatEndsWithoutAWordIsSaidTo() {
        var ended = new SQLException("An I/O error occurred", "08006", new EOFException());

        assertThat(DatabaseAway.orItself(new IllegalStateException(ended)))
                .hasMessage("The database is away: EOFException");
    }

    @Test
    void aMistakeDoesNotPass() {
        var mistake = new IllegalStateException(new SQLException("syntax error", "42601"));
        assertThat(DatabaseAway.orItself(mistake)).isSameAs(mistake);
    }

    /** As the driver does when a row is larger than the heap. */
    @Test
    void aHeapThatIsFullIsNoDatabaseThatIsAway() {
        var heap = new OutOfMemoryError("Java heap space");
        var wrapped =
                new IllegalStateException(
                        new SQLException(
                                "Ran out of memory retrieving query results.", "53200", heap));
        assertThatThrownBy(
                        () -> {
                            throw DatabaseAway.orItself(wrapped);
                        })
                .isSameAs(heap);
    }
}
