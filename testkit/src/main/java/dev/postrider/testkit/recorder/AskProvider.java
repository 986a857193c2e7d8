package dev.postrider.testkit.recorder;

import dev.postrider.testkit.recorder.Finding.Verdict;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Asks all probes of a provider, one after the other.
 *
 * @param wanted whether a probe is to be asked
 */
public record AskProvider(Provider provider, Redact redact, Predicate<Probe> wanted) {

    /**
     * Asks; each finding is told as it is there.
     *
     * @throws IOException when the account can't be used at all
     */
    public void ask(Consumer<Finding> told) throws IOException, InterruptedException {
        Set<String> scopes;
        try {
            scopes = provider.begin();
        } catch (IOException e) {
            throw new IOException(redact.text(words(e)));
        }
        for (var probe : provider.probes()) {
            if (wanted.test(probe)) {
                told.accept(ask(probe, scopes));
            }
        }
    }

    private Finding ask(Probe probe, Set<String> scopes) throws InterruptedException {
        var missing = probe.scope().filter(wanted -> isMissing(wanted, scopes));
        if (missing.isPresent()) {
            return finding(
                    probe,
                    Verdict.NOT_ASKED,
                    "",
                    "It needs one of these scopes: " + missing.get().replace("|", ", "));
        }
        try {
            var seen = probe.ask().ask();
            return finding(
                    probe,
                    seen.value().equals(probe.fake()) ? Verdict.SAME : Verdict.DIFFERS,
                    seen.value(),
                    seen.detail());
        } catch (IOException e) {
            return finding(probe, Verdict.FAILED, "", words(e));
        }
    }

    private static boolean isMissing(String oneOf, Set<String> scopes) {
        return Arrays.stream(oneOf.split("\\|")).noneMatch(scopes::contains);
    }

    private Finding finding(Probe probe, Verdict verdict, String seen, String detail) {
        return new Finding(
                provider.name(),
                probe.key(),
                probe.question(),
                verdict,
                redact.text(seen),
                probe.fake(),
                redact.text(detail));
    }

    private static String words(IOException e) {
        return Optional.ofNullable(e.getMessage()).orElseGet(() -> e.getClass().getSimpleName());
    }

    /** How many there are of each verdict, in words. */
    static String summary(List<Finding> findings) {
        return Arrays.stream(Verdict.values())
                .map(verdict ->
                        findings.stream().filter(each -> each.verdict() == verdict).count()
                                + " "
                                + verdict.text())
                .reduce((one, other) -> one + ", " + other)
                .orElse("");
    }
}
