package dev.postrider.bench.lists;

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
            from email tablesample system (0.05)
            order by random()
            limit 500
            """;

    Sample {
        ids = List.copyOf(ids);
        times = List.copyOf(times);
    }

    static Sample of(Connection connection) throws SQLException {
        var ids = new ArrayList<String>();
        var times = new ArrayList<Instant>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(SOME)) {
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
