package dev.postrider.door.connect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.http.Api;
import dev.postrider.http.Api.Answer;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A browser by hand: it keeps its cookie, and follows nothing by itself. */
final class Visitor {
    private static final Pattern FORM = Pattern.compile("name=\"form\" value=\"([^\"]+)\"");

    private final Api api = Api.underTest();
    private final List<String> headers = new ArrayList<>();
    private Optional<String> cookie = Optional.empty();
    private String formToken = "";

    Visitor with(String name, String value) {
        headers.add(name);
        headers.add(value);
        return this;
    }

    Answer get(String url) {
        var answer = send(api.request(url).GET());
        answer.response().headers().allValues("Set-Cookie").stream()
                .map(set -> set.substring(0, set.indexOf(';')))
                .forEach(set -> cookie = Optional.of(set));
        var form = FORM.matcher(answer.text());
        if (form.find()) {
            formToken = form.group(1);
        }
        return answer;
    }

    Answer open(JsonNode link) {
        return get(link.path("url").asText());
    }

    /**
     * Sends a form of the link's page, with its token.
     *
     * @param fields names and values by turns
     */
    Answer submit(JsonNode link, String what, String... fields) {
        return post(link, what, formToken, fields);
    }

    Answer post(JsonNode link, String what, String token, String... fields) {
        var form = new StringBuilder("form=" + URLEncoder.encode(token, UTF_8));
        for (var i = 0; i < fields.length; i += 2) {
            form.append('&').append(fields[i]).append('=');
            form.append(URLEncoder.encode(fields[i + 1], UTF_8));
        }
        return send(
                api.request(link.path("url").asText() + "/" + what)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form.toString())));
    }

    /** Where the page leads that the browser is sent to for consent. */
    URI start(JsonNode link, String option) {
        var answer = submit(link, "start", "option", option);
        assertThat(answer.status()).as(answer.text()).isEqualTo(303);
        return URI.create(answer.header("Location"));
    }

    private Answer send(HttpRequest.Builder request) {
        cookie.ifPresent(value -> request.header("Cookie", value));
        if (!headers.isEmpty()) {
            request.headers(headers.toArray(String[]::new));
        }
        return api.send(request);
    }

    String formToken() {
        return formToken;
    }

    String cookie() {
        return cookie.orElse("");
    }

    static Map<String, String> query(String url) {
        var query = new HashMap<String, String>();
        for (var pair : URI.create(url).getRawQuery().split("&", -1)) {
            var parts = pair.split("=", 2);
            query.put(parts[0], URLDecoder.decode(parts[1], UTF_8));
        }
        return query;
    }
}
