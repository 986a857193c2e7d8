package dev.postrider.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BenchTest {

    @Test
    void helpNamesEachBenchWithItsOptions() {
        assertThat(Bench.help())
                .contains("smtp ")
                .contains("flow ")
                .contains("--clients")
                .contains("mailboxes ")
                .contains("--burst");
    }

    @Test
    void eachBenchTakesOutAndOnly() {
        assertThat(Bench.ALL)
                .allSatisfy(each -> assertThat(each.known()).contains("--out", "--only"));
    }

    @Test
    void noBenchIsFoundByAnotherName() {
        assertThat(Bench.find("mailboxes")).isPresent();
        assertThat(Bench.find("MAILBOXES")).isEmpty();
        assertThat(Bench.find("")).isEmpty();
    }
}
