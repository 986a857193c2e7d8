package dev.postrider.door.console.webhooks;

import dev.postrider.door.console.Visit;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.Optional;

/** Times as {@code datetime-local} has them: without a zone, which is the reader's. */
final class LocalTimes {
    private LocalTimes() {}

    /** As the API takes it; what is no time stays, and the API says so. */
    static Optional<String> read(Optional<String> text, Visit visit) {
        return text.map(each -> {
            try {
                return LocalDateTime.parse(each).atZone(visit.zone()).toInstant().toString();
            } catch (DateTimeException _) {
                return each;
            }
        });
    }
}
