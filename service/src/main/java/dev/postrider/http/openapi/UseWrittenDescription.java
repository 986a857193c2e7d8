package dev.postrider.http.openapi;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.quarkus.smallrye.openapi.runtime.OpenApiDocumentService;
import jakarta.enterprise.inject.build.compatible.spi.BuildCompatibleExtension;
import jakarta.enterprise.inject.build.compatible.spi.ClassConfig;
import jakarta.enterprise.inject.build.compatible.spi.Discovery;
import jakarta.enterprise.inject.build.compatible.spi.Enhancement;
import jakarta.enterprise.inject.build.compatible.spi.MetaAnnotations;

/**
 * Marks the framework's service that hands the description out, while the program is built. At each
 * start it would read what the build has written, run filters of which we have none for a start,
 * and write it again: half a second before anything listens.
 *
 * <p>The mark is one of the framework's annotations: in tests its classes don't see ours.
 */
public final class UseWrittenDescription implements BuildCompatibleExtension {
    /** Called by the container's build. */
    @Discovery
    public void bind(MetaAnnotations annotations) {
        annotations.addInterceptorBinding(StaticInitSafe.class);
    }

    /** Called by the container's build. */
    @Enhancement(types = OpenApiDocumentService.class)
    public void mark(ClassConfig service) {
        service.addAnnotation(StaticInitSafe.class);
    }
}
