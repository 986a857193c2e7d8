package dev.postrider.bench.lists;

import dev.postrider.bench.rig.Arguments;
import dev.postrider.bench.rig.Page;
import dev.postrider.bench.rig.Percentiles;
import dev.postrider.bench.rig.ProcessCost;
import dev.postrider.bench.rig.ProgramRig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;

/** One program with many emails, asked all kinds of questions, and the page. */
public final class ListsBench {
    public static final List<String> OPTIONS = List.of("--rows", "--times");

    private static final long GIGABYTE = 1_000_000_000;

    /** What ten million take, and as much again while indexes are made. */
    private static final long OCTETS_A_ROW = 1_500;

    private static final int WARM_UP = 30;

    private static final String SCANS =
            """
            select sum(seq_scan)
            from pg_stat_user_tables
            where relname in ('email', 'recipient', 'email_tag', 'email_content', 'attempt')
            """;

    private static final String SIZE =
            """
            select pg_database_size(current_database())
            """;

    private final Arguments arguments;
    private final ProgramRig rig;
    private final int rows;
    private final int times;
    private final String key;
    private final RandomGenerator random = new Random(1);

    private ListsBench(Arguments arguments, ProgramRig rig)
            throws IOException, InterruptedException {
        this.arguments = arguments;
        this.rig = rig;
        this.rows = arguments.number("--rows", 10_000_000);
        this.times = arguments.number("--times", 200);
        this.key = rig.key();
    }

    /** Runs, prints, writes. */
    public static void run(Arguments arguments) throws Exception {
        try (var rig = ProgramRig.start(arguments.launcher())) {
            new ListsBench(arguments, rig).run();
        }
    }

    private void run() throws IOException, InterruptedException, SQLException {
        requireRoom();
        keepOne();
        System.err.println("making emails …");
        var begun = System.nanoTime();
        new FillEmails(rig::connect, rows).run();
        var seconds = (System.nanoTime() - begun) / 1_000_000_000;
        System.err.println("that took " + seconds + " s");
        var sample = Sample.of(rig.connection());
        var asked = new ArrayList<Asked>();
        try (var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            for (var question : Question.all()) {
                if (arguments.wants(question.key())) {
                    System.err.println(question.title() + " …");
                    asked.add(ask(client, question, sample));
                }
            }
        }
        Page.publish(
                arguments,
                ListsReport.of(
                        asked,
                        new ListsReport.Setting(
                                Page.machine(arguments.launcher()),
                                rows,
                                number(SIZE) / (double) GIGABYTE,
                                ProcessCost.peakMegabytes(rig.pid()))));
    }

    private void requireRoom() throws IOException {
        var room = Files.getFileStore(rig.folder()).getUsableSpace();
        if (room < rows * OCTETS_A_ROW) {
            throw new IOException(
                    "%,d emails need %d GB of disk, and there are %d: take fewer --rows"
                            .formatted(rows, rows * OCTETS_A_ROW / GIGABYTE, room / GIGABYTE));
        }
    }

    /** The email that all others are copies of. */
    private void keepOne() throws IOException, InterruptedException, SQLException {
        var mailbox = Map.of("address", ProgramRig.USER, "provider", "sandbox");
        var _ = rig.user().post("/mailboxes", mailbox).text("id");
        var email =
                Map.of(
                        "to", "grace@example.org",
                        "subject", "An invoice",
                        "message", "Dear Grace,\nhere it is.\n");
        var _ = rig.user().post("/smtp/send-email", email).text("id");
    }

    private Asked ask(HttpClient client, Question question, Sample sample)
            throws IOException, InterruptedException, SQLException {
        for (var i = 0; i < WARM_UP; i++) {
            get(client, question.ask(sample, random));
        }
        var scans = scans();
        var program = ProcessCost.micros(rig.pid());
        var database = ProcessCost.microsOfTree(rig.databasePid());
        var took = new long[times];
        for (var i = 0; i < times; i++) {
            var path = question.ask(sample, random);
            var begun = System.nanoTime();
            get(client, path);
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
        return number(SCANS);
    }

    private double number(String sql) throws SQLException {
        try (var statement = rig.connection().createStatement();
                var result = statement.executeQuery(sql)) {
            result.next();
            return result.getDouble(1);
        }
    }

    private void get(HttpClient client, String path) throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + rig.port() + path))
                        .header("Authorization", "Bearer " + key)
                        .build();
        var answer = client.send(request, BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(path + " isn't answered: " + answer.body());
        }
    }
}
