package dev.postrider.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Libraries whose older versions have faults that reach this program. When the platform brings a
 * newer one the version in pom.xml can go; a new fault is a new line here.
 */
final class OldLibrariesTest {
    private static final Map<String, String> OLDEST =
            Map.of(
                    // requests smuggled by "chunked, xchunked"
                    "netty-codec-http", "4.1.138",
                    "netty-codec-http2", "4.1.138",
                    "netty-handler", "4.1.138",
                    "postgresql", "42.7.12",
                    "jackson-core", "2.21.6",
                    "jackson-databind", "2.21.6",
                    "xz", "1.12",
                    "commons-compress", "1.26.0");

    private static final Pattern JAR = Pattern.compile("(.+?)-(\\d[\\w.]*?)(\\.Final)?\\.jar");

    @Test
    void noLibraryIsOfAVersionWithKnownFaults() {
        assertThat(jars().filter(OldLibrariesTest::isOld)).isEmpty();
    }

    @Test
    void eachThatIsNamedIsThere() {
        assertThat(jars().map(name -> name.replaceFirst("-\\d.*", "")))
                .containsAll(OLDEST.keySet());
    }

    @Test
    void anOldOneIsFound() {
        assertThat(isOld("netty-codec-http-4.1.133.Final.jar")).isTrue();
        assertThat(isOld("netty-codec-http-4.1.138.Final.jar")).isFalse();
        assertThat(isOld("postgresql-42.7.10.jar")).isTrue();
    }

    private static Stream<String> jars() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(path -> Path.of(path).getFileName().toString())
                .filter(name -> name.endsWith(".jar"));
    }

    private static boolean isOld(String jar) {
        var parts = JAR.matcher(jar);
        if (!parts.matches() || !OLDEST.containsKey(parts.group(1))) {
            return false;
        }
        return Version.parse(parts.group(2)).compareTo(Version.parse(OLDEST.get(parts.group(1))))
                < 0;
    }
}
