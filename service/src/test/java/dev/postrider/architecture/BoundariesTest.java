package dev.postrider.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class BoundariesTest {
    private static final String TWINS = "dev.postrider.architecture.twin";

    @TestFactory
    Stream<DynamicTest> theProgramKeepsEachBoundary() {
        return new Boundaries("dev.postrider")
                .rules().entrySet().stream()
                        .map(rule ->
                                DynamicTest.dynamicTest(
                                        rule.getKey(),
                                        () -> rule.getValue().check(ProgramClasses.all())));
    }

    @TestFactory
    Stream<DynamicTest> eachBoundaryIsBrokenByItsTwin() {
        JavaClasses twins = new ClassFileImporter().importPackages(TWINS);
        return new Boundaries(TWINS)
                .rules().entrySet().stream()
                        .map(rule ->
                                DynamicTest.dynamicTest(
                                        rule.getKey(),
                                        () ->
                                                assertThat(
                                                                rule.getValue()
                                                                        .evaluate(twins)
                                                                        .hasViolation())
                                                        .isTrue()));
    }
}
