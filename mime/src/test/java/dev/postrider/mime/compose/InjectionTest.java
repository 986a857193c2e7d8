package dev.postrider.mime.compose;

import static dev.postrider.mime.compose.Drafts.DATE;
import static dev.postrider.mime.compose.Drafts.draft;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.mime.encoding.Source;
import dev.postrider.mime.header.Disposition;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** No field of a draft can end a header line: each attempt is refused by the field's name. */
final class InjectionTest {
    private static final List<String> ATTEMPTS =
            List.of(
                    "x\r\nBcc: eve@example.net",
                    "x\nBcc: eve@example.net",
                    "x\rBcc: eve@example.net",
                    "x\r\n\r\nBody",
                    "\r\n x",
                    "x\0",
                    "x\u0085y",
                    "x\u000by",
                    "x\u007f");

    private static final Map<String, Function<String, Draft>> FIELDS =
            Map.ofEntries(
                    Map.entry("subject", bad -> draft().subject(bad).build()),
                    Map.entry("headers[X-A]", bad -> draft().header("X-A", bad).build()),
                    Map.entry(
                            "headers[Errors-To]",
                            bad -> draft().header("Errors-To", bad + " <a@b>").build()),
                    Map.entry(
                            "headers[List-Help]",
                            bad -> draft().header("List-Help", "<a:" + bad + ">").build()),
                    Map.entry("headers", bad -> draft().header(bad, "v").build()),
                    Map.entry("in_reply_to", bad -> draft().inReplyTo("<" + bad + ">").build()),
                    Map.entry(
                            "references[1]",
                            bad -> draft().references(List.of("<a@b>", "<" + bad + ">")).build()),
                    Map.entry(
                            "message_id",
                            bad ->
                                    Draft.from(draft().build().from(), "<" + bad + "@b>", DATE)
                                            .build()),
                    Map.entry("attachments[0].filename", bad -> attached(bad, "", null)),
                    Map.entry(
                            "attachments[0].content_type", bad -> attached("a", "a/" + bad, null)),
                    Map.entry("attachments[0].content_id", bad -> attached("a", "", bad)),
                    Map.entry(
                            "invitation",
                            bad ->
                                    draft().invitation(
                                                    new Invitation(
                                                            bad,
                                                            "BEGIN:VCALENDAR\nMETHOD:" + bad,
                                                            true))
                                            .build()));

    @ParameterizedTest
    @MethodSource("attempts")
    void isRefusedByTheFieldsName(String field, String attempt) {
        assertThat(ComposeDraft.compose(requireNonNull(FIELDS.get(field)).apply(attempt)))
                .isInstanceOfSatisfying(
                        Composition.Flawed.class,
                        flawed ->
                                assertThat(flawed.flaws())
                                        .extracting(Flaw::field)
                                        .containsOnly(field));
    }

    static Stream<Arguments> attempts() {
        return FIELDS.keySet().stream()
                .flatMap(field -> ATTEMPTS.stream().map(attempt -> Arguments.of(field, attempt)));
    }

    private static Draft attached(String filename, String type, @Nullable String contentId) {
        return draft().attach(
                        new Attachment(
                                filename,
                                type,
                                Disposition.ATTACHMENT,
                                contentId,
                                Source.of(new byte[0])))
                .build();
    }
}
