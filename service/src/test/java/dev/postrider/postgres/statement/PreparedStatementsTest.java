package dev.postrider.postgres.statement;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.postgres.Database;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.rig.OnAnOwnDatabaseToo;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.ColonPrefixSqlParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The server prepares every statement of the program against the migrated schema. */
@OnAnOwnDatabaseToo
@ExtendWith(TestDatabase.class)
final class PreparedStatementsTest {
    private static final Pattern UNNEST = Pattern.compile("unnest\\(([^)]*)\\)");
    private static final Pattern PARAMETER = Pattern.compile(":(\\w+)");

    /**
     * The element types of unnest's columns, which nothing else in a statement tells the server.
     */
    static final Map<String, String> COLUMNS =
            Map.ofEntries(
                    entry("workspaces", "uuid"),
                    entry("scopes", "uuid"),
                    entry("hashes", "bytea"),
                    entry("keys", "text"),
                    entry("fingerprints", "text"),
                    entry("answers", "text"),
                    entry("authors", "text"),
                    entry("written", "text"),
                    entry("replyTo", "text"),
                    entry("headers", "text"),
                    entry("tags", "text"),
                    entry("terms", "text"),
                    entry("dated", "bool"),
                    entry("names", "text"),
                    entry("words", "text"),
                    entry("values", "text"),
                    entry("ids", "uuid"),
                    entry("emails", "uuid"),
                    entry("actions", "text"),
                    entry("types", "text"),
                    entry("mailboxes", "uuid"),
                    entry("users", "uuid"),
                    entry("apiKeys", "uuid"),
                    entry("sessionHashes", "bytea"),
                    entry("issuedAfter", "timestamptz"),
                    entry("keyHashes", "bytea"),
                    entry("roles", "text"),
                    entry("permissions", "text"),
                    entry("onlyMailboxes", "uuid"),
                    entry("sessions", "uuid"),
                    entry("issuers", "text"),
                    entry("messageIds", "text"),
                    entry("senders", "text"),
                    entry("subjects", "text"),
                    entry("onUnknown", "text"),
                    entry("eightBit", "bool"),
                    entry("smtpUtf8", "bool"),
                    entry("awaited", "bool"),
                    entry("giveUpAt", "timestamptz"),
                    entry("contents", "bytea"),
                    entry("contentWorkspaces", "uuid"),
                    entry("contentIds", "uuid"),
                    entry("recipientWorkspaces", "uuid"),
                    entry("recipientIds", "uuid"),
                    entry("recipientCounts", "int4"),
                    entry("places", "int4"),
                    entry("made", "bool"),
                    entry("decidedWorkspaces", "uuid"),
                    entry("decidedIds", "uuid"),
                    entry("decidedStates", "text"),
                    entry("decidedCodes", "int2"),
                    entry("decidedEnhanced", "text"),
                    entry("decidedReplies", "text"),
                    entry("positions", "int2"),
                    entry("kinds", "text"),
                    entry("addresses", "text"),
                    entry("epochs", "int8"),
                    entry("leaseEpochs", "int8"),
                    entry("begun", "bool"),
                    entry("states", "text"),
                    entry("dueAt", "timestamptz"),
                    entry("priorities", "int2"),
                    entry("octets", "int4"),
                    entry("recipients", "int4"),
                    entry("messages", "int4"),
                    entry("numbers", "int4"),
                    entry("minutes", "timestamptz"),
                    entry("seen", "timestamptz"),
                    entry("resends", "int4"),
                    entry("unknownSince", "timestamptz"),
                    entry("providerMessages", "text"),
                    entry("providerThreads", "text"),
                    entry("reasons", "text"),
                    entry("final", "bool"),
                    entry("codes", "int2"),
                    entry("enhanced", "text"),
                    entry("replies", "text"),
                    entry("begunAt", "timestamptz"),
                    entry("outcomes", "text"),
                    entry("servers", "text"),
                    entry("tls", "text"),
                    entry("counted", "int4"),
                    entry("goesOn", "bool"));

    private final Database database;

    PreparedStatementsTest(Database database) {
        this.database = database;
    }

    static List<Statement> program() throws IOException, URISyntaxException {
        var classes = Database.class.getProtectionDomain().getCodeSource().getLocation().toURI();
        return Statement.all(Path.of(classes));
    }

    @ParameterizedTest
    @MethodSource("program")
    void theServerPrepares(Statement statement) {
        assertThatCode(() -> prepare(statement.sql())).doesNotThrowAnyException();
    }

    @Test
    void noTableIsOverlooked() throws Exception {
        assertThat(program())
                .extracting(Statement::home)
                .contains(
                        "dev.postrider.identity.login.FindLogin",
                        "dev.postrider.mailbox.MailboxTable",
                        "dev.postrider.flow.store.enqueue.EnqueueEmails",
                        "dev.postrider.flow.store.lane.LaneLeases",
                        "dev.postrider.flow.store.SettleEmails");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select colour from email",
                "update email set state = :state where colour = :colour",
                "insert into email_content (workspace_id, colour) values (:workspace, :colour)",
                "select * from letter",
                "insert into recipient (workspace_id, email_id, position)\n"
                        + "select * from unnest(:workspaces, :ids, :kinds)"
            })
    void aWrongStatementIsNoticed(String sql) {
        assertThatThrownBy(() -> prepare(sql)).isInstanceOf(SQLException.class);
    }

    private void prepare(String sql) throws SQLException {
        database.<Void, SQLException>inTransaction(handle -> {
            prepare(handle, sql);
            return null;
        });
    }

    private static void prepare(Handle handle, String sql) throws SQLException {
        var parsed = new ColonPrefixSqlParser().parse(sql, handle.createQuery(sql).getContext());
        var columns = columns(sql);
        var names = parsed.getParameters().getParameterNames();
        try (var statement = handle.getConnection().prepareStatement(parsed.getSql())) {
            for (var i = 0; i < names.size(); i++) {
                if (columns.contains(names.get(i))) {
                    var type = COLUMNS.get(names.get(i));
                    assertThat(type).as("the type of column " + names.get(i)).isNotNull();
                    statement.setNull(i + 1, Types.ARRAY, "_" + type);
                }
            }
            // asks the server to parse the statement and to say what it needs and gives
            assertThat(statement.getParameterMetaData().getParameterCount())
                    .isEqualTo(names.size());
        }
    }

    static Set<String> columns(String sql) {
        return UNNEST.matcher(sql)
                .results()
                .flatMap(unnest -> PARAMETER.matcher(unnest.group(1)).results())
                .map(parameter -> parameter.group(1))
                .collect(Collectors.toSet());
    }
}
