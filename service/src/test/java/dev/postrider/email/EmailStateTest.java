package dev.postrider.email;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The code, the drawing and the schema know the same states and arrows. */
final class EmailStateTest {
    private static final Path DRAWING = Path.of("../docs/state-machine.md");
    private static final Path SCHEMA = Path.of("src/main/resources/db/migration/V1__schema.sql");

    @Test
    void theDrawingHasTheArrowsOfTheCode() throws IOException {
        var arrows =
                Stream.of(EmailState.values())
                        .flatMap(from ->
                                from.next().stream().map(to -> from.text() + " --> " + to.text()));
        var ends =
                Stream.of(EmailState.values())
                        .filter(EmailState::isFinal)
                        .map(state -> state.text() + " --> [*]");
        var starts = Stream.of("[*] --> queued", "[*] --> scheduled", "[*] --> sending");

        var drawn =
                Files.readAllLines(DRAWING).stream()
                        .map(String::strip)
                        .filter(line -> line.contains("-->"))
                        .toList();

        assertThat(drawn)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(starts, arrows, ends).flatMap(each -> each).toList());
    }

    @Test
    void theTableExplainsEachState() throws IOException {
        assertThat(Files.readString(DRAWING))
                .contains(
                        Stream.of(EmailState.values())
                                .map(state -> "| `" + state.text() + "` |")
                                .toList());
    }

    @Test
    void theSchemaKnowsTheStatesOfTheCode() throws IOException {
        assertThat(listed("constraint known_state\\s+check \\(state in \\(([^)]*)\\)\\)"))
                .isEqualTo(texts(Stream.of(EmailState.values())));
        assertThat(listed("check \\(\\(due_at is null\\) = \\(state in \\(([^)]*)\\)\\)\\)"))
                .isEqualTo(texts(Stream.of(EmailState.values()).filter(EmailState::isFinal)));
        assertThat(listed("check \\(\\(finished_at is null\\) = \\(state in \\(([^)]*)\\)\\)\\)"))
                .isEqualTo(texts(Stream.of(EmailState.values()).filter(state -> !state.isFinal())));
    }

    @Test
    void aStateIsReadAsItWasWritten() {
        assertThat(EmailState.values()).allMatch(state -> EmailState.of(state.text()) == state);
        assertThat(OnUnknown.values()).allMatch(wish -> OnUnknown.of(wish.text()) == wish);
    }

    private static Set<String> listed(String constraint) throws IOException {
        var found = Pattern.compile(constraint).matcher(Files.readString(SCHEMA));
        assertThat(found.find()).as(constraint).isTrue();
        return Arrays.stream(found.group(1).split(","))
                .map(name -> name.strip().replace("'", ""))
                .collect(toSet());
    }

    private static Set<String> texts(Stream<EmailState> states) {
        return states.map(EmailState::text).collect(toSet());
    }
}
