package dev.postrider.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.lang.ArchRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The house's boundaries, as rules over the packages below a root: the program's own, or that of
 * the twins which break each rule.
 */
record Boundaries(String root) {
    /** The API's description names what each kind of transport takes and shows. */
    private static final String DESCRIPTIONS =
            ".*\\.mailbox\\.http\\.(ConnectRequest|ChangeRequest|VerificationAnswer)"
                    + "|.*\\.mailbox\\.view\\.MailboxAnswer";

    Map<String, ArchRule> rules() {
        var rules = new LinkedHashMap<String, ArchRule>();
        rules.put("the intake knows nothing of worker and herald", intake());
        rules.put(
                "the intake, its store and pages speak neither HTTP nor JSON", intakeKnowsNoWire());
        rules.put("the worker knows nothing of intake and herald", worker());
        rules.put("the herald knows nothing of intake and worker", herald());
        rules.put("the nouns of email do no I/O and know no framework", nouns());
        rules.put("what the flow works with doesn't know the flow", flow());
        rules.put("what every operation shares knows none of them", http());
        rules.put("the store of emails knows none of those who use it", store());
        rules.put("identity and audit know HTTP only in their rooms for it", identity());
        rules.put("connections are at home in postgres", connections());
        rules.put("nothing but boot knows boot", boot());
        rules.put("the SMTP client needs the JDK and nothing else", smtp());
        rules.put("the composer does no I/O and knows no framework", mime());
        rules.put("rooms of composer and SMTP client know only those below them", innerRooms());
        rules.put("rows of emails are at home in flow.store", emailRows());
        rules.put("a transport is known to its own room and to the list of all", transports());
        rules.put("sockets are at home in outbound and the transports", sockets());
        rules.put("the console is a client of the API, and asks nobody else", console());
        rules.put("no ThreadLocal", threadLocals());
        rules.put("names say what a class is for", names());
        return rules;
    }

    private String in(String name) {
        return root + "." + name + "..";
    }

    private List<String> intakeSteps() {
        return List.of(in("flow.accept"), in("flow.compose"), in("flow.enqueue"));
    }

    private List<String> workerSteps() {
        return List.of(in("flow.lease"), in("flow.send"), in("flow.settle"));
    }

    /** Nothing in these packages depends on anything in the others. */
    private static ArchRule separate(List<String> packages, String... others) {
        return noClasses()
                .that()
                .resideInAnyPackage(packages.toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others);
    }

    private ArchRule intake() {
        return separate(
                intakeSteps(),
                in("flow.lease"),
                in("flow.send"),
                in("flow.settle"),
                in("flow.webhook"));
    }

    private ArchRule intakeKnowsNoWire() {
        return separate(
                List.of(
                        in("flow.accept"),
                        in("flow.compose"),
                        in("flow.enqueue"),
                        in("flow.store"),
                        in("page"),
                        in("spool")),
                in("door"),
                in("http"),
                in("identity.http"),
                "jakarta.ws..",
                "com.fasterxml..",
                "org.eclipse.microprofile.openapi..",
                "org.jboss.resteasy..",
                "io.vertx..");
    }

    private ArchRule worker() {
        return separate(
                workerSteps(),
                in("flow.accept"),
                in("flow.compose"),
                in("flow.enqueue"),
                in("flow.webhook"));
    }

    private ArchRule herald() {
        return separate(
                List.of(in("flow.webhook")),
                in("flow.accept"),
                in("flow.compose"),
                in("flow.enqueue"),
                in("flow.lease"),
                in("flow.send"),
                in("flow.settle"));
    }

