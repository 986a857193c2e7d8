package dev.postrider.boot.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.boot.Variable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whoever looks for faults needs the settings that have none. */
final class UsableSettingsTest {
    private static final Map<String, String> GOOD = Map.of("POSTRIDER_NODE", "node-7");

    @Test
    void eachFaultIsSaidOnceAndTheOthersAreRead() {
        var read =
                read(
                        Map.of(
                                "POSTRIDER_HTTP_PORT", "eighty",
                                "POSTRIDER_TLS_CERT", "/no/such/file",
                                "POSTRIDER_TLS_KEY", "/no/such/file",
                                "POSTRIDER_GOOGLE_CLIENT_ID", "me",
                                "POSTRIDER_PUBLIC_URL", "mail.example.com"));
        assertThat(read.refusals()).hasSize(4);
        assertThat(read.settings().node().name()).isEqualTo("node-7");
        assertThat(read.settings().listening().port()).isEqualTo(8080);
    }

    @Test
    void withoutAFaultNothingIsSaid() {
        assertThat(read(Map.of()).refusals()).isEmpty();
    }

    /** Whatever is wrong, the reading ends. */
    @Test
    void anyFaultOfAnyVariableIsGotOver() {
        for (var variable : Variable.values()) {
            for (var value : List.of("\0", "?", "{}", "/no/such/file", "-1")) {
                assertThat(read(Map.of(variable.variable(), value)).settings()).isNotNull();
            }
        }
    }

    private static UsableSettings read(Map<String, String> faults) {
        var all = new HashMap<>(GOOD);
        all.putAll(faults);
        return UsableSettings.read(name -> Optional.ofNullable(all.get(name)));
    }
}
