package dev.postrider.boot.build;

import io.quarkus.qute.runtime.EngineProducer;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.inject.build.compatible.spi.BuildCompatibleExtension;
import jakarta.enterprise.inject.build.compatible.spi.ClassConfig;
import jakarta.enterprise.inject.build.compatible.spi.Enhancement;
import jakarta.enterprise.inject.build.compatible.spi.MethodConfig;

/**
 * Lets pages' templates be read when the first page is asked for, and not at each start: the build
 * has checked them, and most programs show no page.
 */
public final class DeferTemplates implements BuildCompatibleExtension {
    /** Called by the container's build. */
    @Enhancement(types = EngineProducer.class)
    public void defer(ClassConfig engine) {
        engine.removeAnnotation(annotation -> annotation.name().equals(Startup.class.getName()));
        engine.methods().stream()
                .filter(DeferTemplates::isOfTheEnd)
                .flatMap(method -> method.parameters().stream())
                .forEach(parameter -> parameter.removeAllAnnotations());
    }

    /** It would read them to forget them: the program ends. */
    private static boolean isOfTheEnd(MethodConfig method) {
        return method.info().parameters().stream()
                .anyMatch(parameter ->
                        parameter.type().isClass()
                                && parameter
                                        .type()
                                        .asClass()
                                        .declaration()
                                        .name()
                                        .equals(ShutdownEvent.class.getName()));
    }
}
