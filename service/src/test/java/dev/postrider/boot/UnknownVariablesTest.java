package dev.postrider.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class UnknownVariablesTest {
    @Test
    void aTypingErrorIsFoundWithWhatWasMeant() {
        assertThat(among(List.of("PATH", "POSTRIDER_HTPP_PORT", "POSTRIDER_HTTP_PORT")))
                .containsExactly(
                        new UnknownVariables.Unknown(
                                "POSTRIDER_HTPP_PORT", Optional.of(Variable.HTTP_PORT)));
    }

    @Test
    void whatIsLikeNoneOfOursIsFoundAsWell() {
        assertThat(among(List.of("POSTRIDER_CARRIER_PIGEONS")))
                .containsExactly(
                        new UnknownVariables.Unknown(
                                "POSTRIDER_CARRIER_PIGEONS", Optional.empty()));
    }

    /** For a service called postrider, or postrider-metrics, in the same namespace. */
    @Test
    void whatKubernetesSetsIsNobodysMistake() {
        assertThat(
                        among(
                                List.of(
                                        "POSTRIDER_SERVICE_HOST",
                                        "POSTRIDER_SERVICE_PORT",
                                        "POSTRIDER_SERVICE_PORT_HTTP",
                                        "POSTRIDER_PORT",
                                        "POSTRIDER_PORT_8080_TCP",
                                        "POSTRIDER_PORT_8080_TCP_ADDR",
                                        "POSTRIDER_METRICS_SERVICE_HOST",
                                        "POSTRIDER_METRICS_PORT_9000_TCP_PROTO")))
                .isEmpty();
    }

    @Test
    void theLaunchersAndTheLabsAreKnown() {
        assertThat(
                        among(
                                List.of(
                                        "POSTRIDER_JAVA_OPTIONS",
                                        "POSTRIDER_BUILT",
                                        "POSTRIDER_BENCH_JAVA_OPTIONS",
                                        "POSTRIDER_TEST_DATABASE_URL")))
                .isEmpty();
    }

    private static List<UnknownVariables.Unknown> among(List<String> names) {
        return UnknownVariables.among(
                names.stream()
                        .collect(
                                Collectors.toMap(
                                        name -> name,
                                        name ->
                                                name.endsWith("_PORT") && !name.contains("HTPP")
                                                        ? "tcp://10.0.0.1:80"
                                                        : "80")));
    }

    /** Its link takes the place of our port when a service is called postrider-http. */
    @Test
    void aPortThatKubernetesHasSetIsExplained() {
        assertThatThrownBy(() ->
                        Settings.read(name ->
                                Optional.ofNullable(
                                        Map.of("POSTRIDER_HTTP_PORT", "tcp://10.0.0.1:80")
                                                .get(name))))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("enableServiceLinks");
    }
}
