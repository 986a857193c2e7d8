package dev.postrider.bench.console;

import dev.postrider.bench.rig.Percentiles;
import dev.postrider.bench.rig.ProcessCost;
import dev.postrider.bench.rig.ProgramRig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * Asks over one connection, one question after the other.
 *
 * @param header what each request has to show
 */
record AskQuestions(
        ProgramRig rig,
        int times,
        String header,
        String value,
        HttpClient client,
        RandomGenerator random)
        implements AutoCloseable {
    private static final int WARM_UP = 30;

    /** Of tables that have grown: reading a few rows from end to end costs nothing. */
    private static final String SCANS =
            """
            select coalesce(sum(seq_scan), 0)
            from pg_stat_user_tables
            where pg_relation_size(relid) > 1000000
            """;

    public static AskQuestions of(ProgramRig rig, int times, String header, String value) {
        return new AskQuestions(
                rig,
                times,
                header,
                value,
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build(),
                new Random(1));
    }

    /** Some dozens for nothing first. */
    public Asked ask(Question question, Sample sample)
            throws IOException, InterruptedException, SQLException {
        for (var i = 0; i < WARM_UP; i++) {
            get(question.ask(sample, random));
        }
        var scans = scans();
        var program = ProcessCost.micros(rig.pid());
        var database = ProcessCost.microsOfTree(rig.databasePid());
        var took = new long[times];
        for (var i = 0; i < times; i++) {
            var path = question.ask(sample, random);
            var begun = System.nanoTime();
            get(path);
            took[i] = System.nanoTime() - begun;
        }
        return new Asked(
                question,
                Percentiles.of(took),
                ProcessCost.micros(rig.pid()) - program,
                ProcessCost.microsOfTree(rig.databasePid()) - database,
                scans() - scans);
    }

    /** PostgreSQL's processes tell what they have done a second later. */
    private double scans() throws SQLException, InterruptedException {
        Thread.sleep(1_100);
        try (var statement = rig.connection().createStatement();
                var result = statement.executeQuery(SCANS)) {
            result.next();
            return result.getDouble(1);
        }
    }

    private void get(String path) throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + rig.port() + path))
                        .header(header, value)
                        .build();
        var answer = client.send(request, BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(path + " isn't answered: " + answer.body());
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
