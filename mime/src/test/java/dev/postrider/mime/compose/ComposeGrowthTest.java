package dev.postrider.mime.compose;

import static dev.postrider.mime.compose.Drafts.draft;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.mime.address.Addresses;
import dev.postrider.mime.encoding.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Twice as much to compose is twice as much work. */
final class ComposeGrowthTest {
    private static final Map<String, IntFunction<Draft>> DRAFTS =
            Map.ofEntries(
                    Map.entry("subject", n -> draft().subject("é".repeat(n / 100)).build()),
                    Map.entry(
                            "combining marks",
                            n -> draft().subject("\u0301".repeat(n / 100)).build()),
                    Map.entry("header", n -> draft().header("X-A", "é b".repeat(n / 100)).build()),
                    Map.entry(
                            "URLs",
                            n -> draft().header("List-Help", "<a:é>, ".repeat(n / 200)).build()),
                    Map.entry(
                            "addresses in a header",
                            n ->
                                    draft().header("Errors-To", "é, é <a@b>, ".repeat(n / 200))
                                            .build()),
                    Map.entry("references", n -> draft().inReplyTo("<a@b>".repeat(n / 5)).build()),
                    Map.entry("folds", n -> draft().inReplyTo("<a@b>" + "\r\n ".repeat(n)).build()),
                    Map.entry("text", n -> draft().text("é \r=.".repeat(n)).build()),
                    Map.entry("nested tags", n -> draft().html("<div>".repeat(n)).build()),
                    Map.entry("links", n -> draft().html("<a href=x>y".repeat(n)).build()),
                    Map.entry(
                            "entities",
                            n -> draft().html("<a href='&amp;'>&amp;".repeat(n)).build()),
                    Map.entry("images", ComposeGrowthTest::images),
                    Map.entry("headers", ComposeGrowthTest::headers),
                    Map.entry("recipients", ComposeGrowthTest::recipients));
    static final Iterable<String> NAMES = DRAFTS.keySet();

    @ParameterizedTest
    @FieldSource("NAMES")
    void isTwiceTheWork(String name) {
        IntFunction<Draft> drafts = Objects.requireNonNull(DRAFTS.get(name));
        Draft once = drafts.apply(40_000);
        Draft twice = drafts.apply(80_000);
        compose(once);
        assertThat(Allocated.by(() -> compose(twice)))
                .isLessThan(Allocated.by(() -> compose(once)) * 5 / 2 + 100_000);
    }

    private static Draft images(int n) {
        Draft.Builder draft = draft().html("<img src='cid:1'>".repeat(n / 10)).text("");
        IntStream.range(0, n / 400)
                .forEach(i ->
                        draft.attach(Attachment.inline("é" + i, "" + i, Source.of(new byte[1]))));
        return draft.build();
    }

    private static Draft headers(int n) {
        Draft.Builder draft = draft();
        IntStream.range(0, n / 100).forEach(i -> draft.header("X-" + i, "é"));
        return draft.build();
    }

    private static Draft recipients(int n) {
        return draft().to(
                        IntStream.range(0, n / 100)
                                .mapToObj(i -> Addresses.address("é <a" + i + "@b>"))
                                .toList())
                .build();
    }

    private static void compose(Draft draft) {
        try {
            assertThat(Drafts.composed(draft).toBytes()).isNotEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
