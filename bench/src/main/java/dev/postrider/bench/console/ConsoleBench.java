package dev.postrider.bench.console;

import dev.postrider.bench.rig.Arguments;
import dev.postrider.bench.rig.Page;
import dev.postrider.bench.rig.ProcessCost;
import dev.postrider.bench.rig.ProgramRig;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** One program with many emails, whose pages are asked for as a browser does, and the page. */
public final class ConsoleBench {
    public static final List<String> OPTIONS = List.of("--emails", "--times");

    private static final double GIGABYTE = 1_000_000_000;

    private static final String SIZE =
            """
            select pg_database_size(current_database())
            """;

    private ConsoleBench() {}

    /** Runs, prints, writes. */
    public static void run(Arguments arguments) throws Exception {
        var emails = arguments.number("--emails", 10_000_000);
        var times = arguments.number("--times", 100);
        try (var rig = ProgramRig.start(arguments.launcher(), FillEmails.SETTINGS)) {
            FillEmails.into(rig, emails);
            FillTheRest.into(rig.connection(), emails / 10);
            var sample = Sample.of(rig.connection());
            var cookie = SignIn.to(rig.port(), ProgramRig.USER, ProgramRig.PASSWORD);
            var pages =
                    ask(
                            arguments,
                            AskQuestions.of(rig, times, "Cookie", cookie),
                            Pages.all(),
                            sample);
            var searches =
                    ask(
                            arguments,
                            AskQuestions.of(rig, times, "Authorization", "Bearer " + rig.key()),
                            Question.all(),
                            sample);
            Page.publish(
                    arguments,
                    ConsoleReport.of(
                            pages,
                            searches,
                            new ConsoleReport.Setting(
                                    Page.machine(arguments.launcher()),
                                    emails,
                                    gigabytes(rig),
                                    ProcessCost.peakMegabytes(rig.pid()))));
        }
    }

    private static double gigabytes(ProgramRig rig) throws SQLException {
        try (var statement = rig.connection().createStatement();
                var result = statement.executeQuery(SIZE)) {
            result.next();
            return result.getLong(1) / GIGABYTE;
        }
    }

    private static List<Asked> ask(
            Arguments arguments, AskQuestions all, List<Question> questions, Sample sample)
            throws Exception {
        var asked = new ArrayList<Asked>();
        try (var asking = all) {
            for (var question : questions) {
                if (arguments.wants(question.key())) {
                    System.err.println(question.title() + " …");
                    asked.add(asking.ask(question, sample));
                }
            }
        }
        return asked;
    }

    /** The console's pages and what is looked for there. */
    static final class Pages {
        private Pages() {}

        static List<Question> all() {
            return List.of(
                    new Question("overview", "overview", "/console"),
                    new Question("start", "first steps", "/console/start"),
                    new Question("emails", "emails, newest", "/console/emails"),
                    new Question(
                            "emails-recipient",
                            "emails to somebody",
                            "/console/emails?recipient=rR@example.org"),
                    new Question(
                            "emails-domain",
                            "emails to a domain",
                            "/console/emails?recipient=%40example.org"),
                    new Question(
                            "emails-word",
                            "emails by a word that all have",
                            "/console/emails?subject=invoice"),
                    new Question(
                            "emails-words",
                            "emails by two words",
                            "/console/emails?subject=invoice%20R"),
                    new Question(
                            "emails-refused", "emails refused", "/console/emails?state=refused"),
                    new Question("email", "an email", "/console/emails/ID"),
                    new Question("webhooks", "webhooks", "/console/webhooks"),
                    new Question("mailboxes", "mailboxes", "/console/mailboxes"),
                    new Question("mailbox", "a mailbox", "/console/mailboxes/M"),
                    new Question("new", "connect a mailbox", "/console/mailboxes/new"),
                    new Question("keys", "API keys", "/console/keys"),
                    new Question("people", "people", "/console/people"),
                    new Question("account", "one's account", "/console/account"),
                    new Question("audit", "audit log, newest", "/console/audit"),
                    new Question(
                            "audit-who",
                            "audit log, by who",
                            "/console/audit?actor=" + ProgramRig.USER.replace("@", "%40")),
                    new Question(
                            "audit-what", "audit log, by what", "/console/audit?action=mailbox."),
                    new Question(
                            "audit-refused",
                            "audit log, refused, 1 in 100,000",
                            "/console/audit?outcome=refused"),
                    new Question(
                            "audit-address",
                            "audit log, by address",
                            "/console/audit?address=198.51.7.7"),
                    new Question(
                            "audit-both",
                            "audit log, by who, what, outcome and address",
                            "/console/audit?action=email.&outcome=done&address=198.51.7.7&actor="
                                    + ProgramRig.USER.replace("@", "%40")),
                    new Question(
                            "audit-nobody",
                            "audit log, two that never meet",
                            "/console/audit?action=mailbox.&outcome=refused"),
                    new Question("installation", "installation", "/console/installation"));
        }
    }
}
