package dev.postrider.doctor;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/** Asks a server that the operator has named for a page, without credentials. */
final class Fetch {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MOST = 4 * 1024 * 1024;

    private Fetch() {}

    /**
     * What came.
     *
     * @param text of the page's beginning
     * @param date that the server has, by its header
     */
    record Page(int status, String text, Optional<Instant> date) {}

    /**
     * Asks, for {@link #PATIENCE} at most from looking up the name to the page's last octet.
     *
     * @throws IOException when nothing came, or not all of it in time
     */
    static Page get(URI url) throws IOException, InterruptedException {
        try {
            return AtOnce.look(PATIENCE, () -> ask(url))
                    .orElseThrow(() -> new HttpTimeoutException("not in time"));
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        }
    }

    private static Page ask(URI url) throws IOException, InterruptedException {
        try (var client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            var request = HttpRequest.newBuilder(url).timeout(PATIENCE).GET().build();
            var answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (var body = answer.body()) {
                return new Page(
                        answer.statusCode(),
                        new String(body.readNBytes(MOST), StandardCharsets.UTF_8),
                        answer.headers().firstValue("Date").flatMap(Fetch::date));
            } finally {
                client.shutdownNow();
            }
        }
    }

    private static Optional<Instant> date(String header) {
        try {
            return Optional.of(
                    ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }

    /** Why nothing came, in words. */
    static String reason(IOException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return "its name has no address";
            }
        }
        if (e instanceof HttpTimeoutException) {
            return "no whole answer within " + PATIENCE.toSeconds() + " seconds";
        }
        if (e instanceof ConnectException && e.getMessage() == null) {
            return "no connection";
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
