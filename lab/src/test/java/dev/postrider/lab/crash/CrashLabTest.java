package dev.postrider.lab.crash;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CrashLabTest {
    @ParameterizedTest
    @ValueSource(strings = {"KILL_NOD", "kill_node", ""})
    void aTroubleThatThereIsNotIsRefusedBeforeAnythingIsStarted(String name) {
        var options =
                new CrashLab.Options(
                        Path.of("postrider"), Path.of("folder"), 1, 1, 5, List.of(name));

        assertThatThrownBy(() -> CrashLab.run(options))
                .isInstanceOf(NotUnderstood.class)
                .hasMessageContaining("KILL_NODE");
    }
}
