package dev.postrider.lab.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.postrider.testkit.program.Api;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A user who opens a connect link and agrees at the provider: what a browser does, by hand. Nodes
 * may die meanwhile.
 */
public final class ConnectByLink {
    private static final Duration TIMEOUT = Duration.ofSeconds(15);
    private static final Pattern FORM = Pattern.compile("name=\"form\" value=\"([^\"]+)\"");
    private static final HttpClient HTTP =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(5))
                    .build();

    private final LabProviders providers;

    public ConnectByLink(LabProviders providers) {
        this.providers = providers;
    }

    /** A new link, and the path of its page. */
    public record Link(String id, String page) {}

    /**
     * Makes a link.
     *
     * @param mailboxId the one to connect again; empty for a new one
     */
    public static Link make(Api api, Account account, Optional<String> mailboxId)
            throws IOException, InterruptedException {
        var body = new HashMap<String, Object>();
        body.put("providers", List.of(account.provider().text()));
        if (mailboxId.isPresent()) {
            body.put("mailbox_id", mailboxId.get());
        } else {
            body.put("address", account.address());
            body.put("tier", account.tier());
        }
        var made = api.post("/connect-links", body);
        return new Link(made.text("id"), URI.create(made.text("url")).getPath());
    }

    /**
     * Opens it at a node, and agrees.
     *
     * @throws IOException when the node died on the way; the link may have been used all the same
     */
    public void follow(int port, Link link, Account account)
            throws IOException, InterruptedException {
        var page = link.page();
        var opened = send(request(port, page, Optional.empty()).GET());
        var cookie =
                opened.headers()
                        .firstValue("Set-Cookie")
                        .map(set -> set.substring(0, set.indexOf(';')));
        var form = FORM.matcher(opened.body());
        if (!form.find()) {
            throw new IOException("no form on the page: " + opened.statusCode());
        }
        var start =
                send(
                        request(port, page + "/start", cookie)
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(
                                        HttpRequest.BodyPublishers.ofString(
                                                "form="
                                                        + URLEncoder.encode(form.group(1), UTF_8)
                                                        + "&option="
                                                        + account.provider().text()
                                                        + "/default")));
        var authorize = start.headers().firstValue("Location");
        if (authorize.isEmpty()) {
            throw new IOException("not sent to the provider: " + start.statusCode());
        }
        var back = providers.consent(account, URI.create(authorize.get()));
        send(request(port, back.getRawPath() + "?" + back.getRawQuery(), cookie).GET());
    }

    private static HttpRequest.Builder request(int port, String path, Optional<String> cookie) {
        var request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .timeout(TIMEOUT);
        cookie.ifPresent(value -> request.header("Cookie", value));
        return request;
    }

    private static HttpResponse<String> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
