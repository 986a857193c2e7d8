package dev.postrider.postgres.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.postgres.connection.DatabaseUrl.Parsed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DatabaseUrlTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mysql://u:p@h/db              | does not start with postgresql://",
                "h:5432/db                     | does not start with postgresql://",
                "postgresql:///db              | names no host",
                "postgresql://u:p@h            | names no database",
                "postgresql://u:p@h/           | names no database",
                "postgresql://u:p@h/db/more    | names no database",
                "postgresql://h/db             | names no user",
                "postgresql://u:p%@h/db        | is not a URL (percent-encode special characters in"
                        + " the password)",
                "postgresql://u:p#w@h/db       | is not a URL (percent-encode special characters in"
                        + " the password)",
                "postgresql://u:p@h:x/db       | names no host",
                "postgresql://u:p@h:999999/db  | names no host",
                "postgresql://u:p w@h/db       | is not a URL (percent-encode special characters in"
                        + " the password)"
            })
    void aUrlThatCannotBeUsedIsSaid(String text, String reason) {
        assertThat(DatabaseUrl.parse(text)).isEqualTo(new Parsed.Invalid(reason));
    }

    @ParameterizedTest
    @CsvSource({
        "postgresql://u:p@h/db, h, 5432, db, u, p, ''",
        "postgresql://u:p@data_base:6543/db, data_base, 6543, db, u, p, ''",
        "postgresql://u:@127.0.0.1/db, 127.0.0.1, 5432, db, u, '', ''",
        "postgres://u@h:1/db, h, 1, db, u, '', ''",
        "postgresql://a%40b:p%3A%2F+%25@[::1]:5433/d%20b?sslmode=require, [::1], 5433, d b, a@b,"
                + " p:/+%, sslmode=require"
    })
    void aUrlIsTakenApart(
            String text,
            String host,
            int port,
            String database,
            String user,
            String password,
            String query) {
        assertThat(DatabaseUrl.parse(text))
                .isEqualTo(
                        new Parsed.Valid(
                                new DatabaseUrl(host, port, database, user, password, query)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "postgresql://u:p@a,b:6543,[::1]/db | a:5432,b:6543,[::1]:5432 |"
                        + " jdbc:postgresql://a:5432,b:6543,[::1]:5432/db?targetServerType=primary",
                "postgresql://u:p@a/db?target_session_attrs=read-write&sslmode=require | a:5432 |"
                        + " jdbc:postgresql://a:5432/db?sslmode=require&targetServerType=primary",
                "postgresql://u:p@a/db?targetServerType=any | a:5432 |"
                        + " jdbc:postgresql://a:5432/db?targetServerType=any"
            })
    void ofSeveralHostsThePrimaryIsMeant(String text, String hosts, String jdbcUrl) {
        assertThat(DatabaseUrl.parse(text))
                .isInstanceOfSatisfying(
                        Parsed.Valid.class,
                        valid -> {
                            assertThat(valid.url().place()).isEqualTo(hosts + "/db");
                            assertThat(valid.url().jdbcUrl()).isEqualTo(jdbcUrl);
                        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "postgresql://u:p@a,/db",
                "postgresql://u:p@,b/db",
                "postgresql://u:p@a,b:x/db"
            })
    void eachOfSeveralHostsHasAName(String text) {
        assertThat(DatabaseUrl.parse(text)).isEqualTo(new Parsed.Invalid("names no host"));
    }

    @Test
    void aUrlNeverPrintsItsPassword() {
        assertThat(new DatabaseUrl("h", 1, "db", "u", "secret", "").toString())
                .isEqualTo("postgresql://u@h:1/db");
    }
}
