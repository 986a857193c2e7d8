package dev.postrider.audit.http;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.postrider.architecture.ProgramClasses;
import dev.postrider.audit.Audited;
import dev.postrider.audit.NotAudited;
import dev.postrider.identity.WhoAmI;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No operation that changes something is forgotten in the audit log. */
final class AuditedTest {
    private static final ArchRule RULE =
            methods()
                    .that(
                            describe(
                                    "change something",
                                    method ->
                                            Stream.of(
                                                            POST.class,
                                                            PUT.class,
                                                            PATCH.class,
                                                            DELETE.class)
                                                    .anyMatch(method::isAnnotatedWith)))
                    .should(
                            new ArchCondition<JavaMethod>("say how they are audited") {
                                @Override
                                public void check(JavaMethod method, ConditionEvents events) {
                                    events.add(
                                            new SimpleConditionEvent(
                                                    method,
                                                    isSaid(method),
                                                    method.getFullName()
                                                            + " is neither @Audited nor"
                                                            + " @NotAudited"));
                                }
                            });

    private static boolean isSaid(JavaMethod method) {
        return method.isAnnotatedWith(Audited.class)
                || method.isAnnotatedWith(NotAudited.class)
                || method.getOwner().isAnnotatedWith(NotAudited.class);
    }

    @Test
    void eachOperationThatChangesSomethingSaysHowItIsAudited() {
        RULE.check(ProgramClasses.all());
    }

    @Test
    void oneThatDoesNotIsNoticed() {
        var silent = new ClassFileImporter().importClasses(WhoAmI.class);
        assertThatThrownBy(() -> RULE.check(silent)).hasMessageContaining("bodyLength");
    }

    @Test
    void soDoesEachThatHandsOutMoreThanJson() {
        var reads =
                ProgramClasses.all().stream()
                        .flatMap(type -> type.getMethods().stream())
                        .filter(method -> method.isAnnotatedWith(GET.class))
                        .filter(AuditedTest::handsOutContent)
                        .toList();
        assertThat(reads).hasSizeGreaterThan(1).allMatch(AuditedTest::isSaid);
    }

    private static boolean handsOutContent(JavaMethod read) {
        return read.isAnnotatedWith(Produces.class)
                && Stream.of(read.getAnnotationOfType(Produces.class).value())
                        .anyMatch(type -> !type.equals(MediaType.APPLICATION_JSON));
    }

    @Test
    void whatIsDoneIsSaidAsANounAndAVerb() {
        var methods =
                ProgramClasses.all().stream()
                        .flatMap(type -> type.getMethods().stream())
                        .filter(method -> method.isAnnotatedWith(Audited.class))
                        .map(method -> method.getAnnotationOfType(Audited.class).value())
                        .toList();
        assertThat(methods)
                .hasSizeGreaterThan(10)
                .allMatch(name -> name.matches("[a-z_]+\\.[a-z_]+"));
    }
}
