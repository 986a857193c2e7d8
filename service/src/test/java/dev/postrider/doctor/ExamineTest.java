package dev.postrider.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class ExamineTest {
    /** A look that never ends costs its time and no more, and the others are seen. */
    @Test
    @Timeout(30)
    void aCheckThatHangsOrFailsIsAFinding() throws Exception {
        var never = new CountDownLatch(1);
        var report =
                new Examine(Duration.ofMillis(300))
                        .all(() ->
                                List.of(
                                        check("quick", () -> List.of(Finding.ok("q", "Quick."))),
                                        check(
                                                "hanging",
                                                () -> {
                                                    never.await();
                                                    return List.of();
                                                }),
                                        check(
                                                "failing",
                                                () -> {
                                                    throw new IllegalStateException("ouch");
                                                })));
        assertThat(report.parts())
                .extracting(part -> part.findings().getFirst().id())
                .containsExactly("q", "check-late", "check-failed");
        assertThat(report.lines()).anyMatch(line -> line.contains("ouch"));
        assertThat(report.hasProblem()).isFalse();
        assertThat(report.summary()).isEqualTo("0 problems, 2 warnings, 1 ok.");
    }

    /** A secret's file on a network that is gone keeps the settings from being read. */
    @Test
    @Timeout(30)
    void settingsThatCannotBeReadInTimeAreAFinding() throws Exception {
        var never = new CountDownLatch(1);
        var report =
                new Examine(Duration.ofMillis(300))
                        .all(() -> {
                            never.await();
                            return List.of();
                        });
        assertThat(report.parts()).hasSize(1);
        assertThat(report.lines()).anyMatch(line -> line.contains("the whole of it"));
    }

    /** What a server says about itself stands in findings, and is read on a terminal. */
    @Test
    void whatOthersSayIsShortAndMovesNoCursor() {
        var finding =
                Finding.warning("id", "It is \u001b[2J\u202e" + "x".repeat(5000), "\r\n.", "\0");
        assertThat(finding.what()).startsWith("It is  [2J xxx").hasSizeLessThan(1100);
        assertThat(finding.why()).isEqualTo("  .");
        assertThat(finding.advice()).isEqualTo(" ");
    }

    @Test
    void whatToDoIsSaidInLinesThatFitATerminal() {
        var report =
                new Report(
                        List.of(
                                new Report.Part(
                                        "Disk",
                                        List.of(
                                                Finding.problem(
                                                        "full",
                                                        "word ".repeat(40).strip(),
                                                        "Why.",
                                                        "This.")))));
        assertThat(report.lines()).allMatch(line -> line.length() <= 100);
        assertThat(report.lines()).contains("           To do: This.");
        assertThat(report.summary()).isEqualTo("1 problem, 0 warnings, 0 ok.");
    }

    private static Check check(String about, Callable<List<Finding>> look) {
        return new Check() {
            @Override
            public String about() {
                return about;
            }

            @Override
            public List<Finding> look() throws Exception {
                return look.call();
            }
        };
    }
}
