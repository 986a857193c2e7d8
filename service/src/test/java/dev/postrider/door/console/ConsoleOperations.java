package dev.postrider.door.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import dev.postrider.architecture.ProgramClasses;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every page and every form of the console, as the program's own classes declare them. */
public final class ConsoleOperations {
    private static final String HOME = "dev.postrider.door.console";

    private ConsoleOperations() {}

    /**
     * A page, or a form.
     *
     * @param page which class it is declared by
     * @param isOpen whether one may go there without being anybody
     */
    public record Operation(JavaClass page, boolean isForm, String path, boolean isOpen) {
        public boolean takesId() {
            return path.contains("{");
        }

        /** With the ids of what there is. */
        public String filled(Map<String, String> ids) {
            var filled = path;
            for (var id : ids.entrySet()) {
                filled = filled.replace(id.getKey(), id.getValue());
            }
            assertThat(filled).as("an id for " + path).doesNotContain("{");
            return filled;
        }

        /** With one text for each id. */
        public String filled(String id) {
            return path.replaceAll("\\{[^}]*}", java.util.regex.Matcher.quoteReplacement(id));
        }

        @Override
        public String toString() {
            return (isForm ? "POST " : "GET ") + path;
        }
    }

    /** All of them. */
    public static List<Operation> all() {
        return classes()
                .filter(each -> each.isAnnotatedWith(Path.class))
                .flatMap(each -> each.getMethods().stream().flatMap(it -> operation(each, it)))
                .sorted(java.util.Comparator.comparing(Operation::toString))
                .toList();
    }

    private static Stream<JavaClass> classes() {
        return ProgramClasses.all().stream().filter(each -> each.getPackageName().startsWith(HOME));
    }

    private static Stream<Operation> operation(JavaClass page, JavaMethod method) {
        var isForm = method.isAnnotatedWith(POST.class);
        if (!isForm && !method.isAnnotatedWith(GET.class)) {
            return Stream.empty();
        }
        var below =
                method.isAnnotatedWith(Path.class)
                        ? method.getAnnotationOfType(Path.class).value()
                        : "";
        var path = page.getAnnotationOfType(Path.class).value() + below;
        return Stream.of(
                new Operation(page, isForm, path, !page.isAnnotatedWith(ConsolePage.class)));
    }

    /** What the classes read of URLs by name. */
    public static Set<String> queryParameters() {
        var ofMethods =
                classes()
                        .flatMap(each -> each.getMethods().stream())
                        .flatMap(method -> method.getParameters().stream())
                        .flatMap(each -> each.tryGetAnnotationOfType(QueryParam.class).stream());
        var ofFields =
                classes()
                        .flatMap(each -> each.getFields().stream())
                        .flatMap(each -> each.tryGetAnnotationOfType(QueryParam.class).stream());
        return Stream.concat(ofMethods, ofFields)
                .map(QueryParam::value)
                .collect(Collectors.toSet());
    }
}
