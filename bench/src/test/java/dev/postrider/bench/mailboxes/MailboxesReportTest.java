package dev.postrider.bench.mailboxes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.bench.mailboxes.Sender.Footprint;
import dev.postrider.bench.rig.Percentiles;
import dev.postrider.bench.rig.SubmissionSink.Counts;
import java.util.List;
import org.junit.jupiter.api.Test;

class MailboxesReportTest {

    @Test
    void costsAreByEmailAndSessionsByConnection() {
        var sent =
                new Sent(
                        "Postrider, 200 a second",
                        1_000,
                        5,
                        Percentiles.of(10_000_000, 20_000_000),
                        800,
                        720,
                        2e6,
                        Double.NaN,
                        1e6);
        assertThat(MailboxesReport.sent(List.of(sent)))
                .endsWith(
                        "| Postrider, 200 a second | 200 | 10.0 | 10.0 | 160 | 90.0 | 2,000 |  | 1,000 |\n");
    }

    @Test
    void memoryIsSharedByThoseThatAreMore() {
        var less = new Held("few", 200, 0, new Footprint(1024 * 1024, 300));
        var more = new Held("many", 10_200, 0, new Footprint(11 * 1024 * 1024, 320));
        var open = new Held("open", 10_200, 100, new Footprint(21 * 1024 * 1024, 400));
        assertThat(more.kilobytesAMailbox(less)).isEqualTo(1.024);
        assertThat(open.kilobytesAConnection(more)).isEqualTo(102.4);
    }

    @Test
    void theSinksCountsAreRead() {
        assertThat(Counts.parse("5 4 3 2")).isEqualTo(new Counts(5, 4, 3, 2));
    }

    @Test
    void aRunOfSomeSendersHasNoTargets() {
        assertThat(MailboxesReport.of(new Results(), "this machine.", 10_000, 3_000))
                .contains("10,000 mailboxes")
                .doesNotContain("| target |");
    }
}
