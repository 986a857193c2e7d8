package dev.postrider.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
final class TestDatabaseTest {
    private final Database database;

    TestDatabaseTest(Database database) {
        this.database = database;
    }

    @Test
    void aTestClassHasOneMigratedDatabase(Database again) {
        assertThat(again).isSameAs(database);
        assertThat(count("workspace")).isZero();
    }

    @Test
    void itHasANameOfItsOwn() {
        assertThat(database.url().database()).startsWith("test_");
    }

    private int count(String table) {
        return database.read(handle ->
                handle.createQuery("select count(*) from " + table).mapTo(Integer.class).one());
    }
}
