package dev.postrider.testkit.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.testkit.provider.Client.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A consent page with one form, as a browser has it. */
public record Page(Client http, String html) {
    private static final Pattern ACTION =
            Pattern.compile("<form method=\"post\" action=\"([^\"]*)\"");
    private static final Pattern HIDDEN =
            Pattern.compile("type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\"");

    public static Page open(Client http, String url) throws IOException, InterruptedException {
        Answer answer = http.send(http.request(url));
        assertThat(answer.status()).isEqualTo(200);
        return new Page(http, new String(answer.response().body(), StandardCharsets.UTF_8));
    }

    public String action() {
        Matcher form = ACTION.matcher(html);
        assertThat(form.find()).isTrue();
        return unescape(form.group(1));
    }

    public Map<String, String> hidden() {
        var fields = new HashMap<String, String>();
        HIDDEN.matcher(html)
                .results()
                .forEach(field -> fields.put(field.group(1), unescape(field.group(2))));
        return fields;
    }

    /** What comes of the form with these fields, as pairs. */
    public Answer post(String... pairs) throws IOException, InterruptedException {
        Map<String, String> fields = hidden();
        for (int i = 0; i < pairs.length; i += 2) {
            fields.put(pairs[i], pairs[i + 1]);
        }
        return http.send(
                http.request(action())
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(Client.encode(fields))));
    }

    /** Where it leads. */
    public URI submit(String... pairs) throws IOException, InterruptedException {
        Answer answer = post(pairs);
        assertThat(answer.status()).isEqualTo(302);
        return URI.create(answer.response().headers().firstValue("location").orElseThrow());
    }

    private static String unescape(String text) {
        return text.replace("&quot;", "\"")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }
}
