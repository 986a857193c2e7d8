package dev.postrider.http.openapi;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.openapi.runtime.io.Format;
import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.io.FileNotFoundException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Stands before the framework's service of the API's description: prepares nothing at a start, and
 * answers from the files that the build has written, one in each format.
 */
@Interceptor
@StaticInitSafe
@Priority(Interceptor.Priority.APPLICATION)
final class ServeWrittenDescription {
    /** Of the framework, which ends it by {@code .JSON} and {@code .YAML}. */
    private static final String FILE = "META-INF/quarkus-generated-openapi-doc.";

    @AroundInvoke
    @Nullable Object answer(InvocationContext call) throws Exception {
        return switch (call.getMethod().getName()) {
            case "prepareDocument" -> null;
            case "getDocument" -> read((Format) call.getParameters()[1]);
            default -> call.proceed();
        };
    }

    private static byte[] read(Format format) throws IOException {
        var file = FILE + format;
        try (var written =
                ServeWrittenDescription.class.getClassLoader().getResourceAsStream(file)) {
            if (written == null) {
                throw new FileNotFoundException(file);
            }
            return written.readAllBytes();
        }
    }
}
