package dev.postrider.postgres;

import java.util.Arrays;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.PostDiscoveryFilter;

/**
 * Lets a test run against an own database do only the tests that need one: those of a {@link
 * TestDatabase} and those of the whole program.
 */
public final class NeedsDatabase implements PostDiscoveryFilter {
    @Override
    public FilterResult apply(TestDescriptor test) {
        return FilterResult.includedIf(!OwnServer.isAskedFor() || needsDatabase(test));
    }

    private static boolean needsDatabase(TestDescriptor test) {
        if (test.getSource().orElse(null) instanceof ClassSource source) {
            return needsDatabase(source.getJavaClass());
        }
        return test.getParent().map(NeedsDatabase::needsDatabase).orElse(true);
    }

    /** By name: the program's tests have class loaders of their own. */
    private static boolean needsDatabase(Class<?> testClass) {
        var extensions = testClass.getAnnotation(ExtendWith.class);
        return (extensions != null
                        && Arrays.asList(extensions.value()).contains(TestDatabase.class))
                || Arrays.stream(testClass.getAnnotations())
                        .map(annotation -> annotation.annotationType().getName())
                        .anyMatch("io.quarkus.test.junit.QuarkusTest"::equals);
    }
}
