package dev.postrider.http;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Singleton;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which methods each path has, for {@code Allow}. The framework looks for a method only among those
 * of the first class whose path fits, and there is a class for each operation here.
 */
@Singleton
final class Routes {
    private final List<Route> all;

    /**
     * A path's methods.
     *
     * @param segments of the path; one in braces fits any
     */
    private record Route(List<String> segments, Set<String> methods) {
        boolean fits(List<String> path) {
            return path.size() == segments.size()
                    && IntStream.range(0, path.size())
                            .allMatch(i ->
                                    isAny(segments.get(i)) || segments.get(i).equals(path.get(i)));
        }

        /** The most of them wins. */
        long literals() {
            return segments.stream().filter(segment -> !isAny(segment)).count();
        }

        private static boolean isAny(String segment) {
            return segment.startsWith("{");
        }
    }

    Routes(BeanManager beans) {
        this.all =
                beans.getBeans(Object.class, Any.Literal.INSTANCE).stream()
                        .map(bean -> bean.getBeanClass())
                        .filter(type -> type.isAnnotationPresent(Path.class))
                        .distinct()
                        .flatMap(Routes::of)
                        .toList();
    }

    private static Stream<Route> of(Class<?> resource) {
        var base = resource.getAnnotation(Path.class).value();
        return Arrays.stream(resource.getDeclaredMethods())
                .flatMap(method ->
                        Arrays.stream(method.getAnnotations())
                                .map(each -> each.annotationType().getAnnotation(HttpMethod.class))
                                .filter(each -> each != null)
                                .map(verb -> new Route(path(base, method), methods(verb.value()))));
    }

    private static List<String> path(String base, Method method) {
        var below = method.getAnnotation(Path.class);
        return segments(below == null ? base : base + "/" + below.value());
    }

    private static Set<String> methods(String verb) {
        return verb.equals("GET") ? Set.of("GET", "HEAD", "OPTIONS") : Set.of(verb, "OPTIONS");
    }

    private static List<String> segments(String path) {
        return Stream.of(path.split("/")).filter(segment -> !segment.isEmpty()).toList();
    }

    /** In alphabetical order; none when nothing is at a path. */
    Set<String> at(String path) {
        var fitting = new ArrayList<>(all);
        var segments = segments(path);
        fitting.removeIf(route -> !route.fits(segments));
        var most = fitting.stream().map(Route::literals).max(Comparator.naturalOrder());
        var methods = new TreeSet<String>();
        fitting.stream()
                .filter(route -> route.literals() == most.orElse(0L))
                .forEach(route -> methods.addAll(route.methods()));
        return methods;
    }
}
