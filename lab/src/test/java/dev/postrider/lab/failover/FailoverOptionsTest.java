package dev.postrider.lab.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.lab.crash.CrashLab;
import dev.postrider.lab.crash.NotUnderstood;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FailoverOptionsTest {
    @Test
    void usuallyThereAreTwoServersBehindAPoolerOfSessions() throws Exception {
        assertThat(FailoverOptions.parse(only(), List.of("failover")))
                .isEqualTo(new FailoverOptions(only(), Route.SESSION, 2, EtcdApi.V2, false));
    }

    @Test
    void whatIsSaidIsTaken() throws Exception {
        var words =
                List.of("failover", "--through", "hosts", "--servers", "3", "--strict", "--etcd3");

        assertThat(FailoverOptions.parse(only("KILL_PRIMARY"), words))
                .isEqualTo(
                        new FailoverOptions(
                                only("KILL_PRIMARY"), Route.HOSTS, 3, EtcdApi.V3, true));
    }

    @ParameterizedTest
    @CsvSource({
        "--through, statement, KILL_PRIMARY",
        "--servers, 1, KILL_PRIMARY",
        "--servers, many, KILL_PRIMARY",
        "--through, session, KILL_PRIMERY",
        "--through, hosts, KILL_POOLER"
    })
    void whatThereIsNotIsRefused(String option, String value, String fault) {
        assertThatThrownBy(() ->
                        FailoverOptions.parse(only(fault), List.of("failover", option, value)))
                .isInstanceOf(NotUnderstood.class);
    }

    private static CrashLab.Options only(String... faults) {
        return new CrashLab.Options(
                Path.of("postrider"), Path.of("folder"), 1, 1, 5, List.of(faults));
    }
}
