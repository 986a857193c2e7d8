package dev.postrider.door.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a message's HTML before it is put into a frame. */
final class MessageFrameTest {
    private static final String BASE = "<base target=\"_blank\">";

    @Test
    void linksOpenInATabOfTheirOwnWhateverTheMessageSays() {
        assertThat(
                        MessageFrame.opensOutside(
                                "<a target=_top rel='opener' href=\"https://a.example/\" PING=https://b.example/>Pay</a>"))
                .isEqualTo(BASE + "<a   href=\"https://a.example/\" >Pay</a>");
        assertThat(MessageFrame.opensOutside("<AREA\ntarget = \"_self\" href=x>"))
                .isEqualTo(BASE + "<AREA\n href=x>");
    }

    @Test
    void whatOnlyLooksSoStays() {
        var html = "<p>target=_top</p><abbr target=x>a</abbr><a href=\"?target=1\">b</a>";

        assertThat(MessageFrame.opensOutside(html)).isEqualTo(BASE + html);
    }

    @Test
    void theMessageStaysInTheModeOfItsDoctype() {
        assertThat(MessageFrame.opensOutside("\n<!DOCTYPE html><p>Hi"))
                .isEqualTo("\n<!DOCTYPE html>" + BASE + "<p>Hi");
        assertThat(MessageFrame.opensOutside("")).isEqualTo(BASE);
    }

    @Test
    void nothingIsConnectedToAhead() {
        assertThat(
                        MessageFrame.opensOutside(
                                "<li<link>nk rel=preconnect href=//a.example><LINK rel=dns-prefetch href=//b.example>"))
                .doesNotContainIgnoringCase("<link");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<a ", "<link ", "<a target=\"", "<a target=' ", "target = ", "<!doctype "})
    void hostileShapesCostNoMoreThanTheirLength(String shape) {
        var html = shape.repeat(200_000);

        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(5), () -> MessageFrame.opensOutside(html + ">" + html));
    }
}
