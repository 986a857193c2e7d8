package dev.postrider.bench.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.bench.rig.Percentiles;
import dev.postrider.bench.webhooks.Receiver.Call;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

class WebhooksReportTest {

    @Test
    void aCallIsReadWithItsEventAndWhetherItsEndpointIsWell() {
        var call = Call.parse("e1 /well/7 123");
        assertThat(call).isEqualTo(new Call("e1", "/well/7", 123));
        assertThat(call.isWell()).isTrue();
        assertThat(Call.parse("e1 /slow/7 123").isWell()).isFalse();
    }

    @Test
    void targetsAreAboutAllRows() {
        var told =
                List.of(
                        new Told("1 endpoint", 100, 1, 1e5, 1e5, 1e4, 400),
                        new Told("100 endpoints", 100, 1, 1e5, 1e5, 1e4, 400),
                        new Told("1,000 endpoints", 1_000, 1, 1e6, 1e5, 1e4, 400));
        var waits = new LinkedHashMap<String, Percentiles>();
        waits.put("alone", Percentiles.of(1_000_000));
        waits.put("slow", Percentiles.of(1_000_000));
        waits.put("dead", Percentiles.of(2_001_000_000));
        assertThat(WebhooksReport.of(told, waits, "this machine."))
                .contains("| 1 endpoint | 100 | 1,000 | 1,000 | 100 | 400 |")
                .contains("| dead | 2,001 | 2,001 | 2,001 |")
                .contains("| 1 endpoint: calls a second | 100 | **missed** |")
                .contains("| 1,000 endpoints: calls a second | 1,000 | met |")
                .contains("| beside slow and dead ones: ms later at p99 | 2,000 | **missed** |");
        assertThat(WebhooksReport.of(told, new LinkedHashMap<>(), "")).doesNotContain("| target |");
    }
}
