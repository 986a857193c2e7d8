package dev.postrider.smtp.send;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.smtp.Fixtures;
import dev.postrider.smtp.connect.Opening;
import dev.postrider.smtp.login.Credentials;
import dev.postrider.smtp.reply.Stage;
import dev.postrider.smtp.server.Quirks;
import dev.postrider.smtp.server.Security;
import dev.postrider.smtp.server.Server;
import dev.postrider.smtp.wire.Timeouts;
import dev.postrider.testkit.fault.Fault;
import dev.postrider.testkit.fault.FaultServer;
import dev.postrider.testkit.fault.FaultStage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

/** Every fault at every stage, in each way of sending: what the caller is told. */
class FaultMatrixTest {

    private enum Way {
        LOCKSTEP,
        PIPELINING,
        CHUNKING,
        /** To a server that hasn't shown yet that it knows BDAT. */
        FIRST_CHUNK;

        String[] extensions() {
            return switch (this) {
                case LOCKSTEP -> new String[0];
                case PIPELINING -> new String[] {"PIPELINING"};
                case CHUNKING, FIRST_CHUNK -> new String[] {"PIPELINING", "CHUNKING"};
            };
        }

        boolean isChunked() {
            return this == CHUNKING || this == FIRST_CHUNK;
        }

        boolean isTrial() {
            return this == PIPELINING || this == FIRST_CHUNK;
        }
    }

    private record Row(Way way, FaultStage stage, Fault fault) {
        @Override
        public String toString() {
            return way + " " + stage + " " + fault;
        }
    }

    /** The faults that end in silence: these cost a timeout. */
    private static final Set<Fault> SLOW = EnumSet.of(Fault.STALL, Fault.TRICKLE);

    private static final Set<Fault> HANGING_UP = EnumSet.of(Fault.CLOSE, Fault.RESET);

