package dev.postrider.door.api.send;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.flow.accept.Rejection;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ExplainRejectionTest {
    @ParameterizedTest
    @ValueSource(strings = {"554 5.7.1 go away", "554 5.7.1 go away."})
    void theServersWordsEndBeforeOursBegin(String reply) {
        var failed = new Rejection.Failed(new UUID(0, 0), reply);
        assertThat(ExplainRejection.problem(failed).detail())
                .startsWith("554 5.7.1 go away. It will not be tried again; ");
    }
}
