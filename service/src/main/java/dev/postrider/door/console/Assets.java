package dev.postrider.door.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.inject.Singleton;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;

/** The files that pages need: our style, our script and icon, and htmx out of its jar. */
@Singleton
final class Assets {
    private static final String HTMX =
            "/META-INF/resources/webjars/htmx.org/2.0.8/dist/htmx.min.js";

    private record Asset(String text, String type) {}

    private final Map<String, Asset> assets =
            Map.of(
                    "style.css",
                    new Asset(read("/console/style.css"), "text/css;charset=utf-8"),
                    "console.js",
                    new Asset(read("/console/console.js"), "text/javascript;charset=utf-8"),
                    "htmx.js",
                    new Asset(read(HTMX), "text/javascript;charset=utf-8"),
                    "icon.svg",
                    new Asset(read("/connect/icon.svg"), "image/svg+xml"));

    private final String version =
            Integer.toHexString(
                    assets.values().stream().mapToInt(asset -> asset.text().hashCode()).sum());

    String version() {
        return version;
    }

    /** Its URL has the version. */
    Optional<Response> find(String name) {
        return Optional.ofNullable(assets.get(name)).map(Assets::answer);
    }

    private static Response answer(Asset asset) {
        var days = new CacheControl();
        days.setMaxAge(7 * 24 * 3600);
        return Response.ok(asset.text(), asset.type())
                .cacheControl(days)
                .header(HttpHeaders.CONTENT_LENGTH, asset.text().getBytes(UTF_8).length)
                .build();
    }

    private static String read(String name) {
        try (var file = Assets.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException(name + " is missing");
            }
            return new String(file.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
