package dev.postrider.doctor;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Whether the public URL leads to this program.
 *
 * @param url empty when none is set
 * @param isSafe whether nobody on the way can read what passes
 */
public record CheckPublicUrl(Optional<URI> url, boolean isSafe) implements Check {
    @Override
    public String about() {
        return "Public URL";
    }

    @Override
    public List<Finding> look() throws InterruptedException {
        if (url.isEmpty()) {
            return List.of(
                    Finding.ok(
                            "public-url-none",
                            "POSTRIDER_PUBLIC_URL isn't set. Connecting mailboxes by consent needs it"
                                    + " (or what the console's installation page says)."));
        }
        if (!isSafe) {
            return List.of(
                    Finding.problem(
                            "public-url-clear",
                            url.get() + " is http.",
                            "Passwords and tokens are sent unencrypted, and providers refuse such a"
                                    + " redirect URI.",
                            "Use https (docs/tls.md)."),
                    reached(url.get()));
        }
        return List.of(reached(url.get()));
    }

    private static Finding reached(URI url) throws InterruptedException {
        var page = URI.create(url.toString().replaceFirst("/+$", "") + "/openapi");
        try {
            var answer = Fetch.get(page);
            if (answer.status() == 200 && answer.text().contains("Postrider")) {
                return Finding.ok("public-url", url + " leads to Postrider.");
            }
            return astray(url, "it answers " + answer.status() + " and isn't Postrider");
        } catch (IOException e) {
            return astray(url, Fetch.reason(e));
        }
    }

    private static Finding astray(URI url, String reason) {
        return Finding.warning(
                "public-url-astray",
                url + " doesn't lead to Postrider from here: " + reason + ".",
                "Links in emails and answers lead there. (When the program doesn't run, or this"
                        + " machine can't reach its own public address, nothing may be wrong.)",
                "See its DNS record, certificate, proxy and firewall; open "
                        + url
                        + "/openapi from elsewhere.");
    }
}
