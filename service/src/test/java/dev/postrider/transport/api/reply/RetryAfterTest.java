package dev.postrider.transport.api.reply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.outbound.CallResult.Answered;
import dev.postrider.transport.Throttles;
import dev.postrider.transport.Transport.MailboxKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-11-27T10:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    0                             | 0
                    17                            | 17
                    999999999                     | 86400
                    Fri, 27 Nov 2026 10:02:00 GMT | 120
                    Fri, 27 Nov 2026 09:00:00 GMT | 0
                    -1                            |
                    1.5                           |
                    9999999999                    |
                    soon                          |
                    """)
    void theHeaderHasTwoForms(String value, Integer seconds) {
        assertThat(after(Map.of("retry-after", value), ""))
                .isEqualTo(Optional.ofNullable(seconds).map(Duration::ofSeconds));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    User-rate limit exceeded.  Retry after 2026-11-27T10:15:30.123Z (Mail sending) | 930
                    Retry after 2026-11-27T10:00:01Z                                               | 1
                    Retry after 2026-13-40T10:00:01Z                                               |
                    Retry after lunch                                                              |
                    """)
    void gmailSaysItInWords(String words, Integer seconds) {
        assertThat(after(Map.of(), words).map(Duration::toSeconds))
                .isEqualTo(Optional.ofNullable(seconds).map(Integer::longValue));
    }

    private static Optional<Duration> after(Map<String, String> headers, String words) {
        return RetryAfter.of(
                ApiReply.of(new Answered<>(429, headers, new ApiReply.Text("", true))),
                new ApiError(List.of(), words),
                NOW);
    }

    private static Throttles counted() {
        var inARow = new HashMap<MailboxKey, Integer>();
        return new Throttles() {
            @Override
            public int again(MailboxKey mailbox) {
                return inARow.merge(mailbox, 1, Integer::sum);
            }

            @Override
            public void over(MailboxKey mailbox) {
                inARow.remove(mailbox);
            }
        };
    }

    /** What a provider names is often too early, and each try may move it. */
    @Test
    void theRestComesAfterWhatIsAskedForAndDoublesUntilSomethingIsTaken() {
        var backoff = new Backoff(counted());
        var mailbox = new MailboxKey(UUID.randomUUID(), UUID.randomUUID());
        var other = new MailboxKey(UUID.randomUUID(), UUID.randomUUID());
        var minute = Duration.ofMinutes(1);
        assertThat(backoff.rest(mailbox, minute, Duration.ZERO)).isEqualTo(minute);
        assertThat(backoff.rest(mailbox, minute, Duration.ZERO)).isEqualTo(Duration.ofMinutes(2));
        assertThat(backoff.rest(mailbox, minute, Duration.ofMinutes(10)))
                .isEqualTo(Duration.ofMinutes(14));
        assertThat(backoff.rest(other, minute, Duration.ZERO)).isEqualTo(minute);
        for (var i = 0; i < 100; i++) {
            assertThat(backoff.rest(mailbox, minute, Duration.ofDays(1)))
                    .isLessThanOrEqualTo(Duration.ofDays(1));
        }
        backoff.taken(mailbox);
        assertThat(backoff.rest(mailbox, minute, Duration.ZERO)).isEqualTo(minute);
    }
}
