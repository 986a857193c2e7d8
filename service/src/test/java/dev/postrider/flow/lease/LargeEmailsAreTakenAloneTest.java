package dev.postrider.flow.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.email.DueEmail;
import dev.postrider.email.EmailKey;
import dev.postrider.email.Lease;
import dev.postrider.flow.store.TakenBatch;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.TestDatabase;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a lane gets at once is bounded by octets, not only by its number. */
@ExtendWith(TestDatabase.class)
final class LargeEmailsAreTakenAloneTest {
    private static final int KIB = 1 << 10;

    private final OneLane one;

    LargeEmailsAreTakenAloneTest(Database database) {
        this.one = new OneLane(database);
    }

    @AfterEach
    void close() throws Exception {
        one.close();
    }

    @Test
    void asManyAsFitIntoAMebibyteAreTakenAndTheOthersAreDueNow() {
        var emails = queue(5, 400 * KIB);
        var lease = one.lease();

        var first = take(lease, 9);

        assertThat(keys(first)).isEqualTo(emails.subList(0, 2));
        assertThat(first.nextDue()).hasValueSatisfying(due -> assertThat(due).isBefore(soon()));
        assertThat(keys(take(lease, 9))).isEqualTo(emails.subList(2, 4));
        var last = take(lease, 9);
        assertThat(keys(last)).isEqualTo(emails.subList(4, 5));
        assertThat(last.nextDue()).isEmpty();
    }

    @Test
    void oneThatIsLargerThanThatGoesAlone() {
        var large = queue(1, 3 * KIB * KIB);
        var small = queue(3, KIB);
        var lease = one.lease();

        var first = take(lease, 9);

        assertThat(keys(first)).isEqualTo(large);
        assertThat(first.isTooLarge()).isFalse();
        assertThat(keys(take(lease, 9))).isEqualTo(small);
    }

    @Test
    void whoseCallerWaitsIsBehindOneLargeEmailOnly() {
        var large = queue(4, 3 * KIB * KIB);
        var lease = one.lease();
        assertThat(keys(take(lease, 4))).isEqualTo(large.subList(0, 1));

        var awaited = one.lanes().queueAwaited(one.lane());

        assertThat(keys(take(lease, 4))).containsExactly(awaited);
        assertThat(keys(take(lease, 4))).isEqualTo(large.subList(1, 2));
    }

    @Test
    void smallOnesAreTakenByTheirNumber() {
        var emails = queue(9, KIB);

        assertThat(keys(take(one.lease(), 9))).isEqualTo(emails);
    }

    private List<EmailKey> queue(int count, int octets) {
        var content = one.lanes().largeContent(octets);
        return IntStream.range(0, count)
                .mapToObj(_ -> {
                    var key = one.lanes().newKey();
                    one.lanes().keep(one.lanes().email(key, one.lane(), content));
                    return key;
                })
                .toList();
    }

    private TakenBatch.Begun take(Lease lease, int messages) {
        return (TakenBatch.Begun) one.take(lease, messages);
    }

    private static List<EmailKey> keys(TakenBatch.Begun begun) {
        return begun.emails().stream().map(DueEmail::key).toList();
    }

    private static Instant soon() {
        return Instant.now().plusSeconds(1);
    }
}
