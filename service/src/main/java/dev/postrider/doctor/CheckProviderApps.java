package dev.postrider.doctor;

import dev.postrider.credential.provider.ProviderApp;
import dev.postrider.credential.provider.ProviderApps;
import java.io.IOException;
import java.net.URI;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;

/**
 * The operator's apps at Google and Microsoft: how long their secrets last, whether their providers
 * are reached, and which redirect URI is to be registered.
 */
public record CheckProviderApps(ProviderApps apps, Optional<URI> publicUrl, LocalDate today)
        implements Check {
    private static final int WARNED_BEFORE = 30;

    @Override
    public String about() {
        return "Apps at Google and Microsoft";
    }

    @Override
    public List<Finding> look() throws InterruptedException, ExecutionException {
        if (apps.all().isEmpty()) {
            return List.of(
                    Finding.ok(
                            "app-none",
                            "None is set: mailboxes are connected by passwords and app passwords."));
        }
        var all = List.copyOf(apps.all());
        var looks = all.stream().map(app -> (Callable<Finding>) () -> reached(app)).toList();
        var reached = AtOnce.look(Examine.OF_A_CHECK, looks);
        var found = new ArrayList<Finding>();
        for (var i = 0; i < all.size(); i++) {
            var app = all.get(i);
            found.add(secret(app));
            found.add(reached.get(i).orElseGet(() -> away(app, "no answer in time")));
            if (app.isDelegated()) {
                found.add(redirect(app));
            }
        }
        return found;
    }

    private Finding secret(ProviderApp app) {
        if (app.secretExpires().isEmpty()) {
            return Finding.ok(
                    "app-secret",
                    app.label() + ": its settings are complete; when its secret ends isn't known.");
        }
        var end = app.secretExpires().get();
        var why = "From then on no mailbox that was connected by this app can send.";
        var advice = "Make a new secret at the provider, set it and its end, and restart.";
        if (end.isBefore(today)) {
            return Finding.problem(
                    "app-secret-ended",
                    app.label() + ": its secret ended on " + end + ".",
                    why,
                    advice);
        }
        return end.isBefore(today.plusDays(WARNED_BEFORE))
                ? Finding.warning(
                        "app-secret-ends",
                        app.label() + ": its secret ends on " + end + ".",
                        why,
                        advice)
                : Finding.ok("app-secret", app.label() + ": its secret lasts until " + end + ".");
    }

    /** Whatever it answers to a question without credentials, it answers. */
    private static Finding reached(ProviderApp app) throws InterruptedException {
        var token = app.endpoints().token();
        try {
            var _ = Fetch.get(token);
            return Finding.ok("app-provider", app.label() + ": " + token.getHost() + " answers.");
        } catch (IOException e) {
            return away(app, Fetch.reason(e));
        }
    }

    private static Finding away(ProviderApp app, String reason) {
        var token = app.endpoints().token();
        return Finding.problem(
                "app-provider-away",
                app.label() + ": " + token + " isn't reached: " + reason + ".",
                "No access is granted or renewed: its mailboxes' mail waits.",
                "Open outgoing TCP port 443 to " + token.getHost() + ".");
    }

    private Finding redirect(ProviderApp app) {
        var path = "/connect/callback/" + app.label();
        return publicUrl
                .map(url ->
                        Finding.ok(
                                "app-redirect",
                                app.label()
                                        + ": the redirect URI to register there is "
                                        + url.toString().replaceFirst("/+$", "")
                                        + path))
                .orElseGet(() ->
                        Finding.warning(
                                "app-redirect-unknown",
                                app.label() + ": POSTRIDER_PUBLIC_URL isn't set.",
                                "Consent leads back there, to "
                                        + path
                                        + "; without it nobody can"
                                        + " connect a mailbox, unless the console's installation page"
                                        + " says the URL.",
                                "Set it, and register that URL with this path at the provider."));
    }
}
