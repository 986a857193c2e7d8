package dev.postrider.testkit.recorder;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.testkit.provider.http.Json;
import dev.postrider.testkit.recorder.google.GoogleAccount;
import dev.postrider.testkit.recorder.microsoft.MicrosoftAccount;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Asks the real Google and Microsoft, by test accounts that are given, what they do where nobody is
 * sure, and prints it beside what the fakes do. Ends with 0 when all that was asked was answered, 1
 * when an account can't be used or a probe failed, 2 when no account is given.
 *
 * <p>Arguments: {@code --accounts FILE}, {@code --only KEY,…}, {@code --large} (probes of many
 * megabytes, too), {@code --json FILE}.
 */
public final class RecordProviders {
    private static final String NEEDED =
            """
            This needs a test account at Google, at Microsoft, or both, which has consented to an app of yours:

              POSTRIDER_RECORD_GOOGLE_CLIENT_ID      POSTRIDER_RECORD_MICROSOFT_CLIENT_ID
              POSTRIDER_RECORD_GOOGLE_CLIENT_SECRET  POSTRIDER_RECORD_MICROSOFT_CLIENT_SECRET
              POSTRIDER_RECORD_GOOGLE_REFRESH_TOKEN  POSTRIDER_RECORD_MICROSOFT_REFRESH_TOKEN
                                                     POSTRIDER_RECORD_MICROSOFT_TENANT (else "common")
                                                     POSTRIDER_RECORD_MICROSOFT_SCOPE

            or a file, which --accounts names:

              {"google":    {"client_id": "…", "client_secret": "…", "refresh_token": "…"},
               "microsoft": {"client_id": "…", "client_secret": "…", "refresh_token": "…", "tenant": "…",
                             "scope": "offline_access User.Read Mail.Send Mail.ReadWrite"}}

            It sends some twenty emails from each account to itself, and to nobody else. docs/recorder.md says how
            a refresh token is got, and which scopes answer which questions.
            """;

    private final UnaryOperator<String> environment;
    private final PrintStream out;
    private final List<Finding> findings = new ArrayList<>();
    private boolean isGood = true;

    RecordProviders(UnaryOperator<String> environment, PrintStream out) {
        this.environment = environment;
        this.out = out;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        var status =
                new RecordProviders(
                                name -> Optional.ofNullable(System.getenv(name)).orElse(""),
                                System.out)
                        .run(List.of(arguments));
        System.exit(status);
    }

    /** The status to end with. */
    int run(List<String> arguments) throws IOException, InterruptedException {
        var given = accounts(option(arguments, "--accounts"));
        if (given.isEmpty()) {
            out.println("The file of accounts must be one JSON object.");
            return 2;
        }
        var only = option(arguments, "--only").map(keys -> List.of(keys.split(",")));
        Predicate<Probe> wanted =
                probe ->
                        only.map(keys -> keys.contains(probe.key()))
                                .orElse(!probe.isLarge() || arguments.contains("--large"));
        var asked = 0;
        for (var name : List.of("google", "microsoft")) {
            switch (TestAccount.read(name, given.get().path(name), environment)) {
                case TestAccount.Read.None() -> {}
                case TestAccount.Read.Incomplete(var missing) -> {
                    out.println(name + ": missing are " + String.join(", ", missing));
                    return 2;
                }
                case TestAccount.Read.Good(var account) -> {
                    asked++;
                    ask(name, account, wanted);
                }
            }
        }
        if (asked == 0) {
            out.print(NEEDED);
            return 2;
        }
        out.println(AskProvider.summary(findings));
        var json = option(arguments, "--json");
        if (json.isPresent()) {
            var all = Json.object();
            var list = all.putArray("findings");
            findings.forEach(each -> list.add(each.json()));
            Files.writeString(Path.of(json.get()), all.toPrettyString());
        }
        return isGood ? 0 : 1;
    }

    List<Finding> findings() {
        return List.copyOf(findings);
    }

    private void ask(String name, TestAccount account, Predicate<Probe> wanted)
            throws InterruptedException {
        var redact =
                new Redact()
                        .secret(account.clientId())
                        .secret(account.clientSecret())
                        .secret(account.refreshToken());
        var calls = new Calls(account, redact);
        var provider =
                name.equals("google")
                        ? new GoogleAccount(calls, redact)
                        : new MicrosoftAccount(calls, redact);
        try {
            new AskProvider(provider, redact, wanted)
                    .ask(finding -> {
                        out.println(finding.text());
                        findings.add(finding);
                        isGood &= finding.verdict() != Finding.Verdict.FAILED;
                    });
        } catch (IOException e) {
            out.println(name + ": the account can't be used: " + e.getMessage());
            isGood = false;
        }
    }

    /** Empty when the file isn't one. */
    private static Optional<JsonNode> accounts(Optional<String> file) throws IOException {
        return file.isEmpty()
                ? Optional.of(Json.object())
                : Json.parse(Files.readAllBytes(Path.of(file.get()))).map(object -> object);
    }

    private static Optional<String> option(List<String> arguments, String name) {
        var index = arguments.indexOf(name);
        return index >= 0 && index + 1 < arguments.size()
                ? Optional.of(arguments.get(index + 1))
                : Optional.empty();
    }
}
