package dev.postrider.door.api.track;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.postrider.flow.store.count.CountEmails;
import dev.postrider.flow.store.count.CountWaiting;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How many emails there were, by the hour, and how many wait. */
@Schema(name = "EmailCounts")
record CountsAnswer(
        @Schema(examples = "email_counts") String object,
        @Schema(description = "The first hour that was asked for.") String from,
        @JsonProperty("is_complete")
                @Schema(
                        description =
                                "False when there was no time to count the oldest hours for the first time:"
                                        + " they are missing, and there when asked again.")
                boolean isComplete,
        @Schema(description = "Emails that wait now, or are being sent; at most 100000.")
                int waiting,
        @Schema(description = "Those of them whose mailbox is held or paused; at most 100000.")
                int held,
        @Schema(description = "Oldest first.") List<Hour> hours) {
    /** What has become of the emails that an hour accepted. */
    @Schema(name = "EmailCountsHour")
    record Hour(
            @Schema(description = "When it began.") String hour,
            @Schema(description = "All of them, the sum of the others.") int accepted,
            int sent,
            int refused,
            int failed,
            int unknown,
            int canceled,
            @Schema(description = "Scheduled, queued or being sent.") int waiting) {
        static Hour of(CountEmails.Hour hour) {
            var counts = hour.counts();
            return new Hour(
                    hour.begin().toString(),
                    counts.accepted(),
                    counts.sent(),
                    counts.refused(),
                    counts.failed(),
                    counts.unknown(),
                    counts.canceled(),
                    counts.waiting());
        }
    }

    static CountsAnswer of(
            Instant from, CountEmails.Counted counted, CountWaiting.Waiting waiting) {
        var isComplete =
                counted.hours().isEmpty() || counted.hours().getFirst().begin().equals(from);
        return new CountsAnswer(
                "email_counts",
                from.toString(),
                isComplete,
                waiting.waiting(),
                waiting.held(),
                counted.hours().stream().map(Hour::of).toList());
    }
}
