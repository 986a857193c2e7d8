package dev.postrider.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FieldsTest {
    /** A million bad addresses were answered with 53 MB. */
    @Test
    void anAnswerNamesTheFirstFlawsAndCountsTheOthers() {
        var fields = new Fields(JsonNodeFactory.instance.objectNode());
        for (var i = 0; i < 1_000_000; i++) {
            fields.error("to[" + i + "]", "is no address");
        }
        var problem = fields.problem();
        assertThat(problem.errors()).hasSize(20);
        assertThat(problem.errors().getFirst().field()).isEqualTo("to[0]");
        assertThat(problem.detail()).endsWith("; and 999980 more").hasSizeLessThan(1_000);
        assertThat(fields.areValid()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "scheduledAt",
                "scheduled-at",
                "SCHEDULED_AT",
                "Scheduled_At",
                "scheduled_at ",
                "schedule_at",
                "sheduled_at",
                "scheduled_ats",
                "scheduled_ad"
            })
    void aFieldThatLooksLikeAKnownOneIsRefusedWithItsName(String name) {
        var fields = fields(name);
        fields.refuseLookalikes(Set.of("scheduled_at", "to"), Set.of());
        assertThat(fields.errors())
                .containsExactly(new Problem.FieldError(name, "is unknown: write it scheduled_at"));
    }

    @Test
    void oneOfWhatIsAListIsALookalike() {
        var fields = fields("tag");
        fields.refuseLookalikes(Set.of("tags"), Set.of());
        assertThat(fields.errors())
                .containsExactly(new Problem.FieldError("tag", "is unknown: write it tags"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"scheduled_at", "colour", "contentType", "scheduled", "at", "test"})
    void otherFieldsArePassedOver(String name) {
        var fields = fields(name);
        fields.refuseLookalikes(
                Set.of("scheduled_at", "content_type", "text"), Set.of("contentType"));
        assertThat(fields.areValid()).isTrue();
    }

    private static Fields fields(String name) {
        return new Fields(JsonNodeFactory.instance.objectNode().put(name, 1));
    }
}