    @Test
    void everyFaultHasItsOutcome() throws InterruptedException, ExecutionException {
        SSLContext tls = Fixtures.AUTHORITY.serverContext("localhost");
        var outcomes = new TreeMap<String, Future<String>>();
        var expected = new TreeMap<String, String>();
        try (var workers = Executors.newFixedThreadPool(12, Thread.ofVirtual().factory());
                var waiters = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Row row : rows()) {
                expected.put(row.toString(), expected(row));
                // Those that wait for nothing do it all at once.
                var executor = SLOW.contains(row.fault()) ? waiters : workers;
                outcomes.put(row.toString(), executor.submit(() -> outcome(row, tls)));
            }
        }
        Map<String, String> told = new TreeMap<>();
        for (Map.Entry<String, Future<String>> outcome : outcomes.entrySet()) {
            told.put(outcome.getKey(), outcome.getValue().get());
        }
        assertThat(told).hasSizeGreaterThan(400).containsExactlyInAnyOrderEntriesOf(expected);
    }

    private static List<Row> rows() {
        var rows = new ArrayList<Row>();
        for (Way way : Way.values()) {
            for (FaultStage stage : FaultStage.values()) {
                for (Fault fault : Fault.values()) {
                    boolean noSuchCommand = stage == FaultStage.DATA && way.isChunked();
                    // A reply before its command is complete is a fault of its own, see
                    // PipeliningTest.
                    boolean early =
                            stage == FaultStage.CONTENT
                                    && !HANGING_UP.contains(fault)
                                    && fault != Fault.STALL
                                    && fault != Fault.CLOSING;
                    if (!noSuchCommand && !early) {
                        rows.add(new Row(way, stage, fault));
                    }
                }
            }
        }
        return rows;
    }

    private static String expected(Row row) {
        return switch (row.stage()) {
            case GREETING, EHLO, EHLO_AFTER_TLS -> opening(row, "Refused");
            case STARTTLS -> opening(row, "TlsFailed");
            case LOGIN -> opening(row, "LoginRefused");
            case TLS -> duringHandshake(row.fault());
            case MAIL, RCPT, DATA -> beforeContent(row);
            case CONTENT -> withinContent(row);
            case END_OF_DATA -> atTheEnd(row.fault());
            case RSET -> afterReset(row);
            case NOOP -> row.fault() == Fault.MULTILINE ? "accepted, alive" : "accepted, dead";
            case QUIT -> "accepted, alive";
        };
    }

    private static String opening(Row row, String refused) {
        return switch (row.fault()) {
            case CLOSE, RESET, STALL, TRICKLE ->
                    "Unreachable " + row.stage().name().replace("_AFTER_TLS", "");
            case TRANSIENT, CLOSING -> "Deferred";
            case PERMANENT -> refused;
            case MULTILINE -> "accepted, alive";
            case WRONG_CODE, GARBAGE, ENDLESS_LINE, ENDLESS_REPLY -> "ProtocolBroken";
        };
    }

    private static String duringHandshake(Fault fault) {
        return HANGING_UP.contains(fault) || SLOW.contains(fault) ? "Unreachable TLS" : "TlsFailed";
    }

    private static String withinContent(Row row) {
        if (row.fault() == Fault.CLOSING) {
            return "Settled END_OF_DATA 421";
        }
        return row.way() == Way.FIRST_CHUNK ? "NotBegun Misannounced" : "Unknown Lost";
    }

    private static String beforeContent(Row row) {
        // With CHUNKING the content has left by then.
        String open = row.way() == Way.CHUNKING ? "Unknown" : "NotBegun";
        return switch (row.fault()) {
            // a new server's silence behind MAIL may mean that it drops what is pipelined
            case STALL, TRICKLE ->
                    open
                            + (row.stage() == FaultStage.RCPT && row.way().isTrial()
                                    ? " Misannounced"
                                    : " Lost");
            case CLOSE, RESET -> open + " Lost";
            case TRANSIENT -> "Settled " + row.stage() + " 451";
            case PERMANENT -> "Settled " + row.stage() + " 550";
            case CLOSING -> "NotBegun Closing";
            case MULTILINE -> "accepted, alive";
            case WRONG_CODE, GARBAGE, ENDLESS_LINE, ENDLESS_REPLY -> open + " Broken";
        };
    }

    private static String atTheEnd(Fault fault) {
        return switch (fault) {
            case CLOSE, RESET, STALL, TRICKLE -> "Unknown Lost";
            case TRANSIENT -> "Settled END_OF_DATA 451";
            case PERMANENT -> "Settled END_OF_DATA 550";
            case CLOSING -> "Settled END_OF_DATA 421";
            case MULTILINE -> "accepted, alive";
            case WRONG_CODE, GARBAGE, ENDLESS_LINE, ENDLESS_REPLY -> "Unknown Broken";
        };
    }

    /** What RSET is told is not about the next message, unless it ends the connection. */
    private static String afterReset(Row row) {
        String open = row.way() == Way.CHUNKING ? "Unknown" : "NotBegun";
        return switch (row.fault()) {
            case MULTILINE, TRANSIENT, PERMANENT -> "accepted, alive";
            case CLOSING -> "NotBegun Closing";
            case CLOSE, RESET, STALL, TRICKLE -> open + " Lost";
            case WRONG_CODE, GARBAGE, ENDLESS_LINE, ENDLESS_REPLY -> open + " Broken";
        };
    }

    private static String outcome(Row row, SSLContext tls) {
        try (var faulty =
                FaultServer.start(row.stage(), row.fault(), tls, row.way().extensions())) {
            Server server =
                    Fixtures.secured(faulty.port(), Security.STARTTLS).withTimeouts(timeouts(row));
            var credentials = new Credentials.Password("user", "password");
            Quirks quirks = row.way() == Way.CHUNKING ? Fixtures.proven(server) : new Quirks();
            return switch (Fixtures.connector(quirks).open(server, credentials)) {
                // The network may report the reset already to connect().
                case Opening.Unreachable unreachable
                        when unreachable.stage() == Stage.CONNECT && row.fault() == Fault.RESET ->
                        "Unreachable GREETING";
                case Opening.Unreachable unreachable -> "Unreachable " + unreachable.stage();
                case Opening.Failed failed -> failed.getClass().getSimpleName();
                case Opening.Open open -> outcome(row, open.connection());
            };
        }
    }

    private static String outcome(Row row, Connection connection) {
        try (connection) {
            if (row.stage() == FaultStage.RSET) {
                connection.send(Fixtures.message("refused@b.test"));
            }
            return switch (connection.send(Fixtures.message("to@b.test"))) {
                case Result.NotBegun notBegun ->
                        "NotBegun " + notBegun.cause().getClass().getSimpleName();
                case Result.Unknown unknown ->
                        "Unknown " + unknown.cause().getClass().getSimpleName();
                case Result.Settled settled when settled.accepted() ->
                        "accepted, " + (connection.isAlive() ? "alive" : "dead");
                case Result.Settled settled ->
                        "Settled " + settled.stage() + " " + settled.reply().code();
            };
        }
    }

    /**
     * Short only where the server is silent on purpose; not too short for commands, of which those
     * before the silent one have to be answered in time, too.
     */
    private static Timeouts timeouts(Row row) {
        Duration patient = Duration.ofSeconds(30);
        if (!SLOW.contains(row.fault())) {
            return Timeouts.all(patient);
        }
        Duration brief = Duration.ofMillis(900);
        FaultStage stage = row.stage();
        return new Timeouts(
                patient,
                stage == FaultStage.GREETING ? brief : patient,
                stage == FaultStage.TLS ? Duration.ofMillis(400) : patient,
                isCommand(stage) ? Duration.ofSeconds(10) : patient,
                stage == FaultStage.DATA ? brief : patient,
                // the first chunk is answered before the others leave
                stage == FaultStage.CONTENT ? brief : patient,
                stage == FaultStage.CONTENT || stage == FaultStage.END_OF_DATA ? brief : patient,
                stage == FaultStage.QUIT ? brief : patient);
    }

    private static boolean isCommand(FaultStage stage) {
        return switch (stage) {
            case EHLO, STARTTLS, EHLO_AFTER_TLS, LOGIN, MAIL, RCPT, RSET, NOOP -> true;
            case GREETING, TLS, DATA, CONTENT, END_OF_DATA, QUIT -> false;
        };
    }
}
