package org.jdbi.v3.core.statement.internal;

/**
 * Stands for JDBI's class of this name, since the program's own jar comes first on its class path:
 * that one makes an event for the flight recorder out of each statement, and for the first one
 * starts the recorder, which cost a fourth of the time in which the storage opens, whether anything
 * is recorded or not. Where theirs comes first all works as well, and a start takes longer. See
 * decision 117.
 */
public final class JfrSupport {
    private static final OptionalEvent NONE = new NoStatementEvent();

    private JfrSupport() {}

    public static boolean isJfrAvailable() {
        return false;
    }

    public static boolean isFlightRecorderAvailable() {
        return false;
    }

    public static OptionalEvent newStatementEvent() {
        return NONE;
    }
}
