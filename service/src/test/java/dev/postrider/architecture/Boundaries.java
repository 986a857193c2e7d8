package dev.postrider.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The house's boundaries, as rules over the packages below a root: the program's own, or that of
 * the twins which break each rule.
 */
record Boundaries(String root) {
    /** The API's description names what each kind of transport takes and shows. */
    private static final String DESCRIPTIONS =
            ".*\\.mailbox\\.http\\.(ConnectRequest|ChangeRequest|VerificationAnswer)"
                    + "|.*\\.mailbox\\.view\\.MailboxAnswer";

    private static final List<String> INTAKE =
            List.of("flow.accept", "flow.compose", "flow.enqueue");
    private static final List<String> WORKER = List.of("flow.lease", "flow.send", "flow.settle");
    private static final List<String> HERALD = List.of("flow.webhook");

    private static final List<String> FEATURES =
            List.of(
                    "email",
                    "event",
                    "mailbox",
                    "transport",
                    "credential",
                    "outbound",
                    "identity",
                    "postgres",
                    "vault",
                    "audit");

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
        rules.put("the embedded server is known to those who start one", embeddedServer());
        rules.put("nothing but boot knows boot", boot());
        rules.put("the SMTP client needs the JDK and nothing else", smtp());
        rules.put("the composer does no I/O and knows no framework", mime());
        rules.put("rooms of composer and SMTP client know only those below them", innerRooms());
        rules.put(
                "rooms of store, API, database and what calls out know only those below them",
                rooms());
        rules.put("rows of emails are at home in flow.store", emailRows());
        rules.put("a transport is known to its own room and to the list of all", transports());
        rules.put("sockets are at home in outbound and the transports", sockets());
        rules.put("the console is a client of the API, and asks nobody else", console());
        rules.put("OpenTelemetry is at home in trace", openTelemetry());
        rules.put("no ThreadLocal", threadLocals());
        rules.put("names say what a class is for", names());
        return rules;
    }

    private String in(String name) {
        return root + "." + name + "..";
    }

    private String[] in(List<String> names) {
        return names.stream().map(this::in).toArray(String[]::new);
    }

    /** Nothing in these packages depends on anything in the others. */
    private ArchRule separate(List<String> packages, List<String> others) {
        return noClasses()
                .that()
                .resideInAnyPackage(in(packages))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(in(others));
    }

    private static List<String> both(List<String> these, List<String> those) {
        return Stream.concat(these.stream(), those.stream()).toList();
    }

    private ArchRule intake() {
        return separate(INTAKE, both(WORKER, HERALD));
    }

    private ArchRule intakeKnowsNoWire() {
        return noClasses()
                .that()
                .resideInAnyPackage(in(both(INTAKE, List.of("flow.store", "page", "spool"))))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(in(List.of("door", "http", "identity.http")))
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "jakarta.ws..",
                        "com.fasterxml..",
                        "org.eclipse.microprofile.openapi..",
                        "org.jboss.resteasy..",
                        "io.vertx..");
    }

    private ArchRule worker() {
        return separate(WORKER, both(INTAKE, HERALD));
    }

    private ArchRule herald() {
        return separate(HERALD, both(INTAKE, WORKER));
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
        return separate(both(FEATURES, List.of("http", "log", "meter", "spool")), List.of("flow"));
    }

    private ArchRule http() {
        return separate(List.of("http"), FEATURES);
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
                List.of("flow.store"),
                both(both(INTAKE, both(WORKER, HERALD)), List.of("door", "identity")));
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

    /** To all others the database is one, wherever it runs. */
    private ArchRule embeddedServer() {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .and()
                .resideOutsideOfPackages(in("postgres.embedded"), in("backup"), in("boot"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(in("postgres.embedded"));
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

    /** Each package is a room, whatever stands below it. */
    private ArchRule rooms() {
        return slices().assignedFrom(
                        new SliceAssignment() {
                            @Override
                            public SliceIdentifier getIdentifierOf(JavaClass each) {
                                var room = each.getPackageName();
                                return Stream.of("flow.store", "door.api", "postgres", "outbound")
                                                .map(name -> root + "." + name)
                                                .anyMatch(house ->
                                                        (room + ".").startsWith(house + "."))
                                        ? SliceIdentifier.of(room)
                                        : SliceIdentifier.ignore();
                            }

                            @Override
                            public String getDescription() {
                                return "rooms of store, API, database and what calls out";
                            }
                        })
                .should()
                .beFreeOfCycles();
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
                        in("doctor"),
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

    private ArchRule openTelemetry() {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .and()
                .resideOutsideOfPackage(in("trace"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.opentelemetry..");
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
