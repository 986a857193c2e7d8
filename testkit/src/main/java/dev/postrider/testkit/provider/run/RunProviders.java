package dev.postrider.testkit.provider.run;

import dev.postrider.testkit.provider.http.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Google and Microsoft to try things by hand. Prints one line of JSON: their URLs, that of the
 * page, and the file of providers for the product. It ends with Ctrl-C or with the end of its
 * input.
 *
 * <p>Arguments: {@code --google-port}, {@code --microsoft-port}, {@code --page-port} (0 or none for
 * any), {@code --product} (the product's public URL, whose callbacks both apps then accept), and
 * addresses, which become accounts at both.
 */
public final class RunProviders {
    private static final String USAGE =
            "./postrider providers [--google-port N] [--microsoft-port N] [--page-port N]"
                    + " [--product URL] [ADDRESS…]";

    private RunProviders() {}

    public static void main(String[] arguments) throws IOException {
        RunArguments given;
        try {
            given = RunArguments.parse(List.of(arguments));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "\n" + USAGE);
            System.exit(2);
            return;
        }
        run(given);
    }

    private static void run(RunArguments given) throws IOException {
        try (var fakes = FakeProviders.start(given.googlePort(), given.microsoftPort());
                var page = new ControlServer(given.pagePort(), fakes)) {
            given.addresses()
                    .forEach(address -> {
                        fakes.google().account(address);
                        fakes.microsoft().account(address);
                    });
            given.product()
                    .ifPresent(url -> {
                        fakes.google().app().redirectsTo(url + "/connect/callback/google/default");
                        fakes.microsoft()
                                .app()
                                .redirectsTo(url + "/connect/callback/microsoft/default");
                    });
            Path file = Files.createTempFile("providers", ".json");
            try {
                Files.writeString(file, fakes.providersFile());
                IO.println(
                        Json.object()
                                .put("google", fakes.google().base())
                                .put("microsoft", fakes.microsoft().base())
                                .put("page", page.base())
                                .put("providers_file", file.toString()));
                System.in.transferTo(OutputStream.nullOutputStream());
            } finally {
                Files.deleteIfExists(file);
            }
        }
    }
}
