package dev.postrider.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import dev.postrider.machine.Machine;
import jakarta.inject.Singleton;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A machine that nobody starts is not missed by any test of its own. */
final class StartedMachinesTest {
    private static final String STARTS = "dev.postrider.boot.Lifecycle";

    @Test
    void everyMachineIsStartedWithTheProgram() {
        var started =
                ProgramClasses.all().get(STARTS).getDirectDependenciesFromSelf().stream()
                        .map(Dependency::getTargetClass)
                        .collect(Collectors.toSet());

        var machines =
                ProgramClasses.all().stream()
                        .filter(each -> each.isAssignableTo(Machine.class))
                        .filter(each -> each.isAnnotatedWith(Singleton.class))
                        .collect(Collectors.toSet());

        assertThat(machines).extracting(JavaClass::getSimpleName).contains("Worker", "Herald");
        assertThat(started).containsAll(machines);
    }
}
