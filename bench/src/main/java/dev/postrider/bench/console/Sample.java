package dev.postrider.bench.console;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Some of the emails, to ask for. */
record Sample(List<String> ids, List<Instant> times) {
    private static final String SOME =
            """
            select id, created_at
            from email tablesample system (PERCENT)
            order by random()
            limit 500
            """;

    public Sample {
        ids = List.copyOf(ids);
        times = List.copyOf(times);
    }

    /** Of few emails it may be any. */
    public static Sample of(Connection connection) throws SQLException {
        var few = of(connection, "0.05");
        return few.ids().isEmpty() ? of(connection, "100") : few;
    }

    private static Sample of(Connection connection, String percent) throws SQLException {
        var ids = new ArrayList<String>();
        var times = new ArrayList<Instant>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(SOME.replace("PERCENT", percent))) {
            while (rows.next()) {
                ids.add(rows.getString(1));
                times.add(rows.getTimestamp(2).toInstant());
            }
        }
        return new Sample(ids, times);
    }

    String id(RandomGenerator random) {
        return ids.get(random.nextInt(ids.size()));
    }

    Instant hour(RandomGenerator random) {
        return times.get(random.nextInt(times.size())).truncatedTo(ChronoUnit.SECONDS);
    }

    static String mailbox(int number) {
        return "00000000-0000-7000-8000-%012x".formatted(number);
    }
}
