package dev.postrider.bench.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.regex.Pattern;

/** Signs in as a browser does, by the form of the page. */
final class SignIn {
    private static final Pattern FORM = Pattern.compile("name=\"form\" value=\"([^\"]+)\"");

    private SignIn() {}

    /**
     * Signs in.
     *
     * @return the cookie, as it is sent
     */
    static String to(int port, String email, String password)
            throws IOException, InterruptedException {
        var page = URI.create("http://127.0.0.1:" + port + "/console/sign-in");
        try (var client = HttpClient.newHttpClient()) {
            var shown = client.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString());
            var form = FORM.matcher(shown.body());
            if (!form.find()) {
                throw new IOException("there is no form to sign in by: " + shown.body());
            }
            var filled =
                    "form=%s&email=%s&password=%s"
                            .formatted(encoded(form.group(1)), encoded(email), encoded(password));
            var answer =
                    client.send(
                            HttpRequest.newBuilder(page)
                                    .header("Content-Type", "application/x-www-form-urlencoded")
                                    .header("Cookie", cookie(shown))
                                    .POST(HttpRequest.BodyPublishers.ofString(filled))
                                    .build(),
                            BodyHandlers.ofString());
            if (answer.statusCode() != 303) {
                throw new IOException("nobody is signed in: " + answer.body());
            }
            return cookie(answer);
        }
    }

    private static String cookie(HttpResponse<?> answer) {
        var set = answer.headers().firstValue("Set-Cookie").orElseThrow();
        return set.substring(0, set.indexOf(';'));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }
}
