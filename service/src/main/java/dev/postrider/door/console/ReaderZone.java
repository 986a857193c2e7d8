package dev.postrider.door.console;

import jakarta.ws.rs.core.HttpHeaders;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/** The time zone of a browser, which our script tells in a cookie; UTC where there is no script. */
final class ReaderZone {
    static final String COOKIE = "postrider-zone";

    private static final int MAX_LENGTH = 64;

    private ReaderZone() {}

    static ZoneId of(HttpHeaders headers) {
        return Optional.ofNullable(headers.getCookies().get(COOKIE))
                .map(cookie -> cookie.getValue().replace("%2F", "/"))
                .filter(name -> name.length() <= MAX_LENGTH)
                .flatMap(ReaderZone::parse)
                .orElse(ZoneOffset.UTC);
    }

    private static Optional<ZoneId> parse(String name) {
        try {
            return Optional.of(ZoneId.of(name));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
