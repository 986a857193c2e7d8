package dev.postrider.door.connect;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.postrider.credential.provider.Provider;
import dev.postrider.credential.provider.ProviderApps;
import dev.postrider.mailbox.connect.ConnectOption;
import dev.postrider.mailbox.connect.ConnectUrls;
import dev.postrider.mailbox.connect.ConnectVisit;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Optional;
import java.util.TreeSet;

/** Turns pages into answers, with a policy that lets a browser run nothing and stay here. */
@Singleton
final class Pages {
    private static final String TYPE = "text/html;charset=utf-8";
    private static final String POLICY =
            "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none';"
                    + " frame-ancestors 'none'; form-action 'self'";

    /** Where Microsoft signs in those who have no organisation. */
    private static final String PERSONAL = "https://login.live.com";

    private final Template choose;
    private final Template message;
    private final ConnectUrls urls;
    private final ProviderApps apps;
    private final String style = read("style.css");
    private final String icon = read("icon.svg");
    private final String version = Integer.toHexString((style + icon).hashCode());

    Pages(
            @Location("connect/choose.html") Template choose,
            @Location("connect/problem.html") Template message,
            ConnectUrls urls,
            ProviderApps apps) {
        this.choose = choose;
        this.message = message;
        this.urls = urls;
        this.apps = apps;
    }

    Response.ResponseBuilder of(int status, Texts texts, ChoosePage page, ConnectVisit visit) {
        var html =
                choose.data("texts", texts)
                        .data("frame", new Frame(page.title(), urls.path(), version))
                        .data("page", page)
                        .render();
        return answer(status, html, policy(Optional.of(visit)));
    }

    /**
     * @param visit whose forms it has; empty when it has none
     */
    Response.ResponseBuilder of(
            int status, Texts texts, MessagePage page, Optional<ConnectVisit> visit) {
        var html =
                message.data("texts", texts)
                        .data("frame", new Frame(page.title(), urls.path(), version))
                        .data("page", page)
                        .render();
        return answer(status, html, policy(visit));
    }

    private static Response.ResponseBuilder answer(int status, String html, String policy) {
        return Response.status(status)
                .entity(html)
                .type(TYPE)
                .header("Content-Security-Policy", policy);
    }

    /** Browsers look at where a form's answer leads as well: to a provider, or back. */
    private String policy(Optional<ConnectVisit> visit) {
        var targets = new TreeSet<String>();
        visit.ifPresent(found -> {
            found.returnUrl()
                    .map(url -> URI.create(url.text()))
                    .map(Pages::origin)
                    .ifPresent(targets::add);
            found.options()
                    .forEach(option -> {
                        if (option instanceof ConnectOption.Consent(var provider, var name)) {
                            apps.find(provider, Optional.of(name))
                                    .ifPresent(app -> {
                                        targets.add(origin(app.endpoints().authorize()));
                                        if (provider == Provider.MICROSOFT) {
                                            targets.add(PERSONAL);
                                        }
                                    });
                        }
                    });
        });
        return targets.isEmpty() ? POLICY : POLICY + " " + String.join(" ", targets);
    }

    private static String origin(URI url) {
        return url.getScheme() + "://" + url.getRawAuthority();
    }

    Response style() {
        return file(style, "text/css;charset=utf-8");
    }

    Response icon() {
        return file(icon, "image/svg+xml");
    }

    /** Its URL has the version. */
    private static Response file(String text, String type) {
        var days = new CacheControl();
        days.setMaxAge(7 * 24 * 3600);
        return Response.ok(text, type)
                .cacheControl(days)
                .header(HttpHeaders.CONTENT_LENGTH, text.getBytes(UTF_8).length)
                .build();
    }

    private static String read(String name) {
        try (var file = Pages.class.getResourceAsStream("/connect/" + name)) {
            if (file == null) {
                throw new IllegalStateException("/connect/" + name + " is missing");
            }
            return new String(file.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
