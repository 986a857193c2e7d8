package dev.postrider.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.doctor.CheckMachine.Machine;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CheckMachineTest {
    @Test
    void whatThisMachineHasIsSaid(@TempDir Path folder) throws Exception {
        assertThat(Machine.here().memory()).isPositive();
        assertThat(Found.by(new CheckMachine(folder)))
                .hasSize(4)
                .contains("OK processors", "OK temporary-folder");
    }

    @Test
    void aSmallOneIsWarnedOf(@TempDir Path folder) throws Exception {
        assertThat(Found.by(new CheckMachine(new Machine(200 << 20, 1, 1024), folder)))
                .contains("WARNING memory-small", "WARNING open-files-few");
    }

    @Test
    void aFolderForTemporaryFilesThatIsntThereIsSaid(@TempDir Path folder) throws Exception {
        assertThat(Found.by(new CheckMachine(folder.resolve("none"))))
                .contains("PROBLEM temporary-folder-closed");
    }

    @Test
    void rootNeedsAUserNamespaceForTheEmbeddedDatabase() throws Exception {
        assertThat(Found.by(new CheckRoot("ada", List.of("false")))).containsExactly("OK user");
        assertThat(Found.by(new CheckRoot("root", List.of("true"))))
                .containsExactly("OK user-root");
        for (var command : List.of("false", "/no/such/command")) {
            assertThat(Found.by(new CheckRoot("root", List.of(command))))
                    .containsExactly("PROBLEM user-namespaces-closed");
        }
    }
}
