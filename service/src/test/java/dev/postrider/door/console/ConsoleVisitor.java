package dev.postrider.door.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.http.Api;
import dev.postrider.http.Api.Answer;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The console's browser by hand: it keeps its cookie, and follows nothing by itself. */
public final class ConsoleVisitor {
    private static final Pattern FORM = Pattern.compile("name=\"form\" value=\"([^\"]+)\"");

    private final Api api = Api.underTest();
    private final List<String> headers = new ArrayList<>();
    private final Map<String, String> cookies = new LinkedHashMap<>();
    private String formToken = "";

    public static ConsoleVisitor signedIn(String email) {
        var visitor = new ConsoleVisitor();
        assertThat(visitor.signIn(email, ConsoleTenant.PASSWORD).status()).isEqualTo(303);
        return visitor;
    }

    public Answer signIn(String email, String password) {
        get("/console/sign-in");
        return post("/console/sign-in", "email", email, "password", password);
    }

    public ConsoleVisitor with(String name, String value) {
        headers.add(name);
        headers.add(value);
        return this;
    }

    /**
     * @param path of the console
     */
    public Answer get(String path) {
        var answer = send(request(path).GET());
        var form = FORM.matcher(answer.text());
        if (form.find()) {
            formToken = form.group(1);
        }
        return answer;
    }

    /**
     * A page that must be there.
     *
     * @return its HTML
     */
    public String page(String path) {
        var answer = get(path);
        assertThat(answer.status()).as(path + " " + answer.text()).isEqualTo(200);
        return answer.text();
    }

    /**
     * Sends a form, with the token of the page that was read last.
     *
     * @param fields names and values by turns
     */
    public Answer post(String path, String... fields) {
        return postWith(formToken, path, fields);
    }

    public Answer postWith(String token, String path, String... fields) {
        var form = new StringBuilder("form=" + URLEncoder.encode(token, UTF_8));
        for (var i = 0; i < fields.length; i += 2) {
            form.append('&').append(URLEncoder.encode(fields[i], UTF_8)).append('=');
            form.append(URLEncoder.encode(fields[i + 1], UTF_8));
        }
        return send(
                request(path)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form.toString())));
    }

    /** The same, its fields as they stand in its body. */
    public Answer postRaw(String path, String fields) {
        return send("POST", path, "form=" + URLEncoder.encode(formToken, UTF_8) + "&" + fields);
    }

    /** What no browser sends by itself. */
    public Answer send(String method, String path, String body) {
        return send(
                request(path)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .method(
                                method,
                                body.isEmpty()
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(body)));
    }

    /** As a browser: by the public URL, which is TLS. */
    private HttpRequest.Builder request(String path) {
        return api.request(path).header("X-Forwarded-Proto", "https");
    }

    private Answer send(HttpRequest.Builder request) {
        if (!cookies.isEmpty()) {
            request.header("Cookie", String.join("; ", cookies.values()));
        }
        if (!headers.isEmpty()) {
            request.headers(headers.toArray(String[]::new));
        }
        var answer = api.send(request);
        answer.response().headers().allValues("Set-Cookie").stream()
                .map(set -> set.substring(0, set.indexOf(';')))
                .forEach(set -> cookies.put(set.substring(0, set.indexOf('=')), set));
        return answer;
    }

    public String formToken() {
        return formToken;
    }

    /** The one of its session, as it is sent. */
    public Optional<String> cookie() {
        return cookies.entrySet().stream()
                .filter(each -> each.getKey().endsWith("postrider-console"))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** What it keeps, by name. */
    public Map<String, String> cookies() {
        return cookies;
    }
}