    private ArchRule nouns() {
        return classes()
                .that()
                .resideInAPackage(in("email"))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        in("email"), "java.lang..", "java.util", "java.time..", "org.jspecify..");
    }

    private ArchRule flow() {
        return separate(
                List.of(
                        in("email"),
                        in("event"),
                        in("mailbox"),
                        in("transport"),
                        in("credential"),
                        in("outbound"),
                        in("identity"),
                        in("postgres"),
                        in("spool"),
                        in("vault"),
                        in("audit"),
                        in("http"),
                        in("log"),
                        in("meter")),
                in("flow"));
    }

    private ArchRule http() {
        return separate(
                List.of(in("http")),
                in("email"),
                in("event"),
                in("mailbox"),
                in("transport"),
                in("credential"),
                in("outbound"),
                in("identity"),
                in("postgres"),
                in("vault"),
                in("audit"));
    }

    private ArchRule identity() {
        return noClasses()
                .that()
                .resideInAnyPackage(in("identity"), in("audit"))
                .and()
                .resideOutsideOfPackages(
                        in("identity.http"), in("identity.*.http"), in("audit.http"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta.ws.rs..", "io.vertx..", "org.jboss.resteasy..");
    }

    private ArchRule store() {
        return separate(
                List.of(in("flow.store")),
                in("door"),
                in("flow.accept"),
                in("flow.compose"),
                in("flow.enqueue"),
                in("flow.lease"),
                in("flow.send"),
                in("flow.settle"),
                in("flow.webhook"),
                in("identity"));
    }

    private ArchRule connections() {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .and()
                .resideOutsideOfPackage(in("postgres"))
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.sql.DriverManager")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.sql.Connection")
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "javax.sql..",
                        "io.agroal..",
                        "org.flywaydb..",
                        "io.zonky..",
                        "org.postgresql..");
    }

    private ArchRule boot() {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .and()
                .resideOutsideOfPackage(in("boot"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(in("boot"));
    }

    private ArchRule smtp() {
        return classes()
                .that()
                .resideInAPackage(in("smtp"))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        in("smtp"),
                        "java..",
                        "jdk.net..",
                        "javax.net..",
                        "javax.security..",
                        "javax.crypto..",
                        "org.jspecify..");
    }

    private ArchRule mime() {
        return noClasses()
                .that()
                .resideInAPackage(in("mime"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.net.http..",
                        "java.nio.file..",
                        "java.nio.channels..",
                        "java.sql..",
                        "jakarta.ws..",
                        "jakarta.enterprise..",
                        "io.quarkus..",
                        "io.vertx..")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.net.Socket");
    }

    private ArchRule innerRooms() {
        return slices().matching(root + ".(mime|smtp).(*)..").should().beFreeOfCycles();
    }

    private ArchRule emailRows() {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .and()
                .resideOutsideOfPackage(in("flow.store"))
                .should(new NameEmailTables());
    }

    /**
     * The list of all is {@code transport} itself, without its rooms. The API's description names
     * each kind's part.
     */
    private ArchRule transports() {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .and()
                .resideOutsideOfPackages(in("transport"), in("smtp"), in("boot"))
                .and()
                .haveNameNotMatching(DESCRIPTIONS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(root + ".transport.*..", in("smtp"));
    }

    private ArchRule sockets() {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .and()
                .resideOutsideOfPackages(
                        in("outbound"),
                        root + ".transport.*..",
                        in("smtp"),
                        in("postgres"),
                        in("boot"),
                        in("door.console.call"))
                .should()
                .dependOnClassesThat()
                .haveNameMatching(
                        "java\\.net\\.(Server|Datagram|Multicast)?Socket"
                                + "|java\\.nio\\.channels\\..*SocketChannel"
                                + "|java\\.net\\.URLConnection|java\\.net\\.http\\.HttpClient.*"
                                + "|javax\\.net\\..*SocketFactory|javax\\.net\\.ssl\\.SSLSocket.*"
                                + "|io\\.vertx\\..*\\.(HttpClient|NetClient|WebClient).*");
    }

    /** Who is signed in is all that it knows by itself. */
    private ArchRule console() {
        return noClasses()
                .that()
                .resideInAPackage(in("door.console"))
                .should()
                .dependOnClassesThat(
                        resideInAPackage(root + "..")
                                .and(
                                        resideOutsideOfPackages(
                                                in("door.console"),
                                                in("identity"),
                                                in("http"),
                                                in("audit"))))
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage("org.jdbi..", "java.sql..");
    }

    private ArchRule threadLocals() {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ThreadLocal.class);
    }

    private ArchRule names() {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .should()
                .haveNameMatching(".*(Util|Utils|Helper|Manager|Impl|Service)")
                .orShould()
                .haveNameMatching(".*\\.Abstract[^.]*");
    }
}
