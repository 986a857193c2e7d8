package dev.postrider.lab.failover;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class FaultTest {
    @ParameterizedTest
    @EnumSource(names = {"SESSION", "TRANSACTION"})
    void whereThereIsAPoolerAllOfThemHappen(Route route) {
        assertThat(Fault.on(route, List.of())).containsExactly(Fault.values());
    }

    @ParameterizedTest
    @EnumSource(names = {"HOSTS", "HAPROXY"})
    void whereThereIsNoneItIsNotKilled(Route route) {
        assertThat(Fault.on(route, List.of()))
                .hasSize(Fault.values().length - 1)
                .doesNotContain(Fault.KILL_POOLER);
    }

    @Test
    void thoseThatAreNamedHappen() {
        assertThat(Fault.on(Route.HOSTS, List.of("SWITCH_OVER", "KILL_POOLER")))
                .containsExactly(Fault.SWITCH_OVER);
    }

    @Test
    void aRouteIsReadAsItIsWritten() {
        assertThat(Route.parse("transaction")).contains(Route.TRANSACTION);
        assertThat(Route.parse("statement")).isEmpty();
    }
}
